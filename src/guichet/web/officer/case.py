"""One verification: each criterion with the answer, what the rules say and why; override, preview, conclude."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guichet.audit import queries as audit
from guichet.eligibility import access, actions, letters, queries
from guichet.kernel.markup import clean
from guichet.mail import queries as mail
from guichet.organizations import queries as organizations
from guichet.organizations.attachments import named
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.questions import pages
from guichet.questions.context import Context
from guichet.web.access import page
from guichet.web.acts import refusal_of
from guichet.web.counts import why
from guichet.web.officer.events import told
from guichet.web.officer.forms import OverrideForm
from guichet.web.officer.queue import haste
from guichet.web.requests import PersonRequest
from guichet.web.sentences import sentence


def _opened(public_id: str) -> tuple[Any, PublishedEdition]:
    case = queries.case(public_id)
    if case is None:
        raise Http404
    return case, programs.edition(case.edition_id)


def _base(request: PersonRequest, case: Any, edition: PublishedEdition) -> dict[str, Any]:
    language = request.LANGUAGE_CODE
    context = queries.snapshot_context(edition, case.snapshot)
    findings = [_finding(finding, edition, context, language) for finding in case.findings.all()]
    return {
        "case": case,
        "edition": edition.definition,
        "findings": findings,
        "undecided": [line["criterion"] for line in findings if line["finding"].outcome == "unknown"],
        "may_conclude": case.state == "open" and access.can_conclude(request.user, case),
    }


def _finding(finding: Any, edition: PublishedEdition, context: Context, language: str) -> dict[str, Any]:
    """One criterion as the officer reads it: the answers its rule looks at, and why it is met or not."""
    criterion = edition.definition.criterion(finding.criterion)
    answers = []
    for path in sorted(criterion.rule.reads()):
        question = context.form.question(path)
        if question.stored:
            value = question.display(context.values.get(path), language)
            answers.append({"label": context.form.name_of(path).in_(language), "value": value})
    return {
        "finding": finding,
        "criterion": criterion,
        "guide_url": edition.definition.guide.link(criterion.guide, language),
        "answers": answers,
        "explanation": queries.explanation(finding).in_(language),
    }


@page(who="officer")
def case(request: PersonRequest, public_id: str) -> HttpResponse:
    """The case: criteria, the profile as it was sent, its clock, earlier cases, letters, what happened."""
    found, edition = _opened(public_id)
    profile = queries.snapshot_context(edition, found.snapshot)
    context = {
        **_base(request, found, edition),
        **haste(found.due_on, edition),
        "title": _("Verification: %(name)s") % {"name": found.organization.legal_name},
        "why": why(queries.due(found), request.LANGUAGE_CODE),
        "sections": pages.answer_lines(profile, request.LANGUAGE_CODE),
        "documents": _documents(found, profile),
        "history": queries.history(found.organization, found.program_key),
        "letters": mail.letters_about(organization_id=found.organization.public_id),
        "events": told(audit.events_of("case", found.public_id)),
    }
    return render(request, "officer/case.html", context)


def _documents(found: Any, profile: Context) -> list[dict[str, Any]]:
    """What is attached to the profile as it was sent, as far as it is stored (a preview invents some)."""
    attached = named(profile.form, profile.values)
    return [one for one in attached if organizations.profile_document(found.organization, one["file"])]


@page(who="officer", methods=("GET", "POST"))
def override(request: PersonRequest, public_id: str, key: str) -> HttpResponse:
    """Decide one criterion otherwise than the rules, with a reason."""
    found, edition = _opened(public_id)
    line = _line(request, found, edition, key)
    finding = line["finding"]
    now = {"outcome": finding.override, "reason": finding.override_reason}
    form = OverrideForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        refusal = refusal_of(actions.override, actor=request.user, case=found, criterion=key, **form.cleaned_data)
        if refusal is None:
            messages.success(request, _("The criterion was decided."))
            return redirect("officer:case", public_id)
        form.put(refusal)
    title = _("Decide a criterion: %(criterion)s") % {"criterion": line["title"]}
    context = {"title": title, "case": found, "line": line, "form": form, "error_summary": form.summary()}
    return render(request, "officer/override.html", context, status=422 if form.errors else 200)


def _line(request: PersonRequest, case: Any, edition: PublishedEdition, key: str) -> dict[str, Any]:
    """The finding of one criterion. Raises Http404 when the case has none of that name."""
    for line in _base(request, case, edition)["findings"]:
        if line["criterion"].key == key:
            return {**line, "title": line["criterion"].title.in_(request.LANGUAGE_CODE)}
    raise Http404


@page(who="officer", methods=("GET", "POST"))
def conclude(request: PersonRequest, public_id: str) -> HttpResponse:
    """The letter that will be sent, to read; a post concludes and sends it."""
    found, edition = _opened(public_id)
    if not access.can_conclude(request.user, found):
        raise PermissionDenied
    refusal = None
    if request.method == "POST":
        refusal = refusal_of(actions.conclude, actor=request.user, case=found, read=request.POST.get("read", ""))
        if refusal is None:
            messages.success(request, _("The verification is concluded. The letter is on its way."))
            return redirect("officer:case", public_id)
    context = {
        **_base(request, found, edition),
        **_letter(found),
        "title": _("Conclude: %(name)s") % {"name": found.organization.legal_name},
        "error_summary": [{"target": "", "text": sentence(refusal)}] if refusal else [],
    }
    return render(request, "officer/conclude.html", context, status=409 if refusal else 200)


def _letter(case: Any) -> dict[str, Any]:
    letter = letters.preview(case=case)
    return {"letter": letter, "letter_body": clean(letter.composed.html) if letter else ""}
