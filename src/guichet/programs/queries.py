"""What is on offer. Definitions are kept in the process by their hashes: a page costs one small query."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Any

from guichet.kernel import clock
from guichet.programs import windows as standing
from guichet.programs.definitions import EditionDefinition
from guichet.programs.errors import UnknownProgram
from guichet.programs.loading import compose
from guichet.programs.models import Edition, IntakeDecision
from guichet.programs.windows import Pause, Reception, Window

_FRESH_SECONDS = 10


@dataclass(frozen=True)
class PublishedEdition:
    """A published edition: ``id`` of its row, its keys, its ``hash``, and its ``definition``."""

    id: int
    program_key: str
    key: str
    hash: str
    definition: EditionDefinition

    @property
    def numbers(self) -> dict[str, Any]:
        """The edition's figures, as the rules read them (``{number: key}``)."""
        return self.definition.numbers


def programs() -> list[PublishedEdition]:
    """The current edition of every program, in the order that the programs give. One query."""
    current: dict[str, dict[str, Any]] = {}
    for row in _heads():
        kept = current.get(row["program__key"])
        if kept is None or row["begins"] <= clock.today(row["program__document__zone"]):
            current[row["program__key"]] = row
    return sorted(map(_published, current.values()), key=lambda each: (each.definition.program.order, each.program_key))


def current_edition(program_key: str) -> PublishedEdition:
    """The edition that has begun last, by the program's own clock; before any has, the first to begin.

    One query. Raises UnknownProgram.
    """
    rows = _heads(program__key=program_key)
    begun = [row for row in rows if row["begins"] <= clock.today(row["program__document__zone"])]
    if not rows:
        raise UnknownProgram(program=program_key)
    return _published(begun[-1] if begun else rows[0])


def edition(edition_id: int) -> PublishedEdition:
    """The published edition with that row id: the one an application stays on. Raises UnknownProgram.

    Asked anew every ten seconds at most: the edition is frozen, and its program's names and mailboxes seldom change.
    """
    return _pinned(edition_id, int(monotonic() // _FRESH_SECONDS))


@lru_cache(maxsize=64)
def _pinned(edition_id: int, _moment: int) -> PublishedEdition:
    rows = _heads(id=edition_id)
    if not rows:
        raise UnknownProgram(edition=edition_id)
    return _published(rows[0])


def editions() -> list[PublishedEdition]:
    """Every published edition, by program key, the newest of each first. One query."""
    newest = sorted(_heads(), key=lambda row: (row["begins"], row["key"]), reverse=True)
    return [_published(row) for row in sorted(newest, key=lambda row: row["program__key"])]


def edition_called(program_key: str, key: str) -> PublishedEdition:
    """The published edition with these keys. One query. Raises UnknownProgram."""
    rows = _heads(program__key=program_key, key=key)
    if not rows:
        raise UnknownProgram(program=program_key, edition=key)
    return _published(rows[0])


def decisions(edition: PublishedEdition) -> list[IntakeDecision]:
    """What officers decided about the intakes of the edition, oldest first, with who did. One query."""
    return list(IntakeDecision.objects.filter(edition_id=edition.id).select_related("decided_by").order_by("id"))


def windows(edition: PublishedEdition) -> list[Window]:
    """The intakes of the edition as they stand, extended or not, in the order of the package. One query."""
    return standing.windows(edition.definition.intakes, decisions(edition))


def pause(edition: PublishedEdition, at: datetime) -> Pause | None:
    """The pause in force at that moment, or announced. One query."""
    return standing.pause_of(decisions(edition), at)


def reception(edition: PublishedEdition, at: datetime, until: datetime | None = None) -> Reception:
    """Whether applications are received at that moment, and until when; ``until`` is a personal extension. One query.

    The one answer to that question, for pages and refusals alike; ``at`` is the server's clock (kernel.clock).
    """
    decided = decisions(edition)
    known = standing.windows(edition.definition.intakes, decided)
    return standing.reception(known, standing.pause_of(decided, at), at, until)


def window_at(edition: PublishedEdition, at: datetime) -> Window | None:
    """The window that is open for everybody at that moment, pauses aside. One query."""
    return next((window for window in windows(edition) if window.is_open(at)), None)


def is_open(edition: PublishedEdition, at: datetime) -> bool:
    """Are applications received from everybody at that moment? One query."""
    return reception(edition, at).is_open


def _heads(**where: Any) -> list[dict[str, Any]]:
    """Rows without their documents, the editions of a program in the order in which they begin."""
    rows = Edition.objects.filter(**where).order_by("program__key", "begins", "key")
    columns = ("id", "key", "hash", "begins", "program__key", "program__hash", "program__document__zone")
    return [dict(row) for row in rows.values(*columns)]


def _published(row: dict[str, Any]) -> PublishedEdition:
    definition = _definition(row["id"], row["hash"], row["program__hash"])
    return PublishedEdition(
        id=row["id"], program_key=row["program__key"], key=row["key"], hash=row["hash"], definition=definition
    )


@lru_cache(maxsize=64)
def _definition(edition_id: int, digest: str, program_digest: str) -> EditionDefinition:
    """The definition behind two hashes. The hashes are the key: what they stand for never changes."""
    row = Edition.objects.select_related("program").get(id=edition_id)
    return compose(row.program.document, row.document)
