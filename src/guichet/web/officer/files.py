"""A submitted application and an organization, to read: answers, letters, timeline, people, verifications."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from guichet.applications import access, carry_over, queries
from guichet.audit import queries as audit
from guichet.eligibility import queries as eligibility
from guichet.files import reading
from guichet.files.queries import file_of
from guichet.mail import queries as mail
from guichet.organizations import queries as organizations
from guichet.organizations.attachments import holder
from guichet.programs import queries as programs
from guichet.web.access import page
from guichet.web.carried import groups
from guichet.web.officer.events import told
from guichet.web.receipt import as_bundle, as_pdf, verification
from guichet.web.requests import PersonRequest
from guichet.web.submitted import answers_of


def _opened(request: PersonRequest, public_id: str) -> Any:
    """A submitted application. A draft is the applicant's own: 404."""
    application = queries.application(public_id)
    if application is None or not application.is_submitted or not access.can_read(request.user, application):
        raise Http404
    return application


@page(who="officer")
def file_view(request: PersonRequest, public_id: str) -> HttpResponse:
    """Everything that was submitted, the letters about it, and what happened."""
    application = _opened(request, public_id)
    submission, edition = queries.submission(application), queries.edition_of(application)
    context = {
        "title": _("Application %(reference)s") % {"reference": application.reference},
        "application": application,
        "submission": submission,
        "verification": verification(submission),
        "edition": edition.definition,
        "ways": _ways(application, request.LANGUAGE_CODE),
        "letters": mail.letters_about(reference=application.reference),
        "events": told(audit.events_of("application", application.public_id)),
        **answers_of(submission, edition, request.LANGUAGE_CODE),
    }
    return render(request, "officer/file.html", context)


def _ways(application: Any, language: str) -> list[dict[str, Any]]:
    """How the draft came from older editions to its own: what was new, changed and gone, without any answer."""
    return [
        {
            "record": record,
            "before": programs.edition(record.before_id).definition,
            "after": programs.edition(record.after_id).definition,
            "groups": groups(carry_over.differences_of(record), language),
        }
        for record in carry_over.carried(application)
    ]


@page(who="officer")
def attachment(request: PersonRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """One attachment of a submitted application, to download."""
    stored = file_of(holder(_opened(request, public_id).sheet), file_id)
    if stored is None:
        raise Http404
    return FileResponse(
        reading.open_file(stored), as_attachment=True, filename=stored.name, content_type=reading.mime_of(stored)
    )


@page(who="officer")
def receipt_pdf(request: PersonRequest, public_id: str) -> HttpResponse:
    """The applicant's receipt, in the officer's language."""
    application = _opened(request, public_id)
    submission, edition = queries.submission(application), queries.edition_of(application)
    return as_pdf(submission, edition, request.LANGUAGE_CODE)


@page(who="officer")
def bundle(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """The whole record as one file."""
    application = _opened(request, public_id)
    submission, edition = queries.submission(application), queries.edition_of(application)
    return as_bundle(submission, edition, request.LANGUAGE_CODE)


@page(who="officer")
def organization(request: PersonRequest, public_id: str) -> HttpResponse:
    """An organization: its people, verifications, submitted applications, and what happened."""
    found = organizations.organization(public_id)
    if found is None:
        raise Http404
    context = {
        "title": found.legal_name or _("Organization without a name yet"),
        "organization": found,
        "members": organizations.members(found),
        "cases": _cases(found),
        "may_give_more_time": access.can_give_more_time(request.user, found),
        "files": queries.applications_of(found, submitted=True, limit=100),
        "events": told(audit.events_for_organization(found.public_id)),
    }
    return render(request, "officer/organization.html", context)


@page(who="officer")
def document(request: PersonRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """A document that an organization attached to a profile, to download."""
    found = organizations.organization(public_id)
    stored = organizations.profile_document(found, file_id) if found else None
    if stored is None:
        raise Http404
    return FileResponse(
        reading.open_file(stored), as_attachment=True, filename=stored.name, content_type=reading.mime_of(stored)
    )


def _cases(found: Any) -> list[dict[str, Any]]:
    return [
        {"case": case, "program": edition.definition.program.name}
        for edition in programs.programs()
        for case in eligibility.history(found, edition.program_key)
    ]
