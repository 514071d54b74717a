"""Saving a page of questions: what was kept, what was not, and what to say; what was typed always comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
from guichet.questions.pages import element_id
from guichet.web.applicant.answering import Received, Sheet, Shown, display, label, receive, show
from guichet.web.applicant.summary import of_problems
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
    422: it cannot be kept at all; 403, 409: nothing may be saved any more).
    """
    received = receive(request, sheet)
    try:
        saved = sheet.save(received.changes, received.request_key)
    except (Refusal, PermissionDenied) as refusal:
        return Attempt(received, None, not_saved(request, sheet, received, refusal))
    if not saved.conflicts and not received.refused:
        return Attempt(received, saved, None)
    after = fresh()
    shown = show(after, problems=received.refused, typed=received.typed, conflicts=saved.conflicts)
    lines = of_problems(received.refused, after.context, sheet.language) + conflict_lines(shown)
    return Attempt(received, saved, draw(shown, lines, 409 if saved.conflicts else 422))


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
    forbidden = isinstance(refusal, PermissionDenied)
    reason = sentence(refusal) if isinstance(refusal, Refusal) else _("You may no longer change these answers.")
    typed = [
        {"label": label(sheet, change.path), "value": display(sheet, change.path, change.value)}
        for change in received.changes
    ]
    context = {
        "title": _("Not saved"),
        "error_summary": [{"target": "", "text": reason}],
        "rows": [row for row in typed if row["value"]],
        "back": request.path,
    }
    return render(request, "applicant/not_saved.html", context, status=403 if forbidden else 409)


def back_to(request: HttpRequest, *, check: str = "", anchor: str = "") -> HttpResponse:
    """To the same page by GET (a reload then sends nothing twice), saying which checks to show."""
    query = request.GET.copy()
    query.pop("check", None)
    if check:
        query["check"] = check
    address = request.path + (f"?{query.urlencode()}" if query else "")
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)


def in_other_language(request: HttpRequest, language: str) -> HttpResponse:
    """To the same page in the other language, once everything is saved."""
    return redirect(translate_url(request.get_full_path(), other(language)))


def row_anchor(request: HttpRequest, received: Received) -> str:
    """Where to land after a row was added or removed: the new row, or its table."""
    if "add" in request.POST:
        return element_id(received.added or request.POST["add"])
    return ""


def problem_of(refusal: Refusal, sheet: Sheet) -> Problem | None:
    """A refusal that concerns one answer, as a problem of that answer: shown beside its field."""
    if not refusal.field:
        return None
    for section in sheet.sections:
        for question in section.questions:
            if question.key == refusal.field.split(".")[0]:
                return Problem(section.key, refusal.field, question.label, _both(refusal), refusal.code)
    return None


def _both(refusal: Refusal) -> Text:
    said: dict[str, Any] = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = sentence(refusal)
    return Text(**said)
