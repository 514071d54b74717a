"""``{sum: activities.cost}``: what numbers come to: of a column, of the rows of a table, or of several terms.

``{sum: [{answer: salaries}, {answer: rent}]}``,
``{sum: {of: {product: [{row: days}, {row: rate}]}, over: activities, where: {equals: [{row: category}, travel]}}}``
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from guichet.kernel.decimals import total
from guichet.questions.expressions import Kind, Scope
from guichet.questions.terms._kinds import fits
from guichet.questions.terms._rows import OverOrList
from guichet.questions.terms._several import given
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(OverOrList):
    """The sum, blanks left out; None when nothing is there to add.

    Over rows (a mapping) it is 0 as soon as the table has a row, whether or not one satisfies the condition.
    """

    example = {"sum": "activities.cost"}
    further = (
        {"sum": [{"answer": "revenue"}, {"sum": "activities.cost"}]},
        {
            "sum": {
                "of": {"product": [{"row": "cost"}, "0.5"]},
                "over": "activities",
                "where": {"equals": [{"row": "note"}, "Fair"]},
            }
        },
    )

    def value(self, ctx: "Context") -> Operand | None:
        """The sum."""
        if self.parts:
            numbers = given(self.parts, ctx)
        else:
            numbers = [value for value in self.values(ctx) if isinstance(value, Decimal)]
        if not numbers and (self.rows is None or self.path or not self.rows.there(ctx)):
            return None
        return total(numbers)

    def kind(self, scope: Scope) -> Kind:
        """A number."""
        return "number"

    def check(self, scope: Scope) -> list[str]:
        """Everything must be a number, the plain ones too."""
        if not self.parts:
            return super().check(scope)
        faults = [fault for part in self.parts for fault in part.check(scope)]
        wrong = [part for part in self.parts if not faults and not fits(part, "number", scope)]
        return faults or ["sum can only add numbers"] * bool(wrong)

    def label(self, ctx: "Context", language: str) -> str:
        """The label of what is added; of several terms “Salaries + Rent”."""
        if not self.parts:
            return super().label(ctx, language)
        return " + ".join(filter(None, self._labels(ctx, language)))

    def working(self, ctx: "Context", language: str) -> str:
        """“$12 + $14”."""
        return self.added_up(ctx, language, "+")
