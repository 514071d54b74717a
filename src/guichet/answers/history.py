"""The history of a sheet as people read it: what one person typed in one go is one entry, paged by key.

Answers save themselves every second while somebody types, so one sentence is some dozens of values. An entry is a run
of values of one answer by one person with no pause between two of them longer than ``TOGETHER``: it shows the last,
and all of them stay in the table. An answer that is emptied, and a row that is removed, are entries of their own: what
stood there until then is what people come back for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from guichet.answers.models import AnswerChange, Sheet

TOGETHER = timedelta(minutes=5)
# How the request keys begin of what was brought back from a file: each such value is an entry of its own.
FROM_FILE = "file-"


@dataclass(frozen=True)
class Entry:
    """``value`` stood at ``version``, given ``by`` whom and ``at`` when; ``before`` is what stood until then.

    ``id`` is the key by which pages go on; ``values`` counts the values of the entry; ``from_file``: it was typed in a
    file that was brought back.
    """

    id: int
    path: str
    value: Any
    version: int
    by: str
    at: datetime
    before: Any
    values: int
    from_file: bool = False


def entries(
    sheet: Sheet,
    *,
    keys: Collection[str] = (),
    path: str = "",
    every: bool = False,
    before: int | None = None,
    limit: int = 20,
) -> list[Entry]:
    """The newest entries, newest first; those older than the entry ``before``.

    ``keys`` narrows to questions (a table with all its cells), ``path`` to one answer; ``every`` makes each value an
    entry of its own. Two statements, whatever the length of the history: the entries by the index of the sheet, and
    what stood before each.
    """
    changes = AnswerChange.objects.filter(sheet=sheet).filter(_within(keys))
    if path:
        changes = changes.filter(path=path)
    if before is not None:
        changes = changes.filter(pk__lt=before)
    shown = changes if every else _last_of_runs(changes)
    earlier = AnswerChange.objects.filter(sheet=sheet, path=OuterRef("path"), version__lt=OuterRef("version"))
    former = earlier if every else _last_of_runs(earlier)
    shown = shown.annotate(former=Subquery(former.order_by("-version").values("pk")[:1]))
    found = list(shown.order_by("-pk")[:limit])
    stood = AnswerChange.objects.in_bulk([change.former for change in found if change.former])
    return [_entry(change, stood.get(change.former)) for change in found]


def change(sheet: Sheet, path: str, version: int) -> AnswerChange | None:
    """The value that an answer had at a version; None when it never had that many. One statement."""
    return AnswerChange.objects.filter(sheet=sheet, path=path, version=version).first()


def last_position(sheet: Sheet, row: str) -> Any:
    """Where a row stood when it last was there; None when there never was one. One statement."""
    there = AnswerChange.objects.filter(sheet=sheet, path=row, value__isnull=False).order_by("-version")
    return there.values_list("value", flat=True).first()


def _within(keys: Collection[str]) -> Q:
    found = Q()
    for key in keys:
        found |= Q(path=key) | Q(path__startswith=f"{key}.")
    return found


def _last_of_runs(changes: QuerySet[AnswerChange]) -> QuerySet[AnswerChange]:
    """Those after which the same person did not go on soon, those before and after an emptying, those of a file."""
    goes_on = AnswerChange.objects.filter(
        sheet=OuterRef("sheet"),
        path=OuterRef("path"),
        version=OuterRef("version") + 1,
        changed_by=OuterRef("changed_by"),
        changed_at__lte=OuterRef("changed_at") + TOGETHER,
        value__isnull=False,
    ).exclude(request_key__startswith=FROM_FILE)
    alone = Q(value__isnull=True) | Q(request_key__startswith=FROM_FILE)
    return changes.filter(alone | ~Exists(goes_on))


def _entry(change: Any, former: AnswerChange | None) -> Entry:
    return Entry(
        id=change.pk,
        path=change.path,
        value=change.value,
        version=change.version,
        by=change.changed_by_name,
        at=change.changed_at,
        before=former.value if former else None,
        values=change.version - (former.version if former else 0),
        from_file=change.request_key.startswith(FROM_FILE),
    )
