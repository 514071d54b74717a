"""A draft and the newer edition of its program: what would change, the one button that moves it, what has changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.answers import queries as answers
from guichet.applications import carry_over as actions
from guichet.applications import intakes
from guichet.kernel import clock
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.questions import moving
from guichet.questions.moving import Difference
from guichet.web.access import page
from guichet.web.acts import refusal_of
from guichet.web.applicant.application import draft_context
from guichet.web.applicant.files import File, opened
from guichet.web.carried import Group, groups
from guichet.web.receptions import told
from guichet.web.requests import MemberRequest
from guichet.web.sentences import sentence


@page(who="member", methods=("GET", "POST"))
def carry_over(request: MemberRequest, public_id: str) -> HttpResponse:
    """Before: a preview, and a post that moves the draft. After, and ever after: what has changed, to read again."""
    file = opened(request, public_id)
    if request.method == "POST" and not file.application.is_draft:
        return redirect("applicant:file", public_id)
    newer = actions.newer_edition(file.application)
    if request.method == "POST":
        return _move(request, file, newer)
    if newer is not None:
        return render(request, "applicant/carry_over.html", _before(file, newer))
    done = actions.carried(file.application)
    if not done:
        return redirect("applicant:application", public_id)
    return render(request, "applicant/carry_over.html", _after(file, done[0]))


def _move(request: MemberRequest, file: File, newer: PublishedEdition | None) -> HttpResponse:
    """Move it to the edition that was shown; a second press finds it moved."""
    seen = request.POST.get("edition", "")[:64]
    shown = newer if newer is not None and newer.key == seen else file.edition
    given = {"actor": request.user, "application": file.application, "edition": shown, "language": file.language}
    refusal = refusal_of(actions.carry_over, **given)
    if refusal is None:
        messages.success(request, _("The draft is moved. Nothing is submitted: look through what has changed."))
    else:
        messages.error(request, sentence(refusal))
    return redirect("applicant:carry_over" if refusal is None else "applicant:application", file.application.public_id)


def _before(file: File, newer: PublishedEdition) -> dict[str, Any]:
    found = intakes.reception(file.application.organization, newer, clock.now())
    return {
        **draft_context(file),
        "title": _("Move the draft to the newer edition"),
        "newer": newer,
        "before": file.edition.definition,
        "after": newer.definition,
        "told": told(found, newer.definition, draft=True),
        "groups": _groups(file, actions.differences(file.edition, newer), file.edition),
    }


def _after(file: File, record: Any) -> dict[str, Any]:
    before = programs.edition(record.before_id)
    return {
        **draft_context(file),
        "title": _("What has changed in the draft"),
        "record": record,
        "before": before.definition,
        "after": programs.edition(record.after_id).definition,
        "groups": _groups(file, actions.differences_of(record), before, programs.edition(record.after_id)),
    }


def _groups(
    file: File, differences: list[Difference], before: PublishedEdition, after: PublishedEdition | None = None
) -> list[Group]:
    """With the answers: of questions that are gone as they were read, of changed ones as they are read ``after``."""
    values = answers.values(file.application.sheet)

    def kept(difference: Difference) -> list[str]:
        reader = after if after and difference.kind == moving.CHANGED else before
        return moving.kept(difference, reader.definition.application, values, file.language)

    return groups(differences, file.language, kept)
