"""The document that a submission freezes (docs/decisions/0004-submission-record.md). It reads, and writes nothing.

Its canonical form (RFC 8785) is what the digest is made of, so that a reader in ten years, with the file and nothing
else, can see what was answered, attested, by whom and when. Moments are UTC to the microsecond.
"""

import datetime as dt
from typing import Any

from guichet.accounts.models import User
from guichet.applications import queries, totals
from guichet.applications.models import Application
from guichet.files.models import StoredFile
from guichet.kernel.calendar import Count
from guichet.kernel.canonical import plain
from guichet.organizations import attachments
from guichet.organizations import queries as organizations
from guichet.programs.queries import PublishedEdition
from guichet.questions import engine
from guichet.questions.context import Context

FORMAT = "guichet.submission/2"  # 2: with totals (costs), and by when it is decided


def document(
    *,
    application: Application,
    edition: PublishedEdition,
    reference: str,
    language: str,
    at: dt.datetime,
    signed_by: User,
    role: str,
    context: Context,
    earliest: Count,
) -> dict[str, Any]:
    """The document in JSON types; ``earliest`` is how the earliest start was counted. Three statements.

    Raises NotAFile when an answer names an attachment that the application does not hold.
    """
    answers = engine.snapshot(context)
    first = queries.first_activity(edition, context)
    due = queries.decision_due(edition, at, context)
    whole: dict[str, Any] = plain(
        {
            "format": FORMAT,
            "reference": reference,
            "application": application.public_id,
            "program": {"key": edition.program_key, "edition": edition.key, "edition_hash": edition.hash},
            "language": language,
            "submitted_at": moment(at),
            "signed_by": {"id": signed_by.public_id, "name": signed_by.name, "role": role},
            "organization": _organization(application),
            "answers": answers,
            "attestations": attested(edition, language),
            "files": [entry(path, file) for path, file in attachments.held(application.sheet, context.form, answers)],
            "costs": totals.document(edition, context, first or _day(edition, at)),
            "decision": due.document() if due else None,
            "lead_time": {"first_activity": first.isoformat() if first else None, **earliest.document()},
        }
    )
    return whole


def attested(edition: PublishedEdition, language: str) -> list[dict[str, str]]:
    """The statements word for word, in the language in which they were read."""
    return [{"key": said.key, "text": said.text.in_(language)} for said in edition.definition.attestations]


def entry(path: str, file: StoredFile) -> dict[str, Any]:
    """One attachment: where it was asked for, what it is called, and the digest of its bytes."""
    return {
        "path": path,
        "file": file.public_id,
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "sha256": file.sha256,
    }


def _day(edition: PublishedEdition, at: dt.datetime) -> dt.date:
    return at.astimezone(edition.definition.program.timezone).date()


def moment(at: dt.datetime) -> str:
    """``2026-01-07T19:30:00.000000Z``: one way of writing a moment."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _organization(application: Application) -> dict[str, Any]:
    """Who applies, with both profiles as last sent: they may change afterwards, what was submitted does not."""
    organization = application.organization
    profiles = {
        kind: organizations.profile(organization, application.program_key, kind)
        for kind in ("profile", "account_profile")
    }
    return {
        "id": organization.public_id,
        "legal_name": organization.legal_name,
        "operating_name": organization.operating_name,
        "business_number": organization.business_number,
        **{kind: (profile.snapshot if profile else None) or {} for kind, profile in profiles.items()},
    }
