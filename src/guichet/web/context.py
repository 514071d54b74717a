"""What every template knows about the portal itself, under ``portal``."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override

from guichet import __version__
from guichet.accounts import sessions
from guichet.kernel import clock
from guichet.kernel.bilingual import other
from guichet.web.navigation import Entry, entries

NAMES = {"en": "English", "fr": "Français"}
MODIFIED = date(2026, 11, 23)  # the texts of the shared pages; a program's pages show their edition's date


@dataclass
class Portal:
    """The skin and the place: read lazily, so that a page pays only for what it prints."""

    request: HttpRequest

    demonstration = settings.DEMONSTRATION
    support_email = settings.SUPPORT_EMAIL
    version = __version__
    modified = MODIFIED
    password_length = settings.PASSWORD_LENGTH
    code_minutes = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60
    idle_hours = max(1, settings.SESSION_IDLE_SECONDS // 3600)

    @cached_property
    def language(self) -> str:
        return "fr" if (get_language() or "en").startswith("fr") else "en"

    @property
    def other_language(self) -> str:
        return other(self.language)

    @property
    def other_language_name(self) -> str:
        return NAMES[self.other_language]

    @property
    def name(self) -> str:
        return str(settings.PORTAL_NAME[self.language])

    @cached_property
    def other_url(self) -> str:
        """The same page in the other language; that language's home where the page has no address (errors)."""
        given = getattr(self.request, "other_url", "")  # a page whose address holds words of one language
        if given:
            return str(given)
        match = self.request.resolver_match
        if match is None or not match.view_name:
            return f"/{self.other_language}/"
        with override(self.other_language):
            there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        query = self.request.META.get("QUERY_STRING", "")
        return f"{there}?{query}" if query else there

    @cached_property
    def navigation(self) -> list[Entry]:
        return entries(self.request)

    @cached_property
    def signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @property
    def ends_in(self) -> int:
        """How many seconds the session goes on if nothing more is done."""
        return sessions.seconds_left(self.request.session, clock.now())

    @property
    def shared_computer(self) -> bool:
        """Whether the person said, when logging in, that others use this computer: nothing is kept on it."""
        return sessions.is_shared(self.request.session)


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor: ``portal``."""
    return {"portal": Portal(request)}
