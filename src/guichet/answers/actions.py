"""Writing answers: a sheet, a batch, the end of writing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from guichet.answers.errors import AnswerTooLong, BadPath, SheetFrozen
from guichet.answers.models import Presence, Sheet
from guichet.answers.paths import is_path
from guichet.kernel import clock
from guichet.kernel.canonical import plain
from guichet.kernel.database import call
from guichet.kernel.people import Actor, name_of

# A value is held in memory several times over while it is saved; no question of a form needs more than this.
LONGEST_VALUE = 200_000
LONGEST_KEY = 64


@dataclass(frozen=True)
class Change:
    """One answer as a person leaves it. ``seen`` is the version they last saw; 0 when there was none.

    ``after`` holds the request keys of earlier texts of the same author, which this one grew from: it may be written
    over them, whether or not their author was told that they had arrived.
    """

    path: str
    value: Any
    seen: int = 0
    after: tuple[str, ...] = ()


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


def save(*, actor: Actor | None, sheet: Sheet, changes: Sequence[Change], request_key: str = "") -> Saved:
    """Write each change whose answer is still at the version its author saw.

    1. Every path and size is possible. 2. Nobody else writes on this sheet until the end, and it is not frozen.
    3. Each change is new, already so, or in conflict. 4. New values are written, and added to the history.

    An equal value makes no new version; a blank where nothing stood has version 0. A change in conflict writes nothing;
    the others are written. Sent again with the same ``request_key``, a batch that arrived once is recognized, even if
    somebody has changed the answer since. One statement, whatever the number of changes (migration 0006).

    Raises BadPath, AnswerTooLong, SheetFrozen (then nothing is written), ValueError when a path comes twice.
    """
    mine, key, at = _checked(changes), str(plain(request_key))[:LONGEST_KEY], clock.now()
    if not mine:
        return Saved({}, (), at)
    batch = [
        {"path": path, "value": change.value, "seen": change.seen, "after": list(change.after)}
        for path, change in mine.items()
    ]
    by = actor.pk if actor else None
    versions: dict[str, int] = {}
    conflicts: list[Conflict] = []
    judged = call("answers_save", sheet.pk, Jsonb(batch), key, by, name_of(actor), at)
    for path, outcome, version, theirs, name, when in judged:
        if outcome == "frozen":
            raise SheetFrozen()
        if outcome == "conflict":
            # Django leaves JSON of the database as text where no field of a model reads it.
            conflicts.append(Conflict(path, mine[path].value, json.loads(theirs or "null"), version, name, when))
        else:
            versions[path] = version
    return Saved(versions, tuple(conflicts), at)


def present(*, actor: Actor, sheet: Sheet) -> None:
    """The actor has the sheet open on a screen now. One statement."""
    Presence.objects.bulk_create(
        [Presence(sheet=sheet, person_id=actor.pk, seen_at=clock.now())],
        update_conflicts=True,
        unique_fields=["sheet", "person"],
        update_fields=["seen_at"],
    )


def freeze(sheet: Sheet) -> None:
    """End all writing on ``sheet``. From then on the database refuses it to every role. Twice is once."""
    Sheet.objects.filter(pk=sheet.pk, frozen_at=None).update(frozen_at=clock.now())


def _checked(changes: Sequence[Change]) -> dict[str, Change]:
    """The changes by their path, their values storable."""
    checked: dict[str, Change] = {}
    for change in changes:
        if not is_path(change.path):
            raise BadPath(path=change.path[:80])
        if change.path in checked:
            raise ValueError(f"{change.path} comes twice")
        value = plain(change.value)
        if len(_text(value)) > LONGEST_VALUE:
            raise AnswerTooLong(field=change.path, limit=LONGEST_VALUE)
        checked[change.path] = replace(change, value=value)
    return checked


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
