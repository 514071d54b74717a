"""``{count: activities}``: how many rows a table has, wholly blank ones left out."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from guichet.questions.expressions import Kind, Scope, Shower
from guichet.questions.speech import said
from guichet.questions.terms._reading import Reading
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Reading):
    """The number of rows; 0 when there is none."""

    example = {"count": "activities"}

    def value(self, ctx: "Context") -> Operand | None:
        """The number of filled rows."""
        return Decimal(len(ctx.filled_rows(self.path)))

    def kind(self, scope: Scope) -> Kind:
        """A number."""
        return "number"

    def shower(self, ctx: "Context") -> Shower | None:
        """As a plain number."""
        return None

    def label(self, ctx: "Context", language: str) -> str:
        """“Activities (number of rows)”."""
        label = super().label(ctx, language)
        return said(lambda _: gettext("%(table)s (number of rows)") % {"table": label}, language)

    def check(self, scope: Scope) -> list[str]:
        """The path must be a table."""
        question = self.question(scope.form)
        if question is None or not question.rowed:
            return [f"there is no table {self.path!r}"]
        return []
