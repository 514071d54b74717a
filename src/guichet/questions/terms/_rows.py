"""What terms share that are taken over the rows of a table: all of them, or those that satisfy a rule.

``{sum: {of: {product: [{row: days}, {row: rate}]}, over: activities, where: {equals: [{row: category}, travel]}}}``
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from guichet.kernel.near import meant
from guichet.questions.expressions import Kind, Operator, Scope, Shower, Term
from guichet.questions.speech import said
from guichet.questions.terms import parse
from guichet.questions.terms._kinds import figure, fits, known_kind
from guichet.questions.terms._reading import find, unknown
from guichet.questions.terms._showing import show
from guichet.questions.values import Operand

if TYPE_CHECKING:
    from guichet.questions.context import Context

# More figures than this are not added up before the reader's eyes.
_SHOWN = 6


class Rows:
    """The rows of ``over`` that satisfy ``where`` (all of them without), seen one by one."""

    def __init__(self, name: str, arguments: Any, keys: tuple[str, ...]) -> None:
        """``keys`` are those that may be written beside ``over`` and ``where``. Raises ValueError."""
        from guichet.questions import rules  # rules are made of terms

        known = {"over", "where", *keys}
        if not isinstance(arguments.get("over"), str) or not set(arguments) <= known or not set(keys) <= set(arguments):
            written = ", ".join([*(f"{key}: …" for key in keys), "over: table"])
            raise ValueError(f"over rows, {name} is written {{{name}: {{{written}}}}}, with where: rule if you like")
        self.over = str(arguments["over"])
        self.where: Operator | None = rules.parse(arguments["where"]) if "where" in arguments else None

    def there(self, ctx: "Context") -> list[str]:
        """The filled rows of the table, none while it is hidden."""
        return ctx.filled_rows(self.over) if ctx.shows(self.over) else []

    def chosen(self, ctx: "Context") -> list["Context"]:
        """The answers seen from inside each row that counts, in order."""
        inside = [ctx.in_row(self.over, row) for row in self.there(ctx)]
        return [each for each in inside if self.where is None or self.where.evaluate(each) is True]

    def reads(self, *nodes: Term) -> frozenset[str]:
        """The table, the columns that the rule and the nodes read in its rows, and what they read of the outer row."""
        inside = [node.reads() for node in (*nodes, self.where) if node is not None]
        return frozenset({self.over, *(self._read(path) for each in inside for path in each)})

    def _read(self, path: str) -> str:
        """What is read inside the rows, as the rule around them calls it: one row further out."""
        if path.startswith("*.*."):
            return path.removeprefix("*.")
        return path.replace("*.", f"{self.over}.", 1) if path.startswith("*.") else path

    def inside(self, scope: Scope) -> Scope:
        """What may be spoken of inside the rows."""
        return replace(scope, table=self.over, outer=scope.table)

    def check(self, scope: Scope) -> list[str]:
        """The table must exist; what is wrong with the rule."""
        table = find(scope.form, self.over)
        if table is None or not table.rowed:
            tables = [path for path, question in scope.form.paths() if question.rowed]
            return [f"there is no table {self.over!r}{meant(self.over, tables)}"]
        return self.where.check(self.inside(scope)) if self.where is not None else []

    def labelled(self, ctx: "Context", language: str, label: str) -> str:
        """“Cost (Category: one of these: Travel, Meals)”."""
        if self.where is None:
            return label
        condition = self.where.condition(ctx.in_row(self.over, ""), language)
        return f"{label} ({condition})"


class OverOrList(Term):
    """A term over a column (``table.column``), over the rows of a table (a mapping), or over several terms (a list)."""

    # The kinds of values that it can be taken of.
    columns: ClassVar[tuple[Kind, ...]] = ("number",)

    path: str
    rows: Rows | None
    parts: tuple[Term, ...]

    def __init__(self, arguments: Any) -> None:
        super().__init__(arguments)
        self.rows, self.parts, self.path = None, (), ""
        if isinstance(arguments, str) and arguments:
            table, _, column = arguments.partition(".")
            self.path = arguments
            arguments = {"of": {"row": column or table}, "over": table}
        elif isinstance(arguments, list | tuple) and len(arguments) > 1:
            self.parts = tuple(parse(argument) for argument in arguments)
            return
        elif not isinstance(arguments, dict):
            raise ValueError(
                f"{self.name} is written {{{self.name}: table.column}}, {{{self.name}: [term, term]}} "
                f"or {{{self.name}: {{of: term, over: table, where: rule}}}}"
            )
        self.rows = Rows(self.name, arguments, ("of",))
        self.of = parse(arguments["of"])
        self.where = self.rows.where

    def values(self, ctx: "Context") -> list[Any]:
        """The values that there are, blanks left out, of one kind: numbers or dates."""
        if self.path:
            found: list[Operand | None] = list(ctx.column(self.path))
        elif self.rows is not None:
            found = [self.of.value(inside) for inside in self.rows.chosen(ctx)]
        else:
            found = [part.value(ctx) for part in self.parts]
        return [value for each in found if (value := figure(each)) is not None]

    def reads(self) -> frozenset[str]:
        """What its parts read; over rows the table and its columns."""
        if self.path:
            return frozenset({self.path})
        if self.rows is not None:
            return self.rows.reads(self.of)
        return frozenset[str]().union(*(part.reads() for part in self.parts))

    def check(self, scope: Scope) -> list[str]:
        """The column or the table must exist, and the values be of one kind that can be used."""
        if self.path:
            question = find(scope.form, self.path)
            if question is None:
                return [unknown(scope.form, self.path)]
            if "." not in self.path:
                return [f"{self.path!r} is not a column of a table (table.column)"]
            kinds = [question.kind]
        elif self.rows is not None:
            faults = self.rows.check(scope) or self.of.check(self.rows.inside(scope))
            if faults:
                return faults
            kinds = [known_kind((self.of,), self.columns, self.rows.inside(scope))]
        else:
            faults = [fault for part in self.parts for fault in part.check(scope)]
            if faults:
                return faults
            known = known_kind(self.parts, self.columns, scope)
            kinds = [known if fits(part, known, scope) else part.kind(scope) for part in self.parts]
        wrong = [kind for kind in kinds if kind not in self.columns]
        if wrong and self.path:
            return [f"{self.path!r} holds {wrong[0]}s, which {self.name} cannot use"]
        if wrong or len(set(kinds)) > 1:
            return [f"{self.name} cannot use {' with '.join(dict.fromkeys(kinds))}"]
        return []

    def kind(self, scope: Scope) -> Kind:
        """The kind of its values."""
        if self.rows is not None:
            return known_kind((self.of,), self.columns, self.rows.inside(scope))
        return known_kind(self.parts, self.columns, scope)

    def shower(self, ctx: "Context") -> Shower | None:
        """As the values themselves are shown."""
        if self.rows is not None:
            return self.of.shower(ctx.in_row(self.rows.over, ""))
        return next((shower for part in self.parts if (shower := part.shower(ctx))), None)

    def label(self, ctx: "Context", language: str) -> str:
        """The column's label, with the condition; of several terms “Minimum (Salaries, Rent)”."""
        if self.rows is not None:
            inside = ctx.in_row(self.rows.over, "")
            return self.rows.labelled(ctx, language, self.of.label(inside, language))
        return said(lambda _: self.of_several(", ".join(filter(None, self._labels(ctx, language)))), language)

    def of_several(self, labels: str) -> str:
        """What several terms are called together. Called under a language."""
        return labels

    def _labels(self, ctx: "Context", language: str) -> list[str]:
        return [part.label(ctx, language) for part in self.parts]

    def added_up(self, ctx: "Context", language: str, sign: str) -> str:
        """“$12 + $14”; empty for one figure, and for more than can be followed."""
        found = self.values(ctx)
        if not 1 < len(found) <= _SHOWN:
            return ""
        return f" {sign} ".join(show(ctx, language, value, self) for value in found)
