"""``{answer: legal_form}``: the answer to a question of the same form."""

from typing import TYPE_CHECKING

from guichet.questions.expressions import Scope
from guichet.questions.terms._reading import Reading
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Reading):
    """The answer; None while blank, unreadable or hidden. For a table: the number of its rows."""

    example = {"answer": "employees"}

    def value(self, ctx: "Context") -> Operand | None:
        """The answer."""
        return ctx.answer(self.path)

    def check(self, scope: Scope) -> list[str]:
        """A column has one answer per row: {row: column} reads it inside the row, {sum: …} and others over the rows."""
        if "." in self.path:
            return [f"{self.path!r} has one answer per row: use row, sum, count, minimum or maximum"]
        return super().check(scope)
