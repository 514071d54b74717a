"""``{days_after: [{answer: start}, 90]}``: the date that many days later; earlier with a number below zero."""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from guichet.questions.terms._days import After
from guichet.questions.terms.days import word
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(After):
    """The date; None while the date or the number is blank."""

    example = {"days_after": [{"minimum": "activities.start"}, 90]}

    def value(self, ctx: "Context") -> Operand | None:
        """The date."""
        found = self.start(ctx)
        try:
            return found[0] + timedelta(days=found[1]) if found else None
        except OverflowError:
            return None

    def counted(self, days: str, language: str) -> str:
        """“90 days”."""
        return f"{days} {word(Decimal(1) if days == '1' else Decimal(2), language)}"
