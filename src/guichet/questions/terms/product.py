"""``{product: ["0.10", {answer: revenue}]}``: numbers multiplied, a share of an amount for example."""

from typing import TYPE_CHECKING, Any

from guichet.kernel.decimals import multiply
from guichet.questions.expressions import Shower
from guichet.questions.terms._several import Worked, listed
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Worked):
    """The product; None while a factor is blank. Exact: what shows it rounds."""

    example = {"product": ["0.10", {"answer": "revenue"}]}

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = listed(self.name, arguments, "[number, number]")

    def value(self, ctx: "Context") -> Operand | None:
        """The product of the factors."""
        numbers = self.numbers(ctx)
        if numbers is None:
            return None
        result = numbers[0]
        for number in numbers[1:]:
            result = multiply(result, number)
        return result

    def shower(self, ctx: "Context") -> Shower | None:
        """As the last factor that is a question is shown: a share of an amount is an amount."""
        showers = [part.shower(ctx) for part in self.parts]
        return next((shower for shower in reversed(showers) if shower), None)

    def label(self, ctx: "Context", language: str) -> str:
        """“Days × Daily rate”."""
        return self.joined(ctx, language, "×", alike=False) if self.reads() else ""

    def working(self, ctx: "Context", language: str) -> str:
        """“3 × $120”."""
        return self.figures(ctx, language, "×", alike=False)
