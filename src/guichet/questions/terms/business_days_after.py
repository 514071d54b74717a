"""``{business_days_after: [{today: true}, 10]}``: the date of that business day, by the edition's calendar.

The day itself is not counted; day 10 is the result.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from guichet.kernel.calendar import OutsideCalendar
from guichet.questions.terms._days import After
from guichet.questions.terms.business_days import word
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(After):
    """The date; None while something is blank, off the calendar, or the number is below zero."""

    example = {"business_days_after": [{"minimum": "activities.start"}, 10]}

    def value(self, ctx: "Context") -> Operand | None:
        """The date."""
        found = self.start(ctx)
        if found is None or ctx.calendar is None or found[1] < 0:
            return None
        try:
            date = ctx.calendar.add(*found).date
        except OutsideCalendar:
            return None
        return date if ctx.calendar.covers(found[0], date) else None

    def counted(self, days: str, language: str) -> str:
        """“10 business days”."""
        return f"{days} {word(Decimal(1) if days == '1' else Decimal(2), language)}"
