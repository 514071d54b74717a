"""A draft is deleted, recovered, or closed for good when its days to recover are over.

The history of answers is append-only, so nothing is erased: a draft that is closed is frozen, and no page shows it.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from guichet.accounts.models import User
from guichet.answers import actions as answers
from guichet.applications import conditions, letters, queries
from guichet.applications.actions import locked, log
from guichet.applications.errors import NewerDraft, NotRecoverable
from guichet.applications.models import Application
from guichet.applications.states import MOVES, State
from guichet.kernel import clock, states


@transaction.atomic
def delete(*, actor: User, application: Application) -> Application:
    """Take a draft out of the lists; it can be recovered until its last day. A second call changes nothing.

    1. The actor may change applications of the organization. 2. It is a draft. 3. Move it, record the event, write to
    the others who sign for the organization.

    Raises PermissionDenied, AlreadySubmitted, DraftDeleted (it is closed for good).
    """
    application = locked(application)
    conditions.require_editor(actor, application.organization)
    if application.state == State.DELETED:
        return application
    conditions.require_draft(application)
    put_away(actor, application)
    letters.draft_deleted(application=application, actor=actor)
    return application


@transaction.atomic
def recover(*, actor: User, application: Application) -> Application:
    """Make a deleted draft a draft again, with everything in it. A second call changes nothing.

    1. The actor may change applications of the organization. 2. Its last day is not over. 3. No other draft of the
    program was begun since. 4. Move it, record the event.

    Raises PermissionDenied, NotRecoverable, NewerDraft.
    """
    application = locked(application)
    conditions.require_editor(actor, application.organization)
    if application.is_draft:
        return application
    if not queries.is_recoverable(application):
        raise NotRecoverable()
    try:
        with transaction.atomic():
            _move(application, "recover", deleted_at=None, deleted_by=None, last_day=None, recovered_at=clock.now())
    except IntegrityError as error:  # application_one_draft_per_program
        raise NewerDraft() from error
    log(actor, "application_recovered", application)
    return application


def put_away(actor: User | None, application: Application) -> None:
    """Move a locked draft to the deleted ones; ``actor`` None: it had waited too long."""
    edition = queries.edition_of(application)
    last_day = queries.submission_day(edition) + timedelta(days=edition.definition.drafts.recover_days)
    _move(application, "delete", deleted_at=clock.now(), deleted_by=actor, last_day=last_day)
    log(actor, "application_deleted", application, last_day=last_day.isoformat())


def close_old() -> int:
    """Close every deleted draft whose last day is over, each in a transaction of its own. Returns how many."""
    # No zone is a day ahead of tomorrow's date in UTC: those of other programs are looked at one by one.
    soon = clock.now().date() + timedelta(days=1)
    old = Application.objects.filter(state=State.DELETED, last_day__lt=soon).order_by("last_day", "id")
    return sum(_close(application) for application in old)


@transaction.atomic
def _close(application: Application) -> bool:
    application = locked(application)
    if application.state != State.DELETED or queries.is_recoverable(application):
        return False
    answers.freeze(application.sheet)
    _move(application, "close")
    log(None, "application_closed", application)
    return True


def _move(application: Application, verb: str, **fields: Any) -> None:
    row = Application.objects.filter(pk=application.pk)
    application.state = states.move(row, state_now=application.state, verb=verb, moves=MOVES, **fields)
    for name, value in fields.items():
        setattr(application, name, value)
