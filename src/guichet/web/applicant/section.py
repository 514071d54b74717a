"""One section of an application: shown, saved, rows added and removed, files attached and removed."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from guichet.files.queries import file_of
from guichet.organizations.attachments import holder
from guichet.web.access import page
from guichet.web.applicant.answering import Received, Sheet, Shown, problems_at
from guichet.web.applicant.application import draft_context
from guichet.web.applicant.attaching import attached, download
from guichet.web.applicant.files import File, opened
from guichet.web.applicant.saving import (
    SAVE_IN_OTHER,
    as_asked,
    attempt,
    back_to,
    in_other_language,
)
from guichet.web.budget import budget, has_budget
from guichet.web.requests import MemberRequest


def _draw(
    request: MemberRequest, file: File, sheet: Sheet, shown: Shown, lines: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    section, definition = sheet.sections[0], file.edition.definition
    context = {
        **draft_context(file),
        "title": section.title.in_(file.language),
        "shown": shown,
        "neighbours": _neighbours(file, sheet),
        "has_dates": any(question.key == definition.lead_time.table for question in section.every),
        "save_in_other": SAVE_IN_OTHER[file.language],
        "budget": budget(definition, sheet.context, file.language) if has_budget(definition, section) else None,
        "error_summary": lines,
    }
    return render(request, "applicant/section.html", context, status=status)


@page(who="member", methods=("GET", "POST"))
def section(request: MemberRequest, public_id: str, key: str) -> HttpResponse:
    """A section; every button saves the whole page first, whatever state its answers are in."""
    file = opened(request, public_id)
    if request.method != "POST" and not file.application.is_draft:
        return redirect("applicant:file", public_id)
    sheet = file.sheet(key)
    if request.method == "POST":
        return _post(request, file, sheet)
    return _draw(request, file, sheet, *as_asked(request, sheet))


def _post(request: MemberRequest, file: File, sheet: Sheet) -> HttpResponse:
    key = sheet.sections[0].key

    def draw(shown: Shown, lines: list[dict[str, str]], status: int) -> HttpResponse:
        return _draw(request, file, file.sheet(key), shown, lines, status)

    tried = attempt(request, sheet, draw, lambda: file.sheet(key))
    if tried.answer:
        return tried.answer
    refused = attached(request, sheet, draw, lambda: file.sheet(key))
    if refused:
        return refused
    return _onward(request, file, key, tried.received)


def _onward(request: MemberRequest, file: File, key: str, received: Received) -> HttpResponse:
    """Where each button leads, once everything is saved."""
    action = request.POST.get("action", "save")
    if action == "language":
        return in_other_language(request, file.language)
    if action != "continue":
        return back_to(request, received, check="save")
    sheet = file.sheet(key)
    if problems_at(sheet, "section"):
        return back_to(request, check="section")
    following = _neighbours(file, sheet)["next"]
    return redirect(following["href"] if following else reverse("applicant:review", args=[file.application.public_id]))


def _neighbours(file: File, sheet: Sheet) -> dict[str, Any]:
    """The sections before and after this one, among those that are needed."""
    needed = [part for part in file.edition.definition.application.sections if sheet.context.needs(part)]
    place = [part.key for part in needed].index(sheet.sections[0].key)
    address = lambda part: {  # noqa: E731 -- used twice, here only
        "title": part.title.in_(file.language),
        "href": reverse("applicant:section", args=[file.application.public_id, part.key]),
    }
    return {
        "number": place + 1,
        "count": len(needed),
        "previous": address(needed[place - 1]) if place else None,
        "next": address(needed[place + 1]) if place + 1 < len(needed) else None,
    }


@page(who="member")
def attachment(request: MemberRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """One attachment of the application, to download."""
    file = opened(request, public_id)
    stored = file_of(holder(file.application.sheet), file_id)
    if stored is None:
        raise Http404
    return download(stored)
