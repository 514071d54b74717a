"""``{count: activities}``: how many rows a table has, wholly blank ones left out; or how many satisfy a rule.

``{count: {over: activities, where: {equals: [{row: category}, travel]}}}``
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.questions.expressions import Kind, Scope, Term
from guichet.questions.speech import said
from guichet.questions.terms._reading import find
from guichet.questions.terms._rows import Rows
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Term):
    """The number of rows; 0 when there is none."""

    example = {"count": "activities"}
    further = ({"count": {"over": "activities", "where": {"more_than": [{"row": "cost"}, 1500]}}},)

    def __init__(self, arguments: Any) -> None:
        if not isinstance(arguments, str | dict) or not arguments:
            raise ValueError("count is written {count: table} or {count: {over: table, where: rule}}")
        super().__init__(arguments)
        self.rows = Rows(self.name, {"over": arguments} if isinstance(arguments, str) else arguments, ())
        self.where = self.rows.where

    def value(self, ctx: "Context") -> Operand | None:
        """The number of filled rows that count."""
        return Decimal(len(self.rows.chosen(ctx)))

    def kind(self, scope: Scope) -> Kind:
        """A number."""
        return "number"

    def reads(self) -> frozenset[str]:
        """The table, and what the rule reads of it."""
        return self.rows.reads()

    def label(self, ctx: "Context", language: str) -> str:
        """“Activities (number of rows)”."""
        table = find(ctx.form, self.rows.over)
        label = table.label.in_(language) if table else self.rows.over
        label = said(lambda _: gettext("%(table)s (number of rows)") % {"table": label}, language)
        return self.rows.labelled(ctx, language, label)

    def check(self, scope: Scope) -> list[str]:
        """The path must be a table, and the rule be sound inside its rows."""
        return self.rows.check(scope)
