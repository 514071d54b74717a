"""Writing answers: a sheet, a batch, the end of writing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Value

from guichet.answers.errors import AnswerTooLong, BadPath, SheetFrozen
from guichet.answers.models import Answer, AnswerChange, Sheet
from guichet.answers.paths import is_path
from guichet.answers.queries import Stored
from guichet.kernel import clock
from guichet.kernel.canonical import plain
from guichet.kernel.people import Actor, name_of

# A value is held in memory several times over while it is saved; no question of a form needs more than this.
LONGEST_VALUE = 200_000
LONGEST_KEY = 64


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


def save(*, actor: Actor | None, sheet: Sheet, changes: Sequence[Change], request_key: str = "") -> Saved:
    """Write each change whose answer is still at the version its author saw.

    1. Every path and size is possible. 2. Nobody else writes on this sheet until the end, and it is not frozen.
    3. Each change is new, already so, or in conflict. 4. New values are written, and added to the history.

    An equal value makes no new version; a blank where nothing stood has version 0. A change in conflict writes nothing;
    the others are written. Sent again with the same ``request_key``, a batch that arrived once is recognized, even if
    somebody has changed the answer since. At most four statements, whatever the number of changes.

    Raises BadPath, AnswerTooLong, SheetFrozen (then nothing is written), ValueError when a path comes twice.
    """
    mine, key, at = _checked(changes), str(plain(request_key))[:LONGEST_KEY], clock.now()
    if not mine:
        return Saved({}, (), at)
    # Without a savepoint: an action around this one has its own, and it would cost two more statements.
    with transaction.atomic(savepoint=False):
        if frozen := _lock(sheet):
            saved = Saved({}, (), at)
        else:
            saved, written = _judged(mine, *_stored(sheet, list(mine), key), at=at)
            _write(sheet, written, saved, actor=actor, key=key)
    if frozen:
        raise SheetFrozen()  # out here, so that the caller's transaction can go on
    return saved


def freeze(sheet: Sheet) -> None:
    """End all writing on ``sheet``. From then on the database refuses it to every role. Twice is once."""
    Sheet.objects.filter(pk=sheet.pk, frozen_at=None).update(frozen_at=clock.now())


def _judged(
    mine: dict[str, Change], stored: dict[str, Stored], done: dict[str, Stored], *, at: datetime
) -> tuple[Saved, list[Change]]:
    """What becomes of each change, and those that are to be written."""
    versions: dict[str, int] = {}
    conflicts: list[Conflict] = []
    written: list[Change] = []
    for path, change in mine.items():
        now, before = stored.get(path, _NOTHING), done.get(path)
        if before is not None and _same(before.value, change.value):
            versions[path] = before.version
        elif _same(now.value, change.value):
            versions[path] = now.version
        elif now.version not in (0, change.seen):
            conflicts.append(Conflict(path, change.value, now.value, now.version, now.by, now.at))
        else:
            versions[path] = now.version + 1
            written.append(change)
    return Saved(versions, tuple(conflicts), at), written


_NOTHING = Stored(value=None, version=0, by="", at=datetime.min.replace(tzinfo=UTC))


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


def _lock(sheet: Sheet) -> bool:
    """Hold the sheet until the end of the transaction; True when it is frozen.

    The sheet, because an answer that does not exist yet cannot be locked itself.
    """
    frozen_at = Sheet.objects.select_for_update(no_key=True).values_list("frozen_at", flat=True).get(pk=sheet.pk)
    return frozen_at is not None


def _stored(sheet: Sheet, paths: list[str], key: str) -> tuple[dict[str, Stored], dict[str, Stored]]:
    """What stands now, and what a request with this key has written already. One statement for both."""
    columns = ("path", "value", "version", "changed_by_name", "changed_at", "again")
    rows = Answer.objects.filter(sheet=sheet, path__in=paths).annotate(again=_flag(False)).values_list(*columns)
    if key:
        changes = AnswerChange.objects.filter(sheet=sheet, request_key=key, path__in=paths)
        rows = rows.union(changes.annotate(again=_flag(True)).values_list(*columns), all=True)
    stored: dict[str, Stored] = {}
    done: dict[str, Stored] = {}
    for path, value, version, by, at, again in rows:
        (done if again else stored)[path] = Stored(value, version, by, at)
    return stored, done


def _flag(flag: bool) -> Value:
    return Value(flag, output_field=BooleanField())


def _write(sheet: Sheet, written: list[Change], saved: Saved, *, actor: Actor | None, key: str) -> None:
    if not written:
        return
    common: dict[str, Any] = {
        "sheet": sheet,
        "changed_by_id": actor.pk if actor else None,
        "changed_by_name": name_of(actor),
        "changed_at": saved.at,
    }
    versions = saved.versions
    Answer.objects.bulk_create(
        [Answer(path=change.path, value=change.value, version=versions[change.path], **common) for change in written],
        update_conflicts=True,
        unique_fields=["sheet", "path"],
        update_fields=["value", "version", "changed_by", "changed_by_name", "changed_at"],
    )
    AnswerChange.objects.bulk_create(
        AnswerChange(path=change.path, value=change.value, version=versions[change.path], request_key=key, **common)
        for change in written
    )


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: in Python 1 == True, in an answer they differ."""
    return one is other or _text(one) == _text(other)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
