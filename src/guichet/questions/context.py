"""Answers seen through their form: what rules, the engine and the pages read.

A context is made for one look at the answers and thrown away; it remembers what it has worked out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, cast

from guichet.kernel.calendar import BusinessCalendar
from guichet.questions.definitions import Form, Question, Section
from guichet.questions.expressions import Operator
from guichet.questions.values import JSON, Operand, unreadable_text

if TYPE_CHECKING:
    from guichet.questions.costs import CostDefinition

_T = TypeVar("_T")
# Stands in the memory for a value that is being worked out.
_NOTHING = object()


@dataclass(frozen=True)
class Context:
    """A form with its answers.

    ``values`` by path (rows: ``activities.<row>`` holds the position, ``activities.<row>.cost`` the answer);
    ``numbers`` of the edition; ``profile`` what ``{profile: path}`` reads; ``dates`` such as ``earliest_start`` and
    ``today``; ``calendar`` counts business days; ``year_begins`` is the first month of the fiscal year; ``row`` =
    (table, row) inside a row's rule, ``outer`` the row from which it looks at other rows. ``cost`` is what the edition
    says of costs, where the form has a budget, and ``already`` what the organization asked for in earlier applications,
    by fiscal year (see ``costs``). Unknown paths in ``values`` are ignored.
    """

    form: Form
    values: Mapping[str, JSON]
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    profile: "Context | None" = None
    dates: Mapping[str, date] = field(default_factory=dict)
    calendar: BusinessCalendar | None = None
    year_begins: int = 4
    cost: "CostDefinition | None" = None
    already: Mapping[int, Decimal] = field(default_factory=dict)
    row: tuple[str, str] | None = None
    outer: tuple[str, str] | None = None
    _memory: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def with_values(self, values: Mapping[str, JSON]) -> "Context":
        """The same look at other answers."""
        return replace(self, values=values, row=None, outer=None, _memory={})

    def in_row(self, table: str, row: str) -> "Context":
        """The same answers, seen from inside one row; where this is a row itself, it is then the outer one."""
        return replace(self, row=(table, row), outer=self.row)  # shares the memory: its keys are whole paths

    def value(self, path: str) -> JSON:
        """The stored or calculated value at a path, whether shown or not; None when blank.

        Raises KeyError for a path that the form does not have.
        """
        return self.value_of(self.form.question(path), path)

    def value_of(self, question: Question, path: str) -> JSON:
        """The same for who has the question at that path in hand."""
        if question.stored:
            return self.values.get(path)
        if question.rowed:
            return self.filled_rows(path)
        # Worked out from itself, it is nothing meanwhile; packages in which that happens are refused.
        return self._remember(("value", path), lambda: question.computed(self.seen_from(path)), meanwhile=_NOTHING)

    def answer(self, path: str) -> Operand | None:
        """The value as rules compare it: None when blank, unreadable or hidden. Raises KeyError."""
        if not self.shows(path):
            return None
        question = self.form.question(path)
        if question.rowed:
            return Decimal(len(self.filled_rows(path))) or None
        return self.answer_of(question, self.value(path))

    @staticmethod
    def answer_of(question: Question, value: JSON) -> Operand | None:
        """A value as rules compare it, whether shown or not; None when blank or unreadable."""
        return None if unreadable_text(value) is not None else question.operand(value)

    def rows(self, table: str) -> list[str]:
        """The ids of the rows of a table, in order, blank ones included."""
        return self._remember(("rows", ""), self._rows).get(table, [])

    def filled_rows(self, table: str) -> list[str]:
        """The rows in which something has been answered: the only ones that count."""
        return self._remember(("filled", table), lambda: self._filled(table))

    def column(self, path: str) -> list[Operand]:
        """The operands of one column (``activities.cost``) over the filled rows, blanks left out. Raises KeyError."""
        return list(self.cells(path).values())

    def cells(self, path: str) -> Mapping[str, Operand]:
        """The same by row: ``answer`` for a whole column, which looks at the question once. Raises KeyError."""
        return self._remember(("cells", path), lambda: self._cells(path))

    def shows(self, path: str) -> bool:
        """Whether the question at a path is visible: it, its table and its section. Raises KeyError."""
        table, in_table, _ = path.partition(".")
        if in_table and self.form.question(path).visible is None and self.form.group_of(path) is None:
            return self.shows(table)  # many paths, and nothing of their own to work out
        return self._remember(("shows", path), lambda: self._shows(path), meanwhile=True)

    def needs(self, section: Section) -> bool:
        """Whether a section is visible."""
        key = ("needs", section.key)
        return self._remember(key, lambda: section.visible is None or self._holds(section.visible), meanwhile=True)

    def requires(self, path: str) -> bool:
        """Whether the question at a path must be answered (should it be visible). Raises KeyError."""
        required = self.form.question(path).required
        return required if isinstance(required, bool) else bool(required.evaluate(self.seen_from(path)))

    def blank(self, path: str) -> bool:
        """Whether nothing has been answered at a path; a table is blank when it has no filled row. Raises KeyError."""
        question = self.form.question(path)
        if question.rowed:
            return not self.filled_rows(path)
        return self._blank(question, self.value_of(question, path))

    def seen_from(self, path: str) -> "Context":
        """The same answers as the rules of the question at a path see them: from inside its row, if it has one."""
        table, *row = path.split(".")
        return replace(self, row=(table, row[0]) if len(row) == 2 else None, outer=None)

    def _rows(self) -> dict[str, list[str]]:
        """The rows of every table, in one look at the answers."""
        found: dict[str, list[tuple[int, str]]] = {}
        for path, position in self.values.items():
            if isinstance(position, int) and path.count(".") == 1:
                table, _, row = path.partition(".")
                found.setdefault(table, []).append((position, row))
        return {table: [row for _, row in sorted(rows)] for table, rows in found.items()}

    @staticmethod
    def _blank(question: Question, value: JSON) -> bool:
        return unreadable_text(value) is None and question.blank(value)

    def _cells(self, path: str) -> dict[str, Operand]:
        question, (table, _, column) = self.form.question(path), path.partition(".")
        # Where nothing of its own decides, all its cells are shown, or none.
        alike = question.visible is None and self.form.group_of(path) is None
        if alike and not self.shows(table):
            return {}
        places = {row: f"{table}.{row}.{column}" for row in self.filled_rows(table)}
        found = {
            row: self.answer_of(question, self.value_of(question, place))
            for row, place in places.items()
            if alike or self.shows(place)
        }
        return {row: operand for row, operand in found.items() if operand is not None}

    def _filled(self, table: str) -> list[str]:
        stored = [(part, part.key) for part in self.form.question(table).parts() if part.stored]

        def answered(part: Question, path: str) -> bool:
            value = self.values.get(path)
            return value is not None and not self._blank(part, value)

        return [row for row in self.rows(table) if any(answered(part, f"{table}.{row}.{key}") for part, key in stored)]

    def _shows(self, path: str) -> bool:
        question = self.form.question(path)
        around, dot, _key = path.rpartition(".")
        group = self.form.group_of(path)
        if dot or group:
            outside = self.shows(f"{around}{dot}{group.key}" if group else path.split(".")[0])
        else:
            outside = self.needs(self.form.section_of(path))
        return outside and (question.visible is None or bool(question.visible.evaluate(self.seen_from(path))))

    def _holds(self, rule: Operator) -> bool:
        return rule.evaluate(replace(self, row=None, outer=None)) is True

    def _remember(self, key: tuple[str, str], work: Callable[[], _T], *, meanwhile: Any = None) -> _T:
        """The result of ``work``, once. ``meanwhile`` is what it gives to a rule that reads in a circle."""
        if key not in self._memory:
            if meanwhile is not None:
                self._memory[key] = meanwhile
            try:
                self._memory[key] = work()
            except BaseException:
                self._memory.pop(key, None)
                raise
        found = self._memory[key]
        return cast(_T, None if found is _NOTHING else found)
