"""``{share: [{sum: …}, {sum: activities.cost}]}``: which part of the second number the first is; shown in percent.

Its value is a fraction: 0.3 for 30 %, compared with ``"0.30"``.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.kernel import formats
from guichet.kernel.decimals import divide, half_up, multiply
from guichet.questions.expressions import Shower
from guichet.questions.speech import quoted, said
from guichet.questions.terms._kinds import number
from guichet.questions.terms._several import Worked, listed
from guichet.questions.terms._showing import called, show
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context

# Decimals of a percentage in a sentence.
_FINEST = 2


class Definition(Worked):
    """The fraction to twenty decimals, half up; None while one of the two is blank, or the whole is zero."""

    example = {"share": [{"sum": "activities.cost"}, {"answer": "revenue"}]}

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = listed(self.name, arguments, "[part, whole]", 2)
        self.divisor = self.parts[1]

    def value(self, ctx: "Context") -> Operand | None:
        """The fraction."""
        numbers = self.numbers(ctx)
        return None if numbers is None else divide(*numbers)

    def shower(self, ctx: "Context") -> Shower | None:
        """In percent."""
        return _percent

    def label(self, ctx: "Context", language: str) -> str:
        """“Share of “Travel” in “Cost””."""
        part, whole = (called(ctx, language, each, *self.parts) for each in self.parts)
        names = {"part": quoted(part, language), "whole": quoted(whole, language)}
        return said(lambda _: gettext("Share of %(part)s in %(whole)s") % names, language)

    def working(self, ctx: "Context", language: str) -> str:
        """“$4,000 of $10,000”."""
        values = [(each, number(each, ctx)) for each in self.parts]
        shown = [show(ctx, language, value, each, *self.parts) for each, value in values if value is not None]
        if len(shown) < len(values):
            return ""
        return gettext("%(part)s of %(whole)s") % {"part": shown[0], "whole": shown[1]}


def _percent(value: Operand, language: str) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    return formats.percent(half_up(multiply(value, Decimal(100)), _FINEST), language)
