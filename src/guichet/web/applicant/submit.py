"""Review, attest, submit; the receipt and the read-only file afterwards."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.applications import access, actions, carry_over, queries
from guichet.applications.errors import EditionChanged
from guichet.kernel.errors import Refusal
from guichet.kernel.identifiers import new_id
from guichet.organizations import queries as organizations
from guichet.questions import pages
from guichet.questions.context import Context
from guichet.questions.pages import element_id
from guichet.web.access import page
from guichet.web.acts import refusal_of
from guichet.web.applicant.application import draft_context, reception_context
from guichet.web.applicant.files import File, opened
from guichet.web.applicant.summary import name_of
from guichet.web.budget import budget
from guichet.web.counts import why
from guichet.web.receipt import as_bundle, as_pdf, verification
from guichet.web.requests import MemberRequest
from guichet.web.roles import ROLE_NAMES
from guichet.web.sentences import sentence
from guichet.web.submitted import answers_of, budget_of

Lines = list[dict[str, str]]


def _missing(file: File, context: Context) -> list[dict[str, Any]]:
    """What is still to be mended, section by section, with links to each field."""
    found: dict[str, dict[str, Any]] = {}
    form = file.edition.definition.application
    for problem in queries.problems(context):
        href = reverse("applicant:section", args=[file.application.public_id, problem.section])
        title = form.section(problem.section).title.in_(file.language)
        group = found.setdefault(problem.section, {"title": title, "lines": []})
        group["lines"].append(
            {
                "href": f"{href}?check=submit#{element_id(problem.path)}",
                "label": name_of(problem, context, file.language),
                "text": problem.text.in_(file.language),
            }
        )
    return list(found.values())


@page(who="member")
def review(request: MemberRequest, public_id: str) -> HttpResponse:
    """Every answer on one page, and what is missing, with links."""
    file = opened(request, public_id)
    if not file.application.is_draft:
        return redirect("applicant:file", public_id)
    context = file.context()
    shown = {
        **draft_context(file),
        **reception_context(file),
        "title": _("Review your application"),
        "missing": _missing(file, context),
        "sections": _parts(file, context),
        "budget": budget(file.edition.definition, context, file.language),
        "may_submit": access.can_submit(request.user, file.application),
        "signatories": organizations.signatories(request.organization),
    }
    return render(request, "applicant/review.html", shown)


def _parts(file: File, context: Context) -> list[dict[str, Any]]:
    """The answers section by section, each with the address where they are changed."""
    return [
        {"part": part, "href": reverse("applicant:section", args=[file.application.public_id, part.key])}
        for part in pages.answer_lines(context, file.language)
    ]


@page(who="member", methods=("GET", "POST"))
def submit(request: MemberRequest, public_id: str) -> HttpResponse:
    """The statements, and the one button that submits; whoever may not is told who can."""
    file = opened(request, public_id)
    if not file.application.is_draft:
        return redirect("applicant:receipt", public_id)
    if request.method != "POST":
        return _attest(request, file, set())
    given = set(request.POST.getlist("attestation"))
    refusal = _moved(request, file) or refusal_of(
        actions.submit,
        actor=request.user,
        application=file.application,
        attestations=given,
        language=file.language,
        request_key=request.POST.get("request_key", "")[:64],
    )
    return _attest(request, file, given, refusal) if refusal else redirect("applicant:receipt", public_id)


def _moved(request: MemberRequest, file: File) -> Refusal | None:
    """The statements that were confirmed are those of another edition: a colleague moved the draft meanwhile."""
    shown = request.POST.get("edition", file.edition.key)
    return None if shown == file.edition.key else EditionChanged(edition=file.edition.definition.title)


def _attest(request: MemberRequest, file: File, given: set[str], refusal: Refusal | None = None) -> HttpResponse:
    missing = _unconfirmed(refusal)
    if refusal is not None and refusal.code == EditionChanged.code:
        given = set()
    context = {
        **draft_context(file),
        **reception_context(file),
        "title": _("Confirm and submit"),
        "attestations": [
            {
                "key": statement.key,
                "text": statement.text,
                "given": statement.key in given,
                "missing": statement.key in missing,
            }
            for statement in file.edition.definition.attestations
        ],
        "edition_key": file.edition.key,
        "request_key": request.POST.get("request_key", "")[:64] or new_id(),
        "missing": _missing(file, file.context()),
        "may_submit": access.can_submit(request.user, file.application),
        "signatories": organizations.signatories(request.organization),
        "error_summary": _lines(file, refusal) if refusal else [],
    }
    return render(request, "applicant/submit.html", context, status=422 if refusal else 200)


def _unconfirmed(refusal: Refusal | None) -> list[str]:
    """The keys of the statements that were not confirmed."""
    missing = refusal.params.get("missing") if refusal else None
    return list(missing) if isinstance(missing, list | tuple) else []


def _lines(file: File, refusal: Refusal) -> Lines:
    """The refusal; each statement that is missing with a link to its box."""
    missing = _unconfirmed(refusal)
    if not missing:
        # The answers are on other pages: the list under the summary leads there.
        return [{"target": "", "text": sentence(refusal)}]
    texts = {statement.key: statement.text for statement in file.edition.definition.attestations}
    return [
        {
            "target": f"attestation-{key}",
            "text": _("Confirm: %(statement)s") % {"statement": texts[key].in_(file.language)},
        }
        for key in missing
    ]


def _not_sent(file: File) -> HttpResponse:
    """There is no submission to show: to the draft, or to where it can be recovered."""
    if file.application.is_draft:
        return redirect("applicant:application", file.application.public_id)
    return redirect("applicant:deleted")


@page(who="member")
def receipt(request: MemberRequest, public_id: str) -> HttpResponse:
    """The number, the moment, who submitted, and the digest."""
    file = opened(request, public_id)
    submission = queries.submission(file.application)
    if submission is None:
        return _not_sent(file)
    due = queries.promised(submission.document)
    context = {
        "title": _("Receipt: %(reference)s") % {"reference": submission.reference},
        "application": file.application,
        "submission": submission,
        "organization": submission.document["organization"],  # as it was called then
        "signed_by": submission.document["signed_by"],
        "role": ROLE_NAMES[submission.role],
        "edition": file.edition.definition,
        "budget": budget_of(submission, file.edition, file.language),
        "due": due,
        "due_why": why(due, file.language) if due else "",
        "verification": verification(submission),
    }
    return render(request, "applicant/receipt.html", context)


@page(who="member")
def receipt_pdf(request: MemberRequest, public_id: str) -> HttpResponseBase:
    """The receipt as a file, with every answer as it was asked."""
    file = opened(request, public_id)
    submission = queries.submission(file.application)
    return as_pdf(submission, file.edition, file.language) if submission else _not_sent(file)


@page(who="member")
def bundle(request: MemberRequest, public_id: str) -> HttpResponseBase:
    """The whole record as one file to keep."""
    file = opened(request, public_id)
    submission = queries.submission(file.application)
    return as_bundle(submission, file.edition, file.language) if submission else _not_sent(file)


@page(who="member")
def file(request: MemberRequest, public_id: str) -> HttpResponse:
    """The file as it was submitted, to read; it cannot be changed."""
    found = opened(request, public_id)
    submission = queries.submission(found.application)
    if submission is None:
        return _not_sent(found)
    context = {
        "title": _("Application %(reference)s") % {"reference": submission.reference},
        "application": found.application,
        "submission": submission,
        "edition": found.edition.definition,
        "carried": carry_over.carried(found.application),
        **answers_of(submission, found.edition, found.language),
    }
    return render(request, "applicant/file.html", context)
