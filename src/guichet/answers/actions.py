"""Writing answers: a sheet, a batch, the end of writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from guichet.answers.models import Sheet
from guichet.kernel.people import Actor


@dataclass(frozen=True)
class Change:
    """One answer as a person leaves it. ``seen`` is the version they last saw; 0 when there was none."""

    path: str
    value: Any
    seen: int = 0


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the answer since ``seen``. Nothing was written for it; both texts are here."""

    path: str
    mine: Any
    theirs: Any
    version: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Saved:
    """What a save did: the version of each path written or already equal, and the conflicts."""

    versions: dict[str, int]
    conflicts: tuple[Conflict, ...]
    at: datetime


def create_sheet() -> Sheet:
    """A new, empty sheet."""
    return Sheet.objects.create()


@transaction.atomic(savepoint=False)
def save(*, actor: Actor | None, sheet: Sheet, changes: Sequence[Change], request_key: str = "") -> Saved:
    """Write each change whose answer is still at the version its author saw.

    An equal value makes no new version. A change in conflict writes nothing; the others are written. Sent again with the
    same ``request_key``, a batch that arrived once is recognized. At most four statements, whatever the number of changes.

    Raises BadPath, AnswerTooLong, SheetFrozen (then nothing is written), ValueError when a path comes twice.
    """
    raise NotImplementedError


def freeze(sheet: Sheet) -> None:
    """End all writing on ``sheet``. From then on the database refuses it to every role. Twice is once."""
    raise NotImplementedError
