"""An application: its task list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.applications import access, carry_over, intakes, queries
from guichet.kernel import clock
from guichet.organizations import queries as organizations
from guichet.web.access import page
from guichet.web.applicant.files import File, opened
from guichet.web.applicant.journey import earliest_context
from guichet.web.receptions import told
from guichet.web.requests import MemberRequest


def draft_context(file: File) -> dict[str, Any]:
    """What the head of every page of a draft says: not submitted yet, and the earliest first day (_draft.html)."""
    return {
        "application": file.application,
        "edition": file.edition.definition,
        "editable": file.editable,
        **earliest_context(file.edition, file.language),
    }


def reception_context(file: File) -> dict[str, Any]:
    """Until when the draft can be submitted, and what becomes of it then (components/reception.html)."""
    found = intakes.reception(file.application.organization, file.edition, clock.now())
    return {"told": told(found, file.edition.definition, draft=True), "received": found.is_open}


@page(who="member")
def application(request: MemberRequest, public_id: str) -> HttpResponse:
    """The sections with their states, in any order; the read-only file once it is submitted."""
    file = opened(request, public_id)
    if not file.application.is_draft:
        return redirect("applicant:file", public_id)
    tasks = _tasks(file)
    context = {
        **draft_context(file),
        **reception_context(file),
        "title": _("Application: %(program)s") % {"program": file.edition.definition.program.name.in_(file.language)},
        "tasks": tasks,
        "done": sum(task["state"] == "complete" for task in tasks),
        "asked": sum(task["state"] != "optional" for task in tasks),
        "signatories": [person.name for person in organizations.signatories(request.organization)],
        "may_submit": access.can_submit(request.user, file.application),
        "newer": newer.definition if (newer := carry_over.newer_edition(file.application)) else None,
        "carried": carry_over.carried(file.application),
    }
    return render(request, "applicant/application.html", context)


def _tasks(file: File) -> list[dict[str, str]]:
    words = {
        "complete": _("Complete"),
        "in_progress": _("In progress"),
        "not_started": _("Not started"),
        "optional": _("Optional"),
    }
    return [
        {
            "title": section.title.in_(file.language),
            "href": reverse("applicant:section", args=[file.application.public_id, section.key]),
            "state": state,
            "state_label": words[state],
        }
        for section, state in queries.section_states(file.context())
        if state in words
    ]
