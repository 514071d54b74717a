"""Reading answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from json import loads
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Func, OuterRef, Subquery, Sum, TextField
from django.db.models.functions import Cast

from guichet.answers.models import Answer, AnswerChange, Presence, Sheet
from guichet.kernel import clock
from guichet.kernel.people import Actor

# Pages are heard of every ten seconds; who missed two of those is gone.
PRESENT_FOR = timedelta(seconds=25)


_ANSWER = Func(
    *("path", "value", "version", "changed_by_name", "changed_at"),
    function="json_build_array",
    output_field=TextField(),
)
# All of them in one row. The framework is not told that this gathers: it would take twice as long over the statement.
_WHOLE = Cast(Func(_ANSWER, function="json_agg", output_field=TextField()), TextField())


class Stored(NamedTuple):
    """An answer as it stands: its value, its version, who wrote it and when."""

    value: Any
    version: int
    by: str
    at: datetime


def answers(sheet: Sheet) -> dict[str, Stored]:
    """Every answer of the sheet by its path, in the order of the paths. One query.

    They come as one text and are read at once: a sheet has hundreds of answers, and row by row the framework takes
    several times as long.
    """
    (whole,) = Answer.objects.filter(sheet=sheet).order_by().values_list(_WHOLE, flat=True)
    return {
        path: Stored(value, version, by, datetime.fromisoformat(moment))
        for path, value, version, by, moment in sorted(loads(whole or "[]"), key=itemgetter(0))
    }


def values(sheet: Sheet) -> dict[str, Any]:
    """Every value of the sheet by its path. One query."""
    return dict(Answer.objects.filter(sheet=sheet).order_by("path").values_list("path", "value"))


def history(sheet: Sheet, path: str | None = None) -> list[AnswerChange]:
    """Every value ever given, oldest first; of one path when it is named. One query."""
    changes = AnswerChange.objects.filter(sheet=sheet)
    return list((changes if path is None else changes.filter(path=path)).order_by("pk"))


def last_changed() -> Subquery:
    """For rows that have a sheet: when an answer of it was last written; None where there is none."""
    newest = Answer.objects.filter(sheet=OuterRef("sheet")).order_by("-changed_at")
    return Subquery(newest.values("changed_at")[:1])


def state(sheet: Sheet) -> int:
    """A number that grows by one with every value that is written: what a page compares to know of others' changes.

    One query. ``state_of`` is the same for who has the answers in hand.
    """
    return Answer.objects.filter(sheet=sheet).aggregate(total=Sum("version"))["total"] or 0


def state_of(answers: Mapping[str, Stored]) -> int:
    """The state of the sheet that has these answers."""
    return sum(answer.version for answer in answers.values())


def also_here(sheet: Sheet, actor: Actor) -> list[str]:
    """The names of the others who have the sheet open now. One query."""
    since = clock.now() - PRESENT_FOR
    others = Presence.objects.filter(sheet=sheet, seen_at__gte=since).exclude(person_id=actor.pk)
    return list(others.order_by("person__name", "pk").values_list("person__name", flat=True))
