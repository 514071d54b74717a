"""``{business_days: [{today: true}, {row: start}]}``: how many business days come after a date, up to another.

By the edition's calendar; the first day is not counted, the second is.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from guichet.questions.expressions import Shower
from guichet.questions.speech import said
from guichet.questions.terms._days import Between, counting
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Between):
    """The business days, below zero when the second date is earlier; None while a date is blank or off the calendar."""

    example = {"business_days": [{"minimum": "activities.start"}, {"maximum": "activities.start"}]}

    def value(self, ctx: "Context") -> Operand | None:
        """The business days."""
        dates = self.dates(ctx)
        if dates is None or ctx.calendar is None or not ctx.calendar.covers(*dates):
            return None
        return Decimal(ctx.calendar.between(*dates))

    def shower(self, ctx: "Context") -> Shower | None:
        """“1 business day”, “10 business days”."""
        return counting(word)


def word(number: Decimal, language: str) -> str:
    """“business day” or “business days”."""
    return said(lambda _: ngettext("business day", "business days", int(abs(number))), language)
