"""The letters of this room; their texts are in ``texts/<name>.<language>.md``."""

from guichet.accounts.links import link
from guichet.accounts.models import User
from guichet.applications.models import Application, Submission
from guichet.kernel import formats
from guichet.mail.actions import send
from guichet.mail.models import Letter
from guichet.organizations.queries import primary_contact
from guichet.programs.queries import edition


def submission_received(*, application: Application, submission: Submission) -> list[Letter]:
    """To the person who submitted, and to the primary contact if that is somebody else, each in their language.

    Holds the number (in the subject too), the moment with its zone, and what was submitted.
    """
    recipients = [submission.submitted_by]
    contact = primary_contact(application.organization)
    if contact is not None and contact.pk != submission.submitted_by_id:
        recipients.append(contact)
    return [_write(person, application, submission) for person in recipients]


def _write(person: User, application: Application, submission: Submission) -> Letter:
    definition = edition(application.edition_id).definition
    program, language = definition.program, person.language
    return send(
        room="applications",
        name="submission_received",
        language=language,
        email=person.email,
        user=person,
        organization_id=application.organization.public_id,
        reference=submission.reference,
        override=definition.letters.get("submission_received"),
        values={
            "name": person.name,
            "reference": submission.reference,
            "program": program.name.in_(language),
            "edition": definition.title.in_(language),
            "organization": application.organization.legal_name,
            "title": application.title or definition.title.in_(language),
            "moment": formats.moment(submission.submitted_at, language, program.zone, seconds=True),
            "submitter": submission.submitted_by.name,
            "digest": submission.digest,
            "file_link": link("applicant:file", language, application.public_id),
            "mailbox": program.mailbox.program,
        },
    )
