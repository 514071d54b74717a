"""``{row: cost}``: the answer in another column of the same row. Only inside a table's columns."""

from typing import TYPE_CHECKING

from guichet.questions.expressions import Kind, Scope, Shower
from guichet.questions.terms._reading import Reading, called, find, no_column
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context
    from guichet.questions.question import Question


class Definition(Reading):
    """The answer in the row in which the rule stands. Before ``check`` it does not know its table: reads names it
    ``*.column``."""

    example = {"row": "cost"}

    def value(self, ctx: "Context") -> Operand | None:
        """The row's answer; None outside a row."""
        if ctx.row is None:
            return None
        table, row = ctx.row
        return ctx.answer(f"{table}.{row}.{self.path}")

    def label(self, ctx: "Context", language: str) -> str:
        """The column's label."""
        return (called(ctx.form, f"{ctx.row[0]}.{self.path}", language) if ctx.row else "") or self.path

    def shower(self, ctx: "Context") -> Shower | None:
        """As the column shows its values."""
        question = self._column(ctx)
        return question.show if question else None

    def _column(self, ctx: "Context") -> "Question | None":
        return find(ctx.form, f"{ctx.row[0]}.{self.path}") if ctx.row else None

    def reads(self) -> frozenset[str]:
        """``*.column``: the column of the table in which the rule stands."""
        return frozenset({f"*.{self.path}"})

    def asked(self, scope: Scope) -> "Question | None":
        """The column."""
        return find(scope.form, f"{scope.table}.{self.path}")

    def kind(self, scope: Scope) -> Kind:
        """The column's kind."""
        question = self.asked(scope)
        return question.kind if question else "any"

    def check(self, scope: Scope) -> list[str]:
        """It must stand inside a table that has the column."""
        if scope.table is None:
            return ["{row: …} can only be used in the columns of a table"]
        if self.asked(scope) is None:
            return [no_column(scope.form, scope.table, self.path)]
        return []
