"""``{quotient: [{answer: revenue}, {answer: employees}]}``: the first number divided by the second."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from guichet.kernel.decimals import divide
from guichet.questions.expressions import Shower
from guichet.questions.terms._several import Worked, listed
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Worked):
    """The quotient to twenty decimals, half up; None while one of the two is blank, or the second is zero."""

    example = {"quotient": [{"answer": "revenue"}, {"answer": "employees"}]}

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = listed(self.name, arguments, "[number, number]", 2)
        self.divisor = self.parts[1]

    def value(self, ctx: "Context") -> Operand | None:
        """The first divided by the second."""
        numbers = self.numbers(ctx)
        return None if numbers is None else divide(*numbers)

    def shower(self, ctx: "Context") -> Shower | None:
        """An amount by a count is an amount; an amount by an amount is a plain number."""
        first, second = (part.shower(ctx) for part in self.parts)
        return None if first is not None and _alike(first, second) else first

    def label(self, ctx: "Context", language: str) -> str:
        """“Revenue ÷ Employees”."""
        return self.joined(ctx, language, "÷", alike=False) if self.reads() else ""

    def working(self, ctx: "Context", language: str) -> str:
        """“$250,000 ÷ 12”."""
        return self.figures(ctx, language, "÷", alike=False)


def _alike(one: Shower, other: Shower | None) -> bool:
    """Whether both write figures the same way."""
    return other is not None and one(Decimal(1), "en") == other(Decimal(1), "en")
