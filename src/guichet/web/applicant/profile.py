"""My profile: the organization as the program must know it, and the person; and what became of its verification."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.eligibility import actions as eligibility
from guichet.eligibility import queries as cases
from guichet.kernel.calendar import Count
from guichet.kernel.errors import Refusal
from guichet.kernel.formats import date as written_date
from guichet.organizations import queries as organizations
from guichet.organizations.access import can_update_profile
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.questions.engine import Problem
from guichet.web.access import page
from guichet.web.applicant.answering import Sheet, Shown, show
from guichet.web.applicant.attaching import attached, download
from guichet.web.applicant.editions import chosen, others
from guichet.web.applicant.forms import PersonForm
from guichet.web.applicant.person import PERSON, save_person
from guichet.web.applicant.profiles import changed_since_last, editors, my_profile
from guichet.web.applicant.saving import (
    SAVE_IN_OTHER,
    as_asked,
    attempt,
    back_to,
    in_other_language,
    problem_of,
)
from guichet.web.applicant.summary import of_forms, of_refusal
from guichet.web.counts import why
from guichet.web.guides import guide_links
from guichet.web.requests import MemberRequest, PersonRequest


def _sheet(request: PersonRequest) -> Sheet:
    organization = organizations.organization_of(request.user)
    return my_profile(request.user, organization, chosen(request), request.LANGUAGE_CODE)


def _draw(
    request: PersonRequest,
    sheet: Sheet,
    shown: Shown,
    *,
    lines: list[dict[str, str]] | None = None,
    person: PersonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user: Any = request.user
    organization = organizations.organization_of(user)
    person = person or PersonForm(
        prefix=PERSON,
        initial={"name": user.name, "title": user.title, "phone": user.phone, "language": user.language},
    )
    edition = sheet.edition
    due = cases.answer_due(edition)
    context = {
        "title": _("My profile"),
        "edition": edition.definition,
        "others": others(request, edition, sheet.language),
        "shown": shown,
        "person": person,
        "editable": sheet.editable,
        "may_update": organization is None or can_update_profile(user, organization),
        "editors": [] if organization is None else editors(organization),
        "save_in_other": SAVE_IN_OTHER[sheet.language],
        "due": due,
        "due_why": why(due, sheet.language),
        "case": organization and cases.current_case(organization, edition.program_key),
        "changed": changed_since_last(organization, edition, "profile", sheet.language),
        "error_summary": (lines or []) + of_forms(person),
    }
    return render(request, "applicant/profile.html", context, status=status)


@page(who="person", methods=("GET", "POST"))
def profile(request: PersonRequest) -> HttpResponse:
    """My profile; Save keeps whatever was typed, Update sends it for examination."""
    if request.user.staff_role:
        return redirect("officer:queue")
    sheet = _sheet(request)
    if request.method == "POST":
        return _post(request, sheet)
    shown, lines = as_asked(request, sheet)
    return _draw(request, sheet, shown, lines=lines)


def _post(request: PersonRequest, sheet: Sheet) -> HttpResponse:
    person = save_person(request)

    def draw(shown: Shown, lines: list[dict[str, str]], status: int) -> HttpResponse:
        return _draw(request, sheet, shown, lines=lines, person=person, status=status)

    if sheet.editable:
        tried = attempt(request, sheet, draw, lambda: _sheet(request))
        answer = tried.answer or attached(request, sheet, draw, lambda: _sheet(request))
        if answer:
            return answer
    if person and person.errors:
        return _draw(request, sheet, show(_sheet(request)), person=person, status=422)
    if request.POST.get("action") == "update":
        return _update(request)
    if request.POST.get("action") == "language":
        return in_other_language(request, request.LANGUAGE_CODE)
    return back_to(request, tried.received if sheet.editable else None, check="save")


def _update(request: PersonRequest) -> HttpResponse:
    user, edition, language = request.user, chosen(request), request.LANGUAGE_CODE
    organization = organizations.organization_of(user)
    if organization is None:
        return redirect("applicant:profile")
    try:
        case = eligibility.submit_profile(actor=user, organization=organization, edition=edition, language=language)
    except Refusal as refusal:
        return _refused(request, refusal)
    if case is None:
        messages.success(request, _("My profile is up to date. The criteria are met already."))
        return redirect("applicant:home")
    messages.success(
        request,
        _("My profile was sent. You will have the answer by e-mail by %(date)s.")
        % {"date": written_date(case.due_on, language)},
    )
    return redirect(f"{reverse('applicant:verification')}?program={edition.program_key}")


def _refused(request: PersonRequest, refusal: Refusal) -> HttpResponse:
    if refusal.params.get("problems"):
        return back_to(request, check="submit")
    sheet = _sheet(request)
    problem: Problem | None = problem_of(refusal, sheet)
    shown = show(sheet, problems=[problem] if problem else [])
    return _draw(request, sheet, shown, lines=of_refusal(refusal), status=422)


@page(who="member")
def verification(request: MemberRequest) -> HttpResponse:
    """Where the examination stands, when its answer is due and why, and every earlier one."""
    edition, language = chosen(request), request.LANGUAGE_CODE
    found = cases.history(request.organization, edition.program_key)
    editions = {edition_id: programs.edition(edition_id) for edition_id in {case.edition_id for case in found}}
    history = [_told(case, editions[case.edition_id], language) for case in found]
    context = {
        "title": _("Verification of your profile"),
        "edition": edition.definition,
        "others": others(request, edition, language),
        "history": history,
    }
    return render(request, "applicant/verification.html", context)


def _told(case: Any, edition: PublishedEdition, language: str) -> dict[str, Any]:
    """One examination, as the applicant reads it."""
    links = guide_links(edition.definition, language)
    findings = [
        {
            "criterion": edition.definition.criterion(finding.criterion),
            "met": finding.outcome == "met",
            "explanation": finding.override_reason or finding.explanation[language],
            "guide": links[edition.definition.criterion(finding.criterion).guide],
        }
        for finding in case.findings.all()
    ]
    return {
        "case": case,
        "why": why(Count.read(case.due_reason), language),
        "not_met": [finding for finding in findings if not finding["met"]],
    }


@page(who="member")
def document(request: MemberRequest, file_id: str) -> HttpResponseBase:
    """A document that was attached to one of the profiles of the person's organization, to download."""
    stored = organizations.profile_document(request.organization, file_id)
    if stored is None:
        raise Http404
    return download(stored)
