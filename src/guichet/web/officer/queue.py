"""Verifications: the cases that wait for an officer, the one due first on top."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guichet.eligibility import queries
from guichet.kernel import clock
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.web.access import page
from guichet.web.requests import PersonRequest

PAGE = 25


@page(who="officer")
def queue(request: PersonRequest) -> HttpResponse:
    """Open cases by due date, paged by key."""
    after = request.GET.get("after", "")[:22]
    found = queries.open_cases(after=after, limit=PAGE)
    editions = {edition_id: programs.edition(edition_id) for edition_id in {case.edition_id for case in found}}
    context = {
        "title": _("Verifications"),
        "cases": [_line(case, editions[case.edition_id]) for case in found],
        "older": f"?after={found[-1].public_id}" if len(found) == PAGE else "",
        "newer": request.path if after else "",
    }
    return render(request, "officer/queue.html", context)


def _line(case: Any, edition: PublishedEdition) -> dict[str, Any]:
    return {"case": case, "program": edition.definition.program.name, **haste(case.due_on, edition)}


def haste(due_on: date, edition: PublishedEdition) -> dict[str, Any]:
    """How urgent a due date is: ``late``, ``today`` or neither, with the business days left."""
    definition = edition.definition
    today = clock.today(definition.program.zone)
    days, day = 0, today
    while day < due_on and days < 30:
        day = definition.business_days.add(day, 1).date
        days += 1
    return {"late": due_on < today, "today": due_on == today, "days_left": days}
