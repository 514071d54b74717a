"""``{outer: country}``: inside ``of`` and ``where``, the answer in the row around them, in which the rule stands.

``{count: {over: markets, where: {equals: [{row: country}, {outer: country}]}}}``: the rows with its country.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from guichet.questions.expressions import Kind, Scope, Shower
from guichet.questions.speech import said
from guichet.questions.terms._reading import Reading, called, find, no_column
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context
    from guichet.questions.question import Question


class Definition(Reading):
    """The answer in the row from which the rows are looked at. It reads ``*.*.column``: a column of the table around;
    the term over the rows makes ``*.column`` of it, which is what the whole rule reads of its own row."""

    example = {"outer": "cost"}

    def value(self, ctx: "Context") -> Operand | None:
        """The outer row's answer; None where no row is around."""
        if ctx.outer is None:
            return None
        table, row = ctx.outer
        return ctx.answer(f"{table}.{row}.{self.path}")

    def label(self, ctx: "Context", language: str) -> str:
        """“Country of this row”."""
        label = (called(ctx.form, f"{ctx.outer[0]}.{self.path}", language) if ctx.outer else "") or self.path
        return said(lambda _: gettext("%(column)s of this row") % {"column": label}, language)

    def shower(self, ctx: "Context") -> Shower | None:
        """As the column shows its values."""
        question = self._column(ctx)
        return question.show if question else None

    def _column(self, ctx: "Context") -> "Question | None":
        return find(ctx.form, f"{ctx.outer[0]}.{self.path}") if ctx.outer else None

    def reads(self) -> frozenset[str]:
        """``*.*.column``: the column of the table in whose rows the rule stands."""
        return frozenset({f"*.*.{self.path}"})

    def asked(self, scope: Scope) -> "Question | None":
        """The column."""
        return find(scope.form, f"{scope.outer}.{self.path}")

    def kind(self, scope: Scope) -> Kind:
        """The column's kind."""
        question = self.asked(scope)
        return question.kind if question else "any"

    def check(self, scope: Scope) -> list[str]:
        """It must stand inside ``of`` or ``where`` of a rule of a column, whose table has the column."""
        if scope.outer is None:
            return ["{outer: …} can only be used inside of and where, in the rules of a table's columns"]
        if self.asked(scope) is None:
            return [no_column(scope.form, scope.outer, self.path)]
        return []
