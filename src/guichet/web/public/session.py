"""Staying signed in: one press of "Stay signed in" tells the server that somebody is there."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from guichet.web.access import page


@page(who="person", methods=("POST",))
def stay(request: HttpRequest) -> JsonResponse:
    """The middleware has noted the activity; answers how many seconds the session has left without more of it."""
    return JsonResponse({"idle": settings.SESSION_IDLE_SECONDS})
