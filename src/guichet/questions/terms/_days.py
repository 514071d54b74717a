"""What terms share about dates."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from guichet.kernel import formats
from guichet.questions.expressions import Kind, Scope, Shower, Term
from guichet.questions.terms._kinds import day, number
from guichet.questions.terms._several import Worked, listed
from guichet.questions.terms._showing import show
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Between(Worked):
    """A number of days from a first date to a second: [from, to]."""

    kinds = ("date",)

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = listed(self.name, arguments, "[from, to]", 2)

    def dates(self, ctx: "Context") -> tuple[date, date] | None:
        """Both dates; None while one is blank."""
        first, second = (day(part, ctx) for part in self.parts)
        return (first, second) if first and second else None

    def label(self, ctx: "Context", language: str) -> str:
        """“Start → End”."""
        return " → ".join(dated(ctx, language, part) for part in self.parts)

    def working(self, ctx: "Context", language: str) -> str:
        """“May 1, 2026 → June 15, 2026”."""
        dates = self.dates(ctx)
        return " → ".join(formats.date(each, language) for each in dates) if dates else ""


class After(Worked):
    """A date so many days after another: [date, days]."""

    kinds = ("date", "number")

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.parts = listed(self.name, arguments, "[date, days]", 2)

    def kind(self, scope: Scope) -> Kind:
        """A date."""
        return "date"

    def start(self, ctx: "Context") -> tuple[date, int] | None:
        """The date and how many days; None while one is blank, or the days are no whole number within a century."""
        first, days = day(self.parts[0], ctx), number(self.parts[1], ctx)
        if first is None or days is None or days != days.to_integral_value() or abs(days) > 36_525:
            return None
        return first, int(days)

    def shower(self, ctx: "Context") -> Shower | None:
        """As a date in words."""
        return lambda value, language: formats.date(value, language) if isinstance(value, date) else str(value)

    def label(self, ctx: "Context", language: str) -> str:
        """“Start + 10 days”."""
        first, days = self.parts
        return f"{dated(ctx, language, first)} + {self.counted(self._days(ctx, language, days), language)}"

    def working(self, ctx: "Context", language: str) -> str:
        """“May 1, 2026 + 10 days”."""
        found = self.start(ctx)
        if found is None:
            return ""
        return f"{formats.date(found[0], language)} + {self.counted(formats.integer(found[1], language), language)}"

    def counted(self, days: str, language: str) -> str:
        """“10 days”."""
        raise NotImplementedError

    @staticmethod
    def _days(ctx: "Context", language: str, term: Any) -> str:
        value: Operand | None = number(term, ctx)
        return show(ctx, language, value, term) if value is not None else term.label(ctx, language)


def dated(ctx: "Context", language: str, term: Term) -> str:
    """What a sentence calls a date: its label, or the date in words when it is a plain one."""
    label, value = term.label(ctx, language), day(term, ctx)
    return label or (formats.date(value, language) if value else "")


def counting(words: Any) -> Shower:
    """Writes a number with its word: “1 day”, “10 days”; ``words`` gives the word for a number in a language."""

    def shower(value: Operand, language: str) -> str:
        if not isinstance(value, Decimal):
            return str(value)
        return f"{formats.decimal(value, language)} {words(value, language)}"

    return shower
