"""``{found_in: [{row: market}, markets.country]}``: the value stands in a column of a table."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from guichet.kernel.near import meant
from guichet.questions.expressions import Scope
from guichet.questions.rules._comparison import EQUAL, same
from guichet.questions.rules._simple import Simple
from guichet.questions.terms import parse
from guichet.questions.terms._kinds import fits
from guichet.questions.terms._reading import find

if TYPE_CHECKING:
    from guichet.questions.context import Context


class Definition(Simple):
    """True when some row of the table has the value in that column; None while the value or the column is blank."""

    example = {"found_in": [{"answer": "revenue"}, "activities.cost"]}

    def __init__(self, arguments: Any) -> None:
        if not isinstance(arguments, list | tuple) or len(arguments) != 2 or not isinstance(arguments[1], str):
            raise ValueError("found_in takes a term and a column: [term, table.column]")
        super().__init__(arguments)
        self.left = parse(arguments[0])
        self.column = str(arguments[1])

    def evaluate(self, ctx: "Context") -> bool | None:
        """Whether the column holds the value."""
        value, column = self.left.value(ctx), ctx.column(self.column)
        return any(same(value, each) for each in column) if value is not None and column else None

    def named(self, ctx: "Context", language: str) -> str:
        """The label of the term; for a plain value that of the column in which it is sought: “Markets – Country”."""
        if label := super().named(ctx, language):
            return label
        table = self.column.partition(".")[0]
        return " – ".join(ctx.form.name_of(path).in_(language) for path in (table, self.column))

    def found(self, ctx: "Context", language: str) -> str:
        """The value that was looked for, or, where that is a plain one, what the column has."""
        return super().found(ctx, language) if super().named(ctx, language) else ", ".join(self._held(ctx, language))

    def wanted(self, ctx: "Context", language: str) -> str:
        """“one of these: France, Germany”; of a plain value “Germany”."""
        value = self.left.value(ctx)
        if value is not None and not super().named(ctx, language):
            return ctx.form.question(self.column).show(value, language)
        shown = self._held(ctx, language) or [ctx.form.name_of(self.column).in_(language)]
        return gettext("one of these: %(values)s") % {"values": ", ".join(shown)}

    def _held(self, ctx: "Context", language: str) -> list[str]:
        """What stands in the column, each value once."""
        column = ctx.form.question(self.column)
        return [column.show(value, language) for value in dict.fromkeys(ctx.column(self.column))]

    def reads(self) -> frozenset[str]:
        """What the term reads, and the column."""
        return self.left.reads() | {self.column}

    def check(self, scope: Scope) -> list[str]:
        """The term and the column must exist, and hold values of one kind."""
        faults = self.left.check(scope)
        column = find(scope.form, self.column)
        if column is None or "." not in self.column:
            columns = [path for path, _question in scope.form.paths() if "." in path]
            near = meant(self.column, columns) or " (table.column)"
            faults.append(f"there is no column {self.column!r}{near}")
        elif not faults and (column.kind not in EQUAL or not fits(self.left, column.kind, scope)):
            faults.append(f"found_in cannot compare {self.left.kind(scope)} with {column.kind}")
        elif not faults and isinstance(self.left.arguments, str) and not self.left.reads():
            faults += column.operand_faults(self.left.arguments)
        return faults
