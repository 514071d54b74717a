"""What the buttons of a table do to its rows: open, close, add, remove, bring back, move, paste.

Every button saves the page first. What it does is said so that a second press does the same again, and it is done to
the rows as they stand now, whatever the page had seen of them: a row that the page shows closed is not in the post.

==========  ==================  ==============================================
button      value               what it does
==========  ==================  ==============================================
``open``    row                 nothing to the answers: the page opens the row
``close``   row                 the same, and closes it
``add``     table               a row after the last one
``remove``  row                 takes the row out; its answers stay with it
``undo``    row.position        puts a removed row back where it was
``move``    row.place           to that place (1 is the first)
``paste``   table               rows from the text of ``paste-<table>``
==========  ==================  ==============================================
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from guichet.answers.paths import new_row
from guichet.questions.context import Context
from guichet.questions.definitions import Question
from guichet.questions.pasting import read_rows
from guichet.questions.values import JSON, Post, text_of

OPEN, CLOSE, ADD, REMOVE, UNDO, MOVE, PASTE = BUTTONS = ("open", "close", "add", "remove", "undo", "move", "paste")
NEW, NONE = "new", "none"
ROW = re.compile("[a-z0-9]{8,32}")
_LAST_POSITION = 999_999


@dataclass(frozen=True)
class RowAct:
    """What a button did. ``changes`` are written over whatever version stands.

    ``opens`` is the row that the page opens next (``NONE``: no row; "": as it was), ``path`` where the page goes on
    (a row, a table), ``button`` which of the row's buttons has the focus there; ``removed`` what ``undo`` takes.
    ``pasted``: how many rows came in; ``left``: lines that did not, and ``why``: columns, rows.
    """

    name: str
    path: str
    changes: Mapping[str, JSON] = field(default_factory=dict)
    opens: str = ""
    button: str = ""
    removed: str = ""
    pasted: int = 0
    left: str = ""
    why: tuple[str, ...] = ()


class Rows:
    """The rows of one table: those that stand, and those that the page sent, with their positions."""

    def __init__(
        self, table: Question, post: Post, sent: Mapping[str, int], ctx: Context | None, language: str
    ) -> None:
        self.table = table
        self.post = post
        self.language = language
        self.ctx = ctx
        standing = ctx.rows(table.key) if ctx else []
        self.positions = {row: ctx.values[self.path(row)] for row in standing} if ctx else {}
        for row, position in sent.items():
            self.positions.setdefault(row, position)

    def path(self, row: str) -> str:
        """Where a row stands."""
        return f"{self.table.key}.{row}"

    def act(self) -> RowAct | None:
        """What the pressed button does to this table; None when it is not one of its buttons."""
        acts: Mapping[str, Callable[[str], RowAct | None]] = {
            OPEN: self._open, CLOSE: self._close, ADD: self._add, REMOVE: self._remove, UNDO: self._undo,
            MOVE: self._move, PASTE: self._paste,
        }  # fmt: skip
        for name in BUTTONS:
            for value in self.post.getlist(name):
                found = acts[name](str(value))
                if found is not None:
                    return found
        return None

    def _open(self, row: str) -> RowAct | None:
        return RowAct(OPEN, self.path(row), opens=row) if row in self.positions else None

    def _close(self, row: str) -> RowAct | None:
        if row not in self.positions:
            return None
        kept = self.ctx is not None and self.ctx.values.get(self.path(row)) is not None
        return RowAct(CLOSE, self.path(row) if kept else self.table.key, opens=NONE)

    def _add(self, value: str) -> RowAct | None:
        """The row whose id the page had ready, so that a double click adds one row."""
        if value != self.table.key:
            return None
        row = self._ready()
        if row in self.positions:
            return RowAct(ADD, self.path(row), opens=row)
        if self._room() < 1:
            return RowAct(ADD, self.table.key)
        return RowAct(ADD, self.path(row), {self.path(row): self._next()}, opens=row)

    def _remove(self, row: str) -> RowAct | None:
        if row not in self.positions:
            return None
        removed = f"{row}.{self.positions[row]}"
        return RowAct(REMOVE, self.table.key, {self.path(row): None}, opens=NONE, removed=removed)

    def _undo(self, value: str) -> RowAct | None:
        row, _, position = value.partition(".")
        start = f"{self.path(row)}."
        known = self.ctx is not None and any(path.startswith(start) for path in self.ctx.values)
        if not known or not ROW.fullmatch(row) or not re.fullmatch("[0-9]{1,6}", position):
            return None
        if row in self.positions:
            return RowAct(UNDO, self.path(row), opens=row)
        return RowAct(UNDO, self.path(row), {self.path(row): int(position)}, opens=row)

    def _move(self, value: str) -> RowAct | None:
        """Everybody between the two places moves up by one; positions are then 0, 1, 2 …"""
        row, _, place = value.partition(".")
        if row not in self.positions or not re.fullmatch("[0-9]{1,4}", place):
            return None
        order = sorted(self.positions, key=lambda one: (self.positions[one], one))
        before = order.index(row)
        order.remove(row)
        after = min(max(int(place) - 1, 0), len(order))
        order.insert(after, row)
        changes = {self.path(one): at for at, one in enumerate(order) if self.positions[one] != at}
        # The button that was pressed, or the other one where the row cannot go further.
        down = after == 0 or before < after < len(order) - 1
        return RowAct(MOVE, self.path(row), changes, opens=row, button="down" if down else "up")

    def _paste(self, value: str) -> RowAct | None:
        """Rows have ids that follow from the one that the page had ready: sent twice, they come in once."""
        if value != self.table.key:
            return None
        text = text_of("\n".join(str(one) for one in self.post.getlist(f"{PASTE}-{self.table.key}")[-1:]))
        ready, first = self._ready()[:28], self._next()
        already = sum(row.startswith(ready) for row in self.positions)
        read = read_rows(self.table, text, self.language, self._room() + already)
        changes: dict[str, JSON] = {}
        for place, cells in enumerate(read.rows):
            path = self.path(f"{ready}{place:03}")
            changes[path] = self.positions.get(f"{ready}{place:03}", first + place)
            changes |= {f"{path}.{key}": value for key, value in cells.items()}
        return RowAct(
            PASTE, self.table.key, changes, opens=NONE if changes else "", pasted=len(read.rows), left=read.left,
            why=read.why,
        )  # fmt: skip

    def _ready(self) -> str:
        ready = str((self.post.getlist(f"{NEW}-{self.table.key}") or [""])[-1])
        return ready if ROW.fullmatch(ready) else new_row()

    def _next(self) -> int:
        return min(max(self.positions.values(), default=-1) + 1, _LAST_POSITION)

    def _room(self) -> int:
        return int(getattr(self.table, "rows_max", 0)) - len(self.positions)
