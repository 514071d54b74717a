"""My applications: the list, the program to choose, and what comes before a new one."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.applications import access, actions, queries
from guichet.applications.queries import Step
from guichet.kernel.errors import Refusal
from guichet.kernel.formats import date as written_date
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.web.access import page
from guichet.web.applicant.editions import family_slug, of_family
from guichet.web.applicant.journey import earliest_context, you_or
from guichet.web.applicant.profiles import changed_since_last
from guichet.web.applicant.summary import of_refusal
from guichet.web.receptions import Told, told
from guichet.web.requests import MemberRequest

PAGE = 20


@page(who="member")
def applications(request: MemberRequest) -> HttpResponse:
    """My applications: the families of programs, and everything the organization has begun or submitted."""
    families = {family_slug(edition): edition.definition.program.family for edition in programs.programs()}
    return _listed(request, {"title": _("My applications"), "families": families.items()}, ())


@page(who="member")
def family(request: MemberRequest, family: str) -> HttpResponse:
    """One family of programs: its applications, and New application."""
    editions = of_family(family)
    name = editions[0].definition.program.family.in_(request.LANGUAGE_CODE)
    keys = {edition.program_key for edition in editions}
    context = {"title": _("My applications: %(family)s") % {"family": name}, "family": family, "family_name": name}
    return _listed(request, context, keys)


def _listed(request: MemberRequest, context: dict[str, Any], keys: Collection[str]) -> HttpResponse:
    after = request.GET.get("after", "")[:22]
    found = queries.applications_of(request.organization, programs=keys, after=after, limit=PAGE)
    editions = {edition_id: programs.edition(edition_id) for edition_id in {file.edition_id for file in found}}
    context["files"] = [{"file": file, "edition": editions[file.edition_id].definition} for file in found]
    context["older"] = f"?after={found[-1].public_id}" if len(found) == PAGE else ""
    context["newer"] = request.path if after else ""
    context["deleted"] = bool(queries.deleted_of(request.organization, limit=1))
    return render(request, "applicant/applications.html", context)


@page(who="member")
def new(request: MemberRequest, family: str) -> HttpResponse:
    """New application: which program of the family?"""
    editions = of_family(family)
    context = {
        "title": _("New application"),
        "family": family,
        "family_name": editions[0].definition.program.family.in_(request.LANGUAGE_CODE),
        "editions": editions,
    }
    return render(request, "applicant/new.html", context)


def _edition(family: str, program_key: str) -> PublishedEdition:
    found = [edition for edition in of_family(family) if edition.program_key == program_key]
    if not found:
        raise Http404
    return found[0]


@page(who="member", methods=("GET", "POST"))
def start(request: MemberRequest, family: str, program_key: str) -> HttpResponse:
    """What to review before a new application, which step is missing and who can do it; a post begins."""
    edition = _edition(family, program_key)
    if request.method != "POST":
        return _before(request, family, edition)
    try:
        application = actions.start(actor=request.user, organization=request.organization, edition=edition)
    except Refusal as refusal:
        return _before(request, family, edition, of_refusal(refusal), status=409)
    messages.success(request, _("Your application is open as a draft. Nothing is submitted yet."))
    return redirect("applicant:application", application.public_id)


def _before(
    request: MemberRequest,
    family: str,
    edition: PublishedEdition,
    lines: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    organization, language = request.organization, request.LANGUAGE_CODE
    steps = queries.readiness(organization, edition, request.user)
    context = {
        "title": _("Before a new application: %(program)s")
        % {"program": edition.definition.program.name.in_(language)},
        "family": family,
        "family_name": edition.definition.program.family.in_(language),
        "edition": edition.definition,
        "tasks": [_task(step, edition, language) for step in steps],
        "ready": all(step.done for step in steps),
        "may_start": access.can_start(request.user, organization),
        "draft": queries.draft_of(organization, edition.program_key),
        "told": _told(steps, edition),
        **earliest_context(edition, language),
        "changes": [
            {"title": title, "lines": changed_since_last(organization, edition, kind, language)}
            for kind, title in (("profile", _("My profile")), ("account_profile", _("Account profile")))
        ],
        "error_summary": lines or [],
    }
    return render(request, "applicant/start.html", context, status=status)


def _told(steps: list[Step], edition: PublishedEdition) -> Told | None:
    """When applications are received; it stands in the step intake."""
    found = next((step.reception for step in steps if step.reception), None)
    return told(found, edition.definition) if found else None


def _task(step: Step, edition: PublishedEdition, language: str) -> dict[str, str]:
    """A readiness step as a line of the task list."""
    titles = {
        "profile": _("Review My profile and press Update"),
        "criteria": _("Eligibility criteria met"),
        "account_profile": _("Account profile saved and submitted"),
        "intake": _("Applications are being received"),
    }
    pages = {"profile": "profile", "criteria": "verification", "account_profile": "account_profile"}
    query = f"?program={edition.program_key}"
    return {
        "title": titles[step.key],
        "href": reverse(f"applicant:{pages[step.key]}") + query if step.key in pages else "",
        "state": STATE_OF[step.state],
        "state_label": _state_words()[step.state],
        "note": _note(step, edition, language),
    }


STATE_OF = {"done": "complete", "todo": "in_progress", "waiting": "not_started", "blocked": "blocked"}


def _state_words() -> dict[str, str]:
    return {
        "done": _("Done"),
        "todo": _("To do"),
        "waiting": _("Waiting"),
        "blocked": _("Not yet possible"),
    }


def _note(step: Step, edition: PublishedEdition, language: str) -> str:
    if step.state == "done":
        return ""
    notes = [_("Who can do this: %(who)s.") % {"who": you_or(step, edition)}]
    if step.due:
        notes.append(_("Answer due by %(date)s.") % {"date": written_date(step.due, language)})
    if step.key == "intake":
        notes.append(edition.definition.intake_note.in_(language))
    return " ".join(notes)
