"""What the scripts of our pages send and are answered: JSON instead of pages, and requests that are not activity."""

from typing import Any

from django.http import HttpRequest, JsonResponse

# A page that looks by itself whether something is new says so: nobody has done anything, the session is not prolonged.
QUIET = "Guichet-Quiet"


def wants_json(request: HttpRequest) -> bool:
    """Whether one of our scripts asks, rather than a browser for a page."""
    return "application/json" in request.headers.get("Accept", "")


def is_quiet(request: HttpRequest) -> bool:
    """Whether the request says that nobody did anything."""
    return QUIET in request.headers


def told(state: str, status: int, **more: Any) -> JsonResponse:
    """An answer that is no success: ``state`` is a code that scripts know, ``text`` a sentence for people."""
    return JsonResponse({"state": state, **more}, status=status)
