"""Reading answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guichet.answers.models import Answer, AnswerChange, Sheet


@dataclass(frozen=True)
class Stored:
    """An answer as it stands: its value, its version, who wrote it and when."""

    value: Any
    version: int
    by: str
    at: datetime


def answers(sheet: Sheet) -> dict[str, Stored]:
    """Every answer of the sheet by its path, in the order of the paths. One query."""
    rows = Answer.objects.filter(sheet=sheet).order_by("path")
    return {
        path: Stored(value, version, by, at)
        for path, value, version, by, at in rows.values_list(
            "path", "value", "version", "changed_by_name", "changed_at"
        )
    }


def values(sheet: Sheet) -> dict[str, Any]:
    """Every value of the sheet by its path. One query."""
    return dict(Answer.objects.filter(sheet=sheet).order_by("path").values_list("path", "value"))


def history(sheet: Sheet, path: str | None = None) -> list[AnswerChange]:
    """Every value ever given, oldest first; of one path when it is named. One query."""
    changes = AnswerChange.objects.filter(sheet=sheet)
    return list((changes if path is None else changes.filter(path=path)).order_by("pk"))
