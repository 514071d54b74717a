"""What officers decide about the intakes of a published edition: more time for everybody, a pause, its end.

The edition itself never changes; each decision is a row that stays, with who made it, when and why. Both who may act
and what is legal are decided while the edition's row is locked, so that two decisions at once come one after the other.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.audit import actions as audit
from guichet.kernel import clock
from guichet.kernel.bilingual import Text
from guichet.kernel.canonical import plain
from guichet.programs import access, queries
from guichet.programs.errors import (
    IntakeReasonMissing,
    MomentPast,
    NeverCloses,
    NotExtended,
    NotPaused,
    PauseEndsBefore,
    PauseNoticeMissing,
    UnknownIntake,
)
from guichet.programs.models import Edition, IntakeDecision
from guichet.programs.queries import PublishedEdition
from guichet.programs.windows import Window

Kind = IntakeDecision.Kind


@transaction.atomic
def extend(*, actor: User, edition: PublishedEdition, intake: str, closes: datetime, reason: str) -> IntakeDecision:
    """Let an intake close at another moment, for everybody.

    1. The actor manages intakes. 2. The intake exists and closes at all; the new moment is to come, another one than
    now stands, and not before the published one: an extension may be corrected, never what was published. 3. There is
    a reason. 4. Keep the decision, record the event.

    Raises PermissionDenied, UnknownIntake, NeverCloses, MomentPast, NotExtended, IntakeReasonMissing.
    """
    at = _begin(actor, edition)
    window = _window(edition, intake)
    published = window.intake.closes
    if published is None:
        raise NeverCloses()
    if closes <= at:
        raise MomentPast(field="day")
    if closes == window.closes or closes < published:
        raise NotExtended(field="day", published=published, now=window.closes, zone=edition.definition.program.zone)
    reason = _reason(reason)
    return _decide(actor, edition, at, "intake_extended", kind=Kind.EXTENDED, intake=intake, ends=closes, reason=reason)


@transaction.atomic
def pause(
    *, actor: User, edition: PublishedEdition, begins: datetime | None, ends: datetime | None, notice: Text | None
) -> IntakeDecision:
    """Receive nothing from ``begins`` (None: now) until ``ends`` (None: until resumed). It replaces an earlier pause.

    1. The actor manages intakes. 2. The notice is there in both languages. 3. It begins now or later, and ends after.
    4. Keep the decision, record the event.

    Raises PermissionDenied, PauseNoticeMissing, MomentPast, PauseEndsBefore.
    """
    at = _begin(actor, edition)
    if notice is None:
        raise PauseNoticeMissing()
    start = begins or at
    if start < at:
        raise MomentPast(field="day")
    if ends is not None and ends <= start:
        raise PauseEndsBefore(field="end_day")
    notices = {"notice_en": notice.en, "notice_fr": notice.fr}
    return _decide(actor, edition, at, "intake_paused", kind=Kind.PAUSED, begins=start, ends=ends, **notices)


@transaction.atomic
def resume(*, actor: User, edition: PublishedEdition) -> IntakeDecision:
    """End the pause that is in force, or take back the one that was announced.

    Raises PermissionDenied, NotPaused.
    """
    at = _begin(actor, edition)
    if queries.pause(edition, at) is None:
        raise NotPaused()
    return _decide(actor, edition, at, "intake_resumed", kind=Kind.RESUMED)


def require_manager(actor: User) -> None:
    """The person manages intakes. Raises PermissionDenied."""
    if not access.can_manage_intakes(actor):
        raise PermissionDenied(permissions.MANAGE_INTAKES)


def _begin(actor: User, edition: PublishedEdition) -> datetime:
    """Who may not goes away; the edition is locked until the end. The moment of the decision."""
    require_manager(actor)
    Edition.objects.select_for_update(no_key=True).get(pk=edition.id)
    return clock.now()


def _window(edition: PublishedEdition, key: str) -> Window:
    for window in queries.windows(edition):
        if window.intake.key == key:
            return window
    raise UnknownIntake()


def _reason(reason: str) -> str:
    written = plain(reason).strip()
    if not written:
        raise IntakeReasonMissing(field="reason")
    return str(written)


def _decide(actor: User, edition: PublishedEdition, at: datetime, event: str, **decided: Any) -> IntakeDecision:
    decision = IntakeDecision.objects.create(edition_id=edition.id, decided_at=at, decided_by=actor, **decided)
    audit.record(
        actor=actor,
        event=event,
        subject_type="edition",
        subject_id=f"{edition.program_key}/{edition.key}",
        **{name: value for name, value in decided.items() if name != "kind"},
    )
    return decision
