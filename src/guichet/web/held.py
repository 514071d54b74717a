"""A form that could not be taken (session ended, page too old): shown back with everything typed, to send again."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _

CSRF_FIELD = "csrfmiddlewaretoken"
SECRET_FIELDS = ("password", "password1", "password2", "oldpassword", "code")
MOST_FIELDS = 2000


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on one of our own pages; when it does not say, it did not."""
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.get_host()


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form as they came, in order, without secrets. Files cannot be held: they are named."""
    fields: list[tuple[str, str]] = []
    for name, values in request.POST.lists():
        if name != CSRF_FIELD and name not in SECRET_FIELDS:
            fields.extend((name, value) for value in values)
    return fields[:MOST_FIELDS]


def hold(request: HttpRequest, *, reason: str, status: int) -> HttpResponse:
    """The page that explains and offers the form again.

    Only a form from our own pages is offered back: a forged one must not become a button that the person presses.
    """
    fields = typed(request) if came_from_here(request) else []
    get_token(request)
    context = {
        "reason": reason,
        "heading": _("Your session has ended") if reason == "session_ended" else _("This page is too old"),
        "fields": fields,
        "readable": [(name, value) for name, value in fields if value.strip() and len(value) > 2],
        "files": [upload.name for _name, uploads in request.FILES.lists() for upload in uploads],
        "action": request.get_full_path(),
    }
    return render(request, "errors/held.html", context, status=status)
