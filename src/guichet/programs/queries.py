"""What is on offer. Definitions are kept in the process by their hashes: a page costs one small query."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from guichet.kernel import clock
from guichet.programs import windows as standing
from guichet.programs.definitions import EditionDefinition
from guichet.programs.errors import UnknownProgram
from guichet.programs.loading import compose
from guichet.programs.models import Edition, IntakeDecision, Program
from guichet.programs.windows import Pause, Reception, Window


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
    """The current edition of every program, by program key. One query."""
    current: dict[str, dict[str, Any]] = {}
    for row in _heads():
        kept = current.get(row["program__key"])
        if kept is None or row["begins"] <= clock.today(row["program__document__zone"]):
            current[row["program__key"]] = row
    return [_published(row) for row in current.values()]


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
    """The published edition with that row id: the one an application stays on. One query. Raises UnknownProgram."""
    rows = _heads(id=edition_id)
    if not rows:
        raise UnknownProgram(edition=edition_id)
    return _published(rows[0])


def read_beside(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """For a query over rows that point at an edition by ``name``: what to select beside them, and what to leave out.

    ``of_row`` then needs no statement of its own.
    """
    return (f"{name}__program",), (f"{name}__document", f"{name}__program__document")


def of_row(row: Edition) -> PublishedEdition:
    """The published edition behind a row that was read with its program (``read_beside``). No query once known."""
    return _published({"id": row.pk, "key": row.key, "hash": row.hash} | _of_program(row.program))


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


def _of_program(program: Program) -> dict[str, Any]:
    return {"program__key": program.key, "program__hash": program.hash}


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
