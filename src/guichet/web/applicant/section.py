"""One section of an application: shown, saved, rows added and removed, files attached and removed."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from guichet.applications import actions
from guichet.applications.attachments import holder
from guichet.files import reading
from guichet.files.queries import file_of
from guichet.kernel.errors import Refusal
from guichet.questions import engine
from guichet.questions.speech import before_answer
from guichet.web.access import page
from guichet.web.applicant.answering import Received, Sheet, Shown, problems_at, show
from guichet.web.applicant.application import draft_context
from guichet.web.applicant.files import File, opened
from guichet.web.applicant.saving import (
    SAVE_IN_OTHER,
    as_asked,
    attempt,
    back_to,
    in_other_language,
    problem_of,
)
from guichet.web.applicant.summary import of_refusal
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
    refused = _attach(request, file, sheet)
    if refused:
        after = file.sheet(key)
        problems = [problem for refusal in refused if (problem := problem_of(refusal, after))]
        lines = [line for refusal in refused for line in _said(refusal, file.language)]
        return draw(show(after, problems=problems), lines, 422)
    return _onward(request, file, key, tried.received)


def _said(refusal: Refusal, language: str) -> list[dict[str, str]]:
    """The refusal with the name of the file that it concerns: there may be several."""
    name = str(refusal.params.get("name", ""))
    start = f"{before_answer(name, language)} " if name else ""
    return [{**line, "text": f"{start}{line['text']}"} for line in of_refusal(refusal)]


def _attach(request: MemberRequest, file: File, sheet: Sheet) -> list[Refusal]:
    """Store what was sent for the file questions, take out what was asked to be removed; what was refused."""
    refused = []
    acts: list[tuple[Any, dict[str, Any]]] = [
        (actions.attach_file, {"path": path, "upload": upload})
        for path, uploads in engine.uploads(sheet.sections[0], request.FILES).items()
        for upload in uploads
    ]
    path, _colon, file_id = request.POST.get("remove_file", "").partition(":")
    if file_id:
        acts.append((actions.remove_file, {"path": path, "file_id": file_id}))
    for act, names in acts:
        try:
            act(actor=request.user, application=file.application, **names)
        except Refusal as refusal:
            refusal.field = refusal.field or names["path"]
            refused.append(refusal)
    return refused


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
    stored = file_of(holder(file.application), file_id)
    if stored is None:
        raise Http404
    return FileResponse(
        reading.open_file(stored), as_attachment=True, filename=stored.name, content_type=reading.mime_of(stored)
    )
