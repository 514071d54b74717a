"""What officers decide about intakes, told to those who have begun an application: the act itself is ``programs``'s.

The worker writes the letters: its job is deferred in the decision's transaction, so a decision that is rolled back
tells nobody, and one that is kept tells everybody whom it concerns.
"""

from datetime import datetime

from django.db import transaction

from guichet.accounts.models import User
from guichet.applications import jobs
from guichet.kernel.bilingual import Text
from guichet.programs import intakes
from guichet.programs.models import IntakeDecision
from guichet.programs.queries import PublishedEdition


@transaction.atomic
def extend(*, actor: User, edition: PublishedEdition, intake: str, closes: datetime, reason: str) -> IntakeDecision:
    """Let an intake close at another moment, for everybody. Raises what ``programs.intakes.extend`` raises."""
    return _told(intakes.extend(actor=actor, edition=edition, intake=intake, closes=closes, reason=reason))


@transaction.atomic
def pause(
    *, actor: User, edition: PublishedEdition, begins: datetime | None, ends: datetime | None, notice: Text | None
) -> IntakeDecision:
    """Receive nothing for a while. Raises what ``programs.intakes.pause`` raises."""
    return _told(intakes.pause(actor=actor, edition=edition, begins=begins, ends=ends, notice=notice))


@transaction.atomic
def resume(*, actor: User, edition: PublishedEdition) -> IntakeDecision:
    """End the pause, or take back the one that was announced. Raises what ``programs.intakes.resume`` raises."""
    return _told(intakes.resume(actor=actor, edition=edition))


def _told(decision: IntakeDecision) -> IntakeDecision:
    jobs.tell_of_decision.defer(decision_id=decision.pk)
    return decision
