"""Letters to those who have begun an application, about its intake: each written once, whatever happens to the worker.

Each draft is a transaction of its own: the mark that its people were told, and their letters; both or neither.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time

from django.db import transaction

from guichet.applications import intakes, letters, queries
from guichet.applications.models import Application, Told
from guichet.applications.states import State
from guichet.kernel import clock
from guichet.programs import queries as programs
from guichet.programs import windows as standing
from guichet.programs.models import IntakeDecision
from guichet.programs.queries import PublishedEdition

# The figure of an edition that asks for a letter before closing: business days.
REMINDER = "closing_reminder"
MORNING = time(8)


def tell_of_decision(decision_id: int) -> int:
    """Write to the people of every draft of the edition about an officer's decision. Returns of how many drafts."""
    decision = IntakeDecision.objects.get(pk=decision_id)

    def write(application: Application) -> None:
        letters.intake_decided(decision=decision, application=application)

    return sum(once(draft, f"decision:{decision.pk}", write) for draft in drafts(decision.edition_id))


def remind() -> int:
    """Write to the people of every draft that closes soon, where the edition asks for that. Returns of how many."""
    told = 0
    for edition in programs.editions():
        if REMINDER in edition.definition.service_standards:
            told += sum(_remind(draft, closes) for draft, closes in _closing(edition, clock.now()))
    return told


def reminder_at(edition: PublishedEdition, closes: datetime) -> datetime:
    """The morning, so many business days before the day of closing, from which the letter is due."""
    definition = edition.definition
    zone = definition.program.timezone
    days = definition.service_standards[REMINDER]
    day = definition.business_days.subtract(closes.astimezone(zone).date(), days).date
    return datetime.combine(day, MORNING, zone)


def _remind(application: Application, closes: datetime) -> bool:
    def write(draft: Application) -> None:
        letters.closing_soon(application=draft, closes=closes)

    return once(application, f"closing:{closes.astimezone(UTC).isoformat()}", write)


def _closing(edition: PublishedEdition, at: datetime) -> Iterator[tuple[Application, datetime]]:
    """The drafts whose letter is due, and when each closes: own extensions count. Four statements."""
    windows, pause = programs.windows(edition), programs.pause(edition, at)
    own = {given.organization_id: given.until for given in reversed(intakes.extensions_for(edition))}
    for draft in drafts(edition.id):
        found = standing.reception(windows, pause, at, own.get(draft.organization_id))
        closes = found.closes if found.state in ("open", "paused") else None
        if closes is not None and reminder_at(edition, closes) <= at < closes:
            yield draft, closes


def drafts(edition_id: int) -> list[Application]:
    """Every draft of the edition, with its organization. One statement."""
    return list(queries.with_organization().filter(edition_id=edition_id, state=State.DRAFT).order_by("id"))


def once(application: Application, about: str, write: Callable[[Application], None]) -> bool:
    """Write, unless that was done before; two workers at once come one after the other."""
    with transaction.atomic():
        _mark, new = Told.objects.get_or_create(application=application, about=about, defaults={"told_at": clock.now()})
        if new:
            write(application)
    return new
