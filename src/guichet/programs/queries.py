"""What is on offer. Definitions are kept in the process by hash: a page costs one small query."""

from dataclasses import dataclass
from datetime import datetime

from guichet.programs.definitions import EditionDefinition, Intake


@dataclass(frozen=True)
class PublishedEdition:
    """A published edition: ``id`` of its row, its ``key``, its ``hash``, and its ``definition``."""

    id: int
    program_key: str
    key: str
    hash: str
    definition: EditionDefinition


def programs() -> list[PublishedEdition]:
    """The current edition of every program, by program key."""
    raise NotImplementedError


def current_edition(program_key: str) -> PublishedEdition:
    """The edition that has begun last (by the program's own clock). Raises UnknownProgram."""
    raise NotImplementedError


def edition(edition_id: int) -> PublishedEdition:
    """The published edition with that row id. Raises UnknownProgram."""
    raise NotImplementedError


def open_intake(edition: PublishedEdition, at: datetime) -> Intake | None:
    """The intake that is open at that moment."""
    return next((intake for intake in edition.definition.intakes if intake.is_open(at)), None)


def is_open(edition: PublishedEdition, at: datetime) -> bool:
    """Are applications received at that moment?"""
    return open_intake(edition, at) is not None
