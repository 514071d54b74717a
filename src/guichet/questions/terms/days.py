"""``{days: [{row: start}, {row: end}]}``: how many days lie between two dates; one day later is 1."""

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
    """Days from the first date to the second, less than zero when it is earlier; None while one is blank."""

    example = {"days": [{"minimum": "activities.start"}, {"maximum": "activities.start"}]}

    def value(self, ctx: "Context") -> Operand | None:
        """The days."""
        dates = self.dates(ctx)
        return Decimal((dates[1] - dates[0]).days) if dates else None

    def shower(self, ctx: "Context") -> Shower | None:
        """“1 day”, “45 days”."""
        return counting(word)


def word(number: Decimal, language: str) -> str:
    """“day” or “days”."""
    return said(lambda _: ngettext("day", "days", int(abs(number))), language)
