"""``{difference: [{answer: revenue}, {answer: expenses}]}``: the first number less the second."""

from typing import TYPE_CHECKING, Any

from guichet.kernel.decimals import subtract
from guichet.questions.terms._several import Worked, listed
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Worked):
    """The difference; None while one of the two is blank."""

    example = {"difference": [{"answer": "revenue"}, {"sum": "activities.cost"}]}

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = listed(self.name, arguments, "[number, number]", 2)

    def value(self, ctx: "Context") -> Operand | None:
        """The first less the second."""
        numbers = self.numbers(ctx)
        return None if numbers is None else subtract(*numbers)

    def label(self, ctx: "Context", language: str) -> str:
        """“Revenue − Cost”."""
        return self.joined(ctx, language, "−") if self.reads() else ""

    def working(self, ctx: "Context", language: str) -> str:
        """“$250,000 − $3,000”."""
        return self.figures(ctx, language, "−")
