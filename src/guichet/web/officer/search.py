"""Finding a file: by its number, by business number, by the organization's name."""

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.applications import queries as applications
from guichet.organizations import queries as organizations
from guichet.web.access import page
from guichet.web.requests import PersonRequest

LONGEST = 100


@page(who="officer")
def search(request: PersonRequest) -> HttpResponse:
    """A number leads to its file at once; anything else lists organizations."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    file = applications.by_reference(typed) if typed else None
    if file is not None:
        return redirect("officer:file_view", file.public_id)
    context = {
        "title": _("Search"),
        "typed": typed,
        "found": organizations.find(number=_digits(typed), name=typed) if typed else [],
    }
    return render(request, "officer/search.html", context)


def _digits(typed: str) -> str:
    """The nine digits of a business number, with or without its program account; "" when it is none."""
    compact = re.sub(r"[\s\u00a0-]", "", typed)
    match = re.fullmatch(r"([0-9]{9})([A-Za-z]{2}[0-9]{4})?", compact)
    return match[1] if match else ""
