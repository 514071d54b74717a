"""``{sum: activities.cost}``: the sum of a column."""

from decimal import Decimal
from typing import TYPE_CHECKING

from guichet.questions.terms._reading import OverRows
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(OverRows):
    """The sum over the rows, blanks left out; None when nothing is there to add."""

    example = {"sum": "activities.cost"}

    def value(self, ctx: "Context") -> Operand | None:
        """The sum."""
        numbers = [value for value in ctx.column(self.path) if isinstance(value, Decimal)]
        return sum(numbers, Decimal(0)) if numbers else None
