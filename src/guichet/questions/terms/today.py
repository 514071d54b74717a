"""``{today: true}``: the day of the act, in the program's zone: of saving, of sending, of submitting."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.kernel import formats
from guichet.questions.expressions import Kind, Scope, Shower, Term
from guichet.questions.speech import said
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Term):
    """The context's date ``today``; None when it has none."""

    example = {"today": True}

    def __init__(self, arguments: Any) -> None:
        if arguments is not True:
            raise ValueError("write {today: true}")
        super().__init__(arguments)

    def value(self, ctx: "Context") -> Operand | None:
        """The day."""
        return ctx.dates.get(self.name)

    def kind(self, scope: Scope) -> Kind:
        """A date."""
        return "date"

    def shower(self, ctx: "Context") -> Shower | None:
        """As a date in words."""
        return lambda value, language: formats.date(value, language) if isinstance(value, date) else str(value)

    def label(self, ctx: "Context", language: str) -> str:
        """“Today”, where it is not known yet or named itself."""
        return said(lambda _: gettext("Today"), language)

    def working(self, ctx: "Context", language: str) -> str:
        """“today”: a date by itself does not say why it is that one."""
        return gettext("today")

    def reads(self) -> frozenset[str]:
        """No question."""
        return frozenset()

    def check(self, scope: Scope) -> list[str]:
        """Every form knows the day."""
        return []
