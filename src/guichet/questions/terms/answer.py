"""``{answer: legal_form}``: the answer to a question of the same form."""

from typing import TYPE_CHECKING

from guichet.questions.expressions import Scope
from guichet.questions.terms._reading import Reading, find
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
        *_table, column = self.path.split(".")
        own = f"{scope.table}.{column}" if scope.table else ""
        if own and find(scope.form, own) and (self.path == own or find(scope.form, self.path) is None):
            return [f"there is no question {self.path!r} outside of this row; write {{row: {column}}}"]
        if "." in self.path:
            return [f"{self.path!r} has one answer per row: use row, sum, count, minimum or maximum"]
        return super().check(scope)
