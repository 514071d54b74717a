"""Answers seen through their form: what rules, the engine and the pages read.

A context is made for one look at the answers and thrown away; it remembers what it has worked out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from guichet.questions.definitions import Form, Section
from guichet.questions.question import Question
from guichet.questions.values import JSON, Operand, unreadable_text


@dataclass(frozen=True)
class Context:
    """A form with its answers.

    ``values`` by path (rows: ``activities.<row>`` holds the position, ``activities.<row>.cost`` the answer);
    ``numbers`` of the edition; ``profile`` what ``{profile: path}`` reads; ``dates`` such as ``earliest_start``;
    ``row`` = (table, row) inside a row's rule. Unknown paths in ``values`` are ignored.
    """

    form: Form
    values: Mapping[str, JSON]
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    profile: "Context | None" = None
    dates: Mapping[str, date] = field(default_factory=dict)
    row: tuple[str, str] | None = None
    _memory: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def with_values(self, values: Mapping[str, JSON]) -> "Context":
        """The same look at other answers."""
        return replace(self, values=values, row=None, _memory={})

    def in_row(self, table: str, row: str) -> "Context":
        """The same answers, seen from inside one row."""
        return replace(self, row=(table, row))  # shares the memory: its keys are whole paths

    def value(self, path: str) -> JSON:
        """The stored or calculated value at a path, whether shown or not; None when blank.

        Raises KeyError for a path that the form does not have.
        """
        question = self.form.question(path)
        if question.stored:
            return self.values.get(path)
        return self._remember(("value", path), lambda: question.computed(self._seen_from(path)))

    def answer(self, path: str) -> Operand | None:
        """The value as rules compare it: None when blank, unreadable or hidden. Raises KeyError."""
        if not self.shows(path):
            return None
        value = self.value(path)
        return None if unreadable_text(value) is not None else self.form.question(path).operand(value)

    def rows(self, table: str) -> list[str]:
        """The ids of the rows of a table, in order, blank ones included."""

    def filled_rows(self, table: str) -> list[str]:
        """The rows in which something has been answered: the only ones that count."""

    def column(self, path: str) -> list[Operand]:
        """The operands of one column (``activities.cost``) over the filled rows, blanks left out."""

    def shows(self, path: str) -> bool:
        """Whether the question at a path is visible: it, its table and its section."""

    def needs(self, section: Section) -> bool:
        """Whether a section is visible."""

    def requires(self, path: str) -> bool:
        """Whether the question at a path must be answered."""
