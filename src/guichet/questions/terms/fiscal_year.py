"""``{fiscal_year: {row: start}}``: the fiscal year of a date, as the calendar year in which it begins.

April to March unless the edition says otherwise: 31 March 2027 is in the fiscal year 2026, shown as “2026-2027”.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.expressions import Shower
from guichet.questions.speech import said
from guichet.questions.terms import parse
from guichet.questions.terms._days import dated
from guichet.questions.terms._kinds import day
from guichet.questions.terms._several import Worked
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Worked):
    """The year; None while the date is blank."""

    example = {"fiscal_year": {"minimum": "activities.start"}}
    kinds = ("date",)

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = (parse(arguments),)

    def value(self, ctx: "Context") -> Operand | None:
        """The year in which the fiscal year of the date begins."""
        found = day(self.parts[0], ctx)
        return None if found is None else Decimal(found.year - (found.month < ctx.year_begins))

    def shower(self, ctx: "Context") -> Shower | None:
        """“2026-2027”; “2026” where the fiscal year is the calendar year."""
        if ctx.year_begins == 1:
            return lambda value, _: str(value)
        return lambda value, _: f"{value}-{value + 1}" if isinstance(value, Decimal) else str(value)

    def label(self, ctx: "Context", language: str) -> str:
        """“Fiscal year (Start)”."""
        date = dated(ctx, language, self.parts[0])
        return said(lambda _: gettext("Fiscal year (%(date)s)") % {"date": date}, language)
