"""The pages for what went wrong. Each says what happened and what to do next, and shows nothing of the inside."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from guichet.accounts import permissions
from guichet.web.held import hold
from guichet.web.scripts import told, wants_json

# What a PermissionDenied says (a permission, or a check of web/access.py), and how the page explains it.
PERMISSION_REASONS = {
    "not_signatory": "signatory",
    permissions.SUBMIT_APPLICATION: "signatory",
    permissions.TRANSMIT_ACCOUNT_PROFILE: "signatory",
    permissions.MANAGE_MEMBERS: "signatory",
    permissions.EDIT_APPLICATION: "editor",
    permissions.EDIT_PROFILE: "editor",
    permissions.UPDATE_PROFILE: "editor",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; and 413 when the form was larger than the portal takes."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return _plain("errors/413.html", 413)
    return _plain("errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person is known and may not; the reason, when the refusal named one, is explained."""
    reason = PERMISSION_REASONS.get(str(exception), "")
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: also what a stranger sees of somebody else's file."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the database, which may be what failed."""
    return _plain("errors/500.html", 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not this session's: an old page, or a forged form. What was typed is offered back."""
    return told("stale", 403) if wants_json(request) else hold(request, reason="stale_form", status=403)


def _plain(template: str, status: int) -> HttpResponse:
    language = "fr" if (get_language() or "en").startswith("fr") else "en"
    context = {
        "language": language,
        "other_language": "en" if language == "fr" else "fr",
        "portal_name": settings.PORTAL_NAME[language],
        "support_email": settings.SUPPORT_EMAIL,
    }
    return HttpResponse(render_to_string(template, context), status=status)
