"""``{maximum: activities.start}``: the largest value of a column."""

from typing import TYPE_CHECKING, Any

from guichet.questions.terms._reading import OverRows
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(OverRows):
    """The largest number or date over the rows, blanks left out; None when there is none."""

    example = {"maximum": "activities.start"}
    columns = ("number", "date")

    def value(self, ctx: "Context") -> Operand | None:
        """The largest."""
        column: list[Any] = ctx.column(self.path)
        return max(column) if column else None
