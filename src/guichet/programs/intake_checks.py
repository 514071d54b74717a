"""What a package may not say of its intakes: moments that the zone's clocks never show, windows that overlap."""

from collections.abc import Iterator
from datetime import UTC, datetime

from guichet.kernel.moments import moments
from guichet.programs.definitions import EditionDefinition, Intake
from guichet.programs.reading import Steps

Found = Iterator[tuple[Steps, str]]

_EVER = datetime.min.replace(tzinfo=UTC)


def check_intakes(edition: EditionDefinition) -> Found:
    """(way through the document, sentence) for each fault."""
    faults = list(_moments(edition))
    yield from faults
    if faults:  # moments without an offset cannot be compared
        return
    before: Intake | None = None
    for index, intake in sorted(enumerate(edition.intakes), key=lambda item: item[1].opens or _EVER):
        if _inverted(intake):
            yield ("intakes", index, "closes"), "this intake closes before it opens"
        if before and (before.closes is None or (intake.opens or _EVER) < before.closes):
            yield ("intakes", index), f"this intake opens before the intake {before.key!r} closes"
        if before is None or (before.closes and (intake.closes is None or intake.closes > before.closes)):
            before = intake  # the one that lasts longest so far


def _inverted(intake: Intake) -> bool:
    return bool(intake.opens and intake.closes and intake.closes <= intake.opens)


def check_begins(edition: EditionDefinition) -> Found:
    """An edition begins before all is over."""
    if any(_moments(edition)) or any(_inverted(intake) for intake in edition.intakes):
        return  # faults of their own
    closes = [intake.closes for intake in edition.intakes if intake.closes]
    if len(closes) == len(edition.intakes) and max(closes).astimezone(edition.program.timezone).date() < edition.begins:
        yield ("begins",), "the edition begins after its last intake has closed"


def _moments(edition: EditionDefinition) -> Found:
    for index, intake in enumerate(edition.intakes):
        for name in ("opens", "closes"):
            moment = getattr(intake, name)
            fault = _moment(moment, edition.program.zone) if moment else ""
            if fault:
                yield ("intakes", index, name), fault


def _moment(written: datetime, zone: str) -> str:
    """What is wrong with a moment of an intake: it must be written as the clocks of the program's zone show it."""
    right = moments(written.replace(tzinfo=None), zone)
    if written.tzinfo is not None and written in right:
        return ""
    if not right:
        return f"this time does not exist in {zone}: the clocks are put forward over it; write another one"
    if len(right) == 1:
        return f"give the offset of the time zone, as {zone} has it at this time: {right[0].isoformat()}"
    first, second = (moment.isoformat() for moment in right)
    return f"this time comes twice in {zone}, as the clocks are put back: write {first} or, an hour later, {second}"
