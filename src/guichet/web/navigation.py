"""The bar at the top of the pages: what a visitor, an applicant and an officer may go to."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

Item = tuple[Promise, str]

PUBLIC: tuple[Item, ...] = (
    (_("Home"), "public:home"),
    (_("Help"), "public:help"),
)
APPLICANT: tuple[Item, ...] = (
    (_("Home"), "applicant:home"),
    (_("My profile"), "applicant:profile"),
    (_("Account profile"), "applicant:account_profile"),
    (_("Contacts and roles"), "applicant:contacts"),
    (_("My applications"), "applicant:applications"),
    (_("Messages"), "applicant:messages"),
    (_("Help"), "public:help"),
)
OFFICER: tuple[Item, ...] = (
    (_("Verifications"), "officer:queue"),
    (_("Intakes"), "officer:intakes"),
    (_("Search"), "officer:search"),
    (_("Programs"), "officer:editions"),
    (_("Help"), "public:help"),
)


@dataclass(frozen=True)
class Entry:
    """One link of the bar; ``current`` is the page itself, ``within`` a page below it."""

    label: Promise
    href: str
    current: bool
    within: bool


def _items(request: HttpRequest) -> tuple[Item, ...]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return PUBLIC
    return OFFICER if user.staff_role == "officer" else PUBLIC if user.staff_role else APPLICANT


@lru_cache(maxsize=128)
def address_of(name: str, language: str) -> str:
    """Where a page without parts in its address is, in a language. Kept: these links are on every page."""
    with override(language):
        return reverse(name)


def entries(request: HttpRequest) -> list[Entry]:
    """The links for this reader. No query beyond the session's own."""
    homes = ("public:home", "applicant:home")
    found = []
    language = get_language() or settings.LANGUAGE_CODE
    for label, name in _items(request):
        href = address_of(name, language)
        within = name not in homes and request.path.startswith(href)
        found.append(Entry(label, href, request.path == href, within and request.path != href))
    return found
