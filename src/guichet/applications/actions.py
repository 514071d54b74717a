"""Things that happen to an application. With ``carry_over``, ``deletion``, ``expiry``, ``more_time``, ``sending`` and
``telling`` all that writes here.

Every act on an application begins by locking its row, so that saving, attaching and submitting never interleave: an
answer is either in the submission, or was refused. Who may act is asked after the lock: a person who was removed while
their save waited for it is refused.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.answers import actions as answers
from guichet.answers.actions import Change, Saved
from guichet.applications import conditions, letters, queries, record
from guichet.applications.errors import EditionChanged, NotAQuestion
from guichet.applications.models import Application, SerialCounter, Submission
from guichet.applications.states import MOVES, State
from guichet.audit.actions import record as keep
from guichet.files.models import StoredFile
from guichet.kernel import clock, references, states
from guichet.kernel.canonical import canonical, plain
from guichet.organizations.actions import documents
from guichet.organizations.attachments import can_be_typed
from guichet.organizations.models import Organization
from guichet.programs.queries import PublishedEdition
from guichet.questions.definitions import Form

TITLE_LENGTH = 250

# Makes changes of what was typed, given the form.
Reader = Callable[[Form], Sequence[Change]]


@transaction.atomic
def start(*, actor: User, organization: Organization, edition: PublishedEdition) -> Application:
    """Begin an application for the published edition, or return the organization's draft for its program.

    Two at once, by a double click or two colleagues: one draft, returned to both.
    Raises PermissionDenied, IntakeClosed, IntakePaused, NotReady (params: steps).
    """
    conditions.require_editor(actor, organization)
    draft = queries.draft_of(organization, edition.program_key)
    if draft is not None:
        return draft
    conditions.require_ready(actor, organization, edition)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                organization=organization,
                program_key=edition.program_key,
                edition_id=edition.id,
                sheet=answers.create_sheet(),
                started_at=clock.now(),
                started_by=actor,
            )
    except IntegrityError:  # application_one_draft_per_program: somebody was faster
        return Application.objects.get(organization=organization, program_key=edition.program_key, state=State.DRAFT)
    log(actor, "application_started", application, program=edition.program_key, edition=edition.key)
    return application


@transaction.atomic
def save_answers(*, actor: User, application: Application, changes: Sequence[Change], request_key: str = "") -> Saved:
    """Save answers as they are, incomplete and invalid ones too; conflicts are handed back, not overwritten.

    Raises PermissionDenied, AlreadySubmitted, EditionChanged, NotAQuestion (attachments are saved by ``attach_file``).
    """
    return _save(actor, locked_draft(actor, application), changes, request_key)


@transaction.atomic
def save_typed(
    *, actor: User, public_id: str, edition_hash: str, read: Reader, request_key: str = ""
) -> tuple[Application, Saved]:
    """Save answers while they are typed: as ``save_answers``, in two statements and one commit.

    Who saves every second has the application's id and no more: whether they may, the draft and its lock are one
    statement, the answers another. ``read`` makes changes of what was typed, given the form; ``edition_hash`` is that
    of the form in which it was typed.

    Raises Application.DoesNotExist (strangers too), PermissionDenied, AlreadySubmitted, EditionChanged, NotAQuestion.
    """
    application = locked_for(actor, public_id)
    conditions.require_draft(application)
    edition = queries.edition_of(application)
    if edition.hash != edition_hash:
        raise EditionChanged(edition=edition.definition.title)
    return application, _save(actor, application, read(edition.definition.application), request_key)


@transaction.atomic
def attach_file(*, actor: User, application: Application, path: str, upload: UploadedFile) -> StoredFile:
    """Store an upload and note it in the answer at ``path``: a single attachment is replaced, a list grows.

    Raises PermissionDenied, AlreadySubmitted, NotAFile, TooManyFiles, and the refusals of the files room; ``field`` is
    the path.
    """
    application = locked_draft(actor, application)
    form = queries.edition_of(application).definition.application
    return documents.attach(actor=actor, sheet=application.sheet, form=form, path=path, upload=upload)


@transaction.atomic
def remove_file(*, actor: User, application: Application, path: str, file_id: str) -> None:
    """Take an attachment out of the answer at ``path``. The history of answers keeps that it was there.

    Raises PermissionDenied, AlreadySubmitted, NotAFile (also for a file that is not at ``path``).
    """
    application = locked_draft(actor, application)
    form = queries.edition_of(application).definition.application
    documents.detach(actor=actor, sheet=application.sheet, form=form, path=path, file_id=file_id)


@transaction.atomic
def submit(
    *, actor: User, application: Application, attestations: set[str], language: str, request_key: str = ""
) -> Submission:
    """Submit a complete draft, once: a second call, at once or later, returns the same Submission.

    1. The actor holds signing authority for the organization.
    2. No examination has refused the organization meanwhile; the intake is open, and the first activity starts
       late enough for today, in the program's zone.
    3. Every attestation is given; every reachable section is complete and valid.
    4. Freeze answers, totals and edition into a Submission, with the next number.
    5. Move the application, record the event, put the letters in the outbox.

    Raises NotSignatory, PermissionDenied (no member), CriteriaNotMet, IntakeClosed, IntakePaused, LeadTimeTooShort,
    AttestationMissing, Incomplete, EditionChanged, DraftDeleted.
    """
    seen, application = application, locked(application)
    role = conditions.require_signatory(actor, application.organization)
    if application.is_submitted:
        return Submission.objects.get(application=application)
    conditions.require_draft(application)
    _require_same_edition(seen, application)
    # One submission of an organization at a time: each knows what the others of the family asked for in the year.
    Organization.objects.select_for_update(no_key=True).get(pk=application.organization_id)
    at = clock.now()  # after the locks: no answer in the submission is younger than its moment
    edition = queries.edition_of(application)
    day = at.astimezone(edition.definition.program.timezone).date()
    context = queries.application_context(application, on=day)
    conditions.require_not_refused(application.organization, application.program_key)
    conditions.require_open(application.organization, edition, at)
    earliest = conditions.require_lead_time(edition, context, day)
    conditions.require_attested(edition, attestations)
    conditions.require_complete(context)
    document = record.document(
        application=application,
        edition=edition,
        reference=_next_reference(edition, day.year),
        language=language,
        at=at,
        signed_by=actor,
        role=role,
        context=context,
        earliest=earliest,
    )
    submission = _freeze(actor, application, document, at, request_key)
    log(actor, "application_submitted", application, reference=submission.reference, digest=submission.digest)
    letters.submission_received(application=application, submission=submission)
    return submission


def _freeze(actor: User, application: Application, document: dict, at: datetime, request_key: str) -> Submission:
    """Keep the document, end all writing on the sheet, move the application: in the order that the triggers ask for."""
    text = canonical(document)
    answers.freeze(application.sheet)
    submission = Submission.objects.create(
        application=application,
        reference=document["reference"],
        document=document,
        canonical=text.decode("utf-8"),
        digest=hashlib.sha256(text).hexdigest(),
        edition_hash=document["program"]["edition_hash"],
        language=document["language"],
        role=document["signed_by"]["role"],
        attestations=document["attestations"],
        request_key=str(plain(request_key))[:64],
        submitted_at=at,
        submitted_by=actor,
    )
    moved: dict[str, Any] = {"reference": submission.reference, "submitted_at": at, "submitted_by": actor}
    row = Application.objects.filter(pk=application.pk)
    application.state = states.move(row, state_now=application.state, verb="submit", moves=MOVES, **moved)
    for name, value in moved.items():
        setattr(application, name, value)
    return submission


def _next_reference(edition: PublishedEdition, year: int) -> str:
    """The next number of the program's year. Its row stays locked until the commit, so that no number is skipped."""
    counter, _ = SerialCounter.objects.get_or_create(program_key=edition.program_key, year=year)
    SerialCounter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db()
    return references.make(edition.definition.program.reference_prefix, year, counter.last)


def _save(actor: User, application: Application, changes: Sequence[Change], request_key: str) -> Saved:
    """Write answers of a locked draft. Raises NotAQuestion."""
    form = queries.edition_of(application).definition.application
    for change in changes:
        if not can_be_typed(form, change.path):
            raise NotAQuestion(field=change.path)
    saved = answers.save(actor=actor, sheet=application.sheet, changes=changes, request_key=request_key)
    _copy_title(application, changes, saved)
    return saved


def locked_for(actor: User, public_id: str) -> Application:
    """The application that the actor may change, locked until the transaction ends, in one statement.

    Raises Application.DoesNotExist (strangers too), PermissionDenied.
    """
    mine = {"organization__memberships__user": actor.pk, "organization__memberships__until": None}
    rows = queries.with_organization().filter(public_id=public_id, **mine)
    row = rows.annotate(role=F("organization__memberships__role")).select_for_update(of=("self",), no_key=True).get()
    if not actor.is_active or not permissions.has(row.role, permissions.EDIT_APPLICATION):
        raise PermissionDenied(permissions.EDIT_APPLICATION)
    return row


def locked(application: Application) -> Application:
    """The application as it stands, its row locked until the transaction ends."""
    # Without a join to its edition: a row that moved to another one while we waited for it would not be found.
    return queries.with_organization().select_for_update(of=("self",), no_key=True).get(pk=application.pk)


def _require_same_edition(seen: Application, now: Application) -> None:
    """The draft was not moved to another edition since it was ``seen``: what was typed or attested fits its form.

    Raises EditionChanged.
    """
    if now.edition_id != seen.edition_id:
        raise EditionChanged(edition=queries.edition_of(now).definition.title)


def locked_draft(actor: User, application: Application) -> Application:
    """A draft that the actor may change, locked.

    Raises PermissionDenied, AlreadySubmitted, DraftDeleted, EditionChanged.
    """
    seen, application = application, locked(application)
    conditions.require_editor(actor, application.organization)
    conditions.require_draft(application)
    _require_same_edition(seen, application)
    return application


def _copy_title(application: Application, changes: Sequence[Change], saved: Saved) -> None:
    """Keep the project's name beside the application when its answer was written."""
    path = queries.edition_of(application).definition.application_title
    for change in changes:
        if change.path == path and path in saved.versions:
            title = change.value[:TITLE_LENGTH] if isinstance(change.value, str) else ""
            Application.objects.filter(pk=application.pk).exclude(title=title).update(title=title)


def log(actor: User | None, event: str, application: Application, **data: Any) -> None:
    """Keep an event of the application."""
    keep(
        actor=actor,
        event=event,
        subject_type="application",
        subject_id=application.public_id,
        organization_id=application.organization.public_id,
        **data,
    )
