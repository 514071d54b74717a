"""Saving a page of questions: what was kept, what was not, and what to say; what was typed always comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import gettext as _

from guichet.answers.actions import Saved
from guichet.kernel.bilingual import Text, other
from guichet.kernel.errors import Refusal
from guichet.questions.engine import Problem
from guichet.questions.pages import Rows, element_id
from guichet.questions.row_acts import RowAct
from guichet.web.applicant.answering import Received, Sheet, Shown, display, label, problems_at, receive, show
from guichet.web.applicant.rows import address, drawn, pasted, way
from guichet.web.applicant.summary import of_problems
from guichet.web.scripts import wants_json
from guichet.web.sentences import sentence

# Said in the language that one changes to.
SAVE_IN_OTHER = {"en": "Enregistrer et continuer en français", "fr": "Save and continue in English"}

# Draws the page: what to show, the lines of the error summary, the status.
Draw = Callable[[Shown, list[dict[str, str]], int], HttpResponse]


@dataclass(frozen=True)
class Attempt:
    """A post and what became of it: saved, or the page that says why not."""

    received: Received
    saved: Saved | None
    answer: HttpResponse | None


def attempt(request: HttpRequest, sheet: Sheet, draw: Draw, fresh: Callable[[], Sheet]) -> Attempt:
    """Save what the page sent. ``fresh`` gives the sheet as it stands afterwards.

    Where something could not be kept, ``answer`` is the page that shows it again (409: somebody else changed it;
    422: it cannot be kept at all; 403, 409: nothing may be saved any more). A script that pressed a button of a table
    is answered with the rows, in JSON; with the page where they do not say all.
    """
    tried = _attempt(request, sheet, draw, fresh)
    act = tried.received.act
    if tried.answer or tried.saved is None or act is None or not wants_json(request):
        return tried
    return replace(tried, answer=drawn(request, act, (sheet, fresh()), tried.received.sent, tried.saved))


def _attempt(request: HttpRequest, sheet: Sheet, draw: Draw, fresh: Callable[[], Sheet]) -> Attempt:
    received = receive(request, sheet)
    rows = Rows(opened=[*received.sent, *([received.act.opens] if received.act else [])])
    try:
        saved = sheet.save(received.changes, received.request_key)
    except (Refusal, PermissionDenied) as refusal:
        return Attempt(received, None, not_saved(request, sheet, received, refusal))
    act = received.act if received.act and received.act.left else None
    if not saved.conflicts and not received.refused and not act:
        return Attempt(received, saved, None)
    after = fresh()
    if act:
        rows = replace(rows, pasted={act.path: act.left})
    shown = show(after, problems=received.refused, typed=received.typed, conflicts=saved.conflicts, rows=rows)
    lines = of_problems(received.refused, after.context, sheet.language) + conflict_lines(shown)
    if act:
        lines += left_lines(act)
    return Attempt(received, saved, draw(shown, lines, 409 if saved.conflicts else 422))


def left_lines(act: RowAct) -> list[dict[str, str]]:
    """Why some of the pasted lines did not come in."""
    said = {
        "rows": _("Some of the pasted rows were not added: the table is full. They are still in the box."),
        "columns": _("Some of the pasted rows have more columns than the table. They are still in the box."),
    }
    return [{"target": f"{element_id(act.path)}-paste", "text": said[why]} for why in act.why]


def conflict_lines(shown: Shown) -> list[dict[str, str]]:
    """The error summary of a page on which somebody else was quicker."""
    return [
        {
            "target": f"{conflict['href']}-conflict",
            "text": _("%(label)s: %(name)s changed this answer in the meantime. Choose which text to keep.")
            % {"label": conflict["label"], "name": conflict["by"]},
        }
        for conflict in shown.conflicts
    ]


def not_saved(
    request: HttpRequest, sheet: Sheet, received: Received, refusal: Refusal | PermissionDenied
) -> HttpResponse:
    """Nothing could be saved: the reason, and everything that was typed, to be copied."""
    typed = ((label(sheet, each.path), display(sheet, each.path, each.value)) for each in received.changes)
    return to_copy(request, refusal, typed)


def to_copy(
    request: HttpRequest, refusal: Refusal | PermissionDenied, typed: Iterable[tuple[str, str]]
) -> HttpResponse:
    """The page of what may not be saved: the reason, and each label with what was typed; blank texts are left out."""
    forbidden = isinstance(refusal, PermissionDenied)
    reason = sentence(refusal) if isinstance(refusal, Refusal) else _("You may no longer change these answers.")
    context = {
        "title": _("Not saved"),
        "error_summary": [{"target": "", "text": reason}],
        "rows": [{"label": called, "value": value} for called, value in typed if value],
        "back": request.path,
    }
    return render(request, "applicant/not_saved.html", context, status=403 if forbidden else 409)


def as_asked(request: HttpRequest, sheet: Sheet) -> tuple[Shown, list[dict[str, str]]]:
    """The page as its address asks for it: which checks to show (``check``), which rows are open (``row``), which was
    just removed (``removed``). A fault in a closed row leads to the page with that row open."""
    problems = problems_at(sheet, request.GET.get("check", ""))
    asked = request.GET.getlist("row")
    shown = show(sheet, problems=problems, rows=Rows(opened=asked or None, removed=request.GET.get("removed", "")[:60]))

    def href(path: str) -> str:
        row = path.rpartition(".")[0]
        return address(request, row=[row.partition(".")[2]]) if path.count(".") == 2 and row not in shown.opened else ""

    return shown, of_problems(problems, sheet.context, sheet.language, href)


def back_to(request: HttpRequest, received: Received | None = None, *, check: str = "") -> HttpResponse:
    """To the same page by GET (a reload then sends nothing twice), saying which checks to show.

    After a button of a table the page goes on where it led, with the checks that it showed before; after any other,
    the rows that were open still are.
    """
    act = received.act if received else None
    if act is None:
        rows = list(received.sent) if received else []
        return HttpResponseRedirect(address(request, check=[check] if check else [], row=rows))
    if act.pasted:
        messages.success(request, pasted(act))
    href, place = way(request, act)
    return HttpResponseRedirect(f"{href}#{place}")


def in_other_language(request: HttpRequest, language: str) -> HttpResponse:
    """To the same page in the other language, once everything is saved."""
    return redirect(translate_url(request.get_full_path(), other(language)))


def problem_of(refusal: Refusal, sheet: Sheet) -> Problem | None:
    """A refusal that concerns one answer, as a problem of that answer: shown beside its field."""
    if not refusal.field:
        return None
    for section in sheet.sections:
        for question in section.every:
            if question.key == refusal.field.split(".")[0]:
                return Problem(
                    section.key, refusal.field, sheet.context.form.name_of(refusal.field), _both(refusal), refusal.code
                )
    return None


def _both(refusal: Refusal) -> Text:
    said: dict[str, Any] = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = sentence(refusal)
    return Text(**said)
