"""Moving an object from one state to the next, safely when two people press at once."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from guichet.kernel.errors import Refusal


class IllegalMove(Refusal):
    """The table of moves has no such verb from that state."""

    code = "illegal_move"


class StaleMove(Refusal):
    """Somebody else moved the object first; nothing was written."""

    code = "stale_move"


def move(
    queryset: QuerySet[Any],
    *,
    state_now: str,
    verb: str,
    moves: Mapping[tuple[str, str], str],
    field: str = "state",
    **fields: Any,
) -> str:
    """Move the one row of ``queryset`` by ``verb``, writing ``fields`` with it, and return its new state.

    One ``UPDATE … WHERE <field> = <state_now>``: of two at once, one moves and the other is told.
    ``moves`` is the room's table ``{(state, verb): state}``. The Python object is not changed: set it, or read it anew.
    Raises IllegalMove (params: state, verb) and StaleMove (the same).
    """
    target = moves.get((str(state_now), verb))
    if target is None:
        raise IllegalMove(state=str(state_now), verb=verb)
    changed = queryset.filter(**{field: state_now}).update(**{field: target}, **fields)
    if changed != 1:
        raise StaleMove(state=str(state_now), verb=verb)
    return str(target)
