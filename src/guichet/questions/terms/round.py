"""``{round: [{quotient: …}, 2]}``: a number rounded to so many decimals; half goes up, away from zero."""

from typing import TYPE_CHECKING, Any

from guichet.kernel.decimals import half_up
from guichet.questions.terms import parse
from guichet.questions.terms._kinds import number
from guichet.questions.terms._several import Worked
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Worked):
    """The rounded number; None while it is blank."""

    example = {"round": [{"quotient": [{"answer": "revenue"}, {"answer": "employees"}]}, 2]}

    def __init__(self, arguments: Any) -> None:
        right = isinstance(arguments, list | tuple) and len(arguments) == 2 and type(arguments[1]) is int
        if not right or not 0 <= arguments[1] <= 10:
            raise ValueError("round is written {round: [number, decimals]}, with 0 to 10 decimals")
        super().__init__(arguments)
        self.parts = (parse(arguments[0]),)
        self.places = int(arguments[1])

    def value(self, ctx: "Context") -> Operand | None:
        """The rounded number."""
        found = number(self.parts[0], ctx)
        return None if found is None else half_up(found, self.places)

    def label(self, ctx: "Context", language: str) -> str:
        """As what is rounded is called."""
        return self.parts[0].label(ctx, language)

    def working(self, ctx: "Context", language: str) -> str:
        """How the number came about that is rounded."""
        return self.parts[0].working(ctx, language)
