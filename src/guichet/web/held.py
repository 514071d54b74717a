"""A form that could not be taken, shown back with everything typed: to send again, where the session had ended or the
page was too old; to be copied, where its sender does not act for the organization any more.
"""

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
        "readable": _readable(fields),
        "files": [upload.name for _name, uploads in request.FILES.lists() for upload in uploads],
        "action": request.get_full_path(),
    }
    return render(request, "errors/held.html", context, status=status)


def hand_back(request: HttpRequest, *, status: int) -> HttpResponse:
    """The page for somebody who was removed from the organization while they typed: their text, to be copied."""
    context = {"title": _("Not saved"), "readable": _readable(typed(request) if came_from_here(request) else [])}
    return render(request, "errors/not_member.html", context, status=status)


def _readable(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a person would want to copy: no ticks and numbers of rows."""
    return [(name, value) for name, value in fields if value.strip() and len(value) > 2]
