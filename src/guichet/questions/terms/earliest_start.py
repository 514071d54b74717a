"""``{earliest_start: true}``: the earliest date on which an activity may start, if submitted today."""

from datetime import date
from typing import TYPE_CHECKING, Any

from guichet.kernel import formats
from guichet.questions.expressions import Kind, Scope, Shower, Term
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Term):
    """The context's date ``earliest_start``; None when it has none."""

    example = {"earliest_start": True}

    def __init__(self, arguments: Any) -> None:
        if arguments is not True:
            raise ValueError("write {earliest_start: true}")
        super().__init__(arguments)

    def value(self, ctx: "Context") -> Operand | None:
        """The date."""
        return ctx.dates.get(self.name)

    def kind(self, scope: Scope) -> Kind:
        """A date."""
        return "date"

    def shower(self, ctx: "Context") -> Shower | None:
        """As a date in words."""
        return lambda value, language: formats.date(value, language) if isinstance(value, date) else str(value)

    def label(self, ctx: "Context", language: str) -> str:
        """A date is shown by its value."""
        return ""

    def reads(self) -> frozenset[str]:
        """No question."""
        return frozenset()

    def check(self, scope: Scope) -> list[str]:
        """The form's context must know the date."""
        return [] if self.name in scope.dates else ["the earliest start is not known in this form"]
