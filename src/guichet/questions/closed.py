"""Closed rows of a table: each a line that names it and says where it stands. Only the open row has inputs.

To know where a row stands, every check of it is made; a long table would pay for that on every page. So a line is kept
once it is drawn, under all that it may depend on: the row's own answers, the answers elsewhere that the rules of its
columns read, the day, and the language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext

from guichet.questions import engine
from guichet.questions.bound import BoundRow, element_id
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section
from guichet.questions.expressions import Node
from guichet.questions.posts import Problem
from guichet.questions.scripting import carried, row_values
from guichet.questions.speech import said
from guichet.questions.summary import row_title, summary_columns

# Lines that a process keeps: each is about a kilobyte.
_KEPT = 4000
# By all that a line depends on; with the table, so that its id stays its own as long as the line is kept.
_lines: dict[tuple[Any, ...], tuple[Question, BoundRow]] = {}


@dataclass(frozen=True)
class Cell:
    """One answer in the line of a closed row, to read; ``number`` stands at the end."""

    label: str
    text: str
    number: bool


@dataclass(frozen=True)
class Standing:
    """Where a row stands: ``kind`` blank, missing, faulty, complete, and its words."""

    kind: str
    words: str

    @property
    def mends(self) -> bool:
        """Whether there is something to mend in it."""
        return self.kind in ("missing", "faulty")


class Closing:
    """Closes the rows of one table on one page."""

    def __init__(self, ctx: Context, section: Section, table: Question, language: str, *, editable: bool) -> None:
        self.ctx = ctx
        self.section = section
        self.table = table
        self.language = language
        self.editable = editable
        self.shown = summary_columns(table)
        self._carried = carried(ctx, table) if editable else ()
        self._stored = [part.key for part in table.parts() if part.stored]
        self._around = (id(table), language, editable, self._carried, _around(ctx, table))

    def row(self, row: str, number: int) -> BoundRow:
        """A row as it is closed, its line drawn or as it was kept."""
        start = f"{self.table.key}.{row}."
        answers = repr([self.ctx.values.get(start + key) for key in self._stored])
        key = (*self._around, row, number, answers)
        kept = _lines.get(key)
        if kept is None:
            if len(_lines) >= _KEPT:
                _lines.clear()
            kept = _lines[key] = (self.table, self._drawn(row, number))
        return kept[1]

    def _drawn(self, row: str, number: int) -> BoundRow:
        path, title = f"{self.table.key}.{row}", row_title(self.table, number, self.language)
        standing = standing_of(self.ctx, self.section, self.table, row, self.language)
        context = {
            "row": row,
            "id": element_id(path),
            "title": title,
            "cells": [self._cell(path, part) for part in self.shown],
            # Without any, scripts take the row as blank.
            "values": row_values(self.ctx, path, self._carried) if standing.kind != "blank" else "",
            "standing": standing,
            "editable": self.editable,
        }
        with translation.override(self.language):
            line = render_to_string("table/closed.html", context)
        return BoundRow(row, path, self.language, 0, number, title, (), 0, line=line, standing=standing)

    def _cell(self, path: str, part: Question) -> Cell:
        at = f"{path}.{part.key}"
        text = part.display(self.ctx.value_of(part, at), self.language) if self.ctx.shows(at) else ""
        return Cell(self.table.name_of(part.key).in_(self.language), text, part.kind == "number")


def standing_of(ctx: Context, section: Section, table: Question, row: str, language: str) -> Standing:
    """Where a row stands, in words."""
    parts = (part for part in table.parts() if part.stored)
    if all(ctx.blank(f"{table.key}.{row}.{part.key}") for part in parts):
        return Standing("blank", said(lambda _: gettext("Nothing filled in yet"), language))
    found = engine.row_problems(ctx, section, table, row)
    if any(problem.code != "required" for problem in found):
        return Standing("faulty", said(lambda _: gettext("To correct"), language))
    if found:
        return Standing("missing", said(lambda _: _missing(found), language))
    return Standing("complete", said(lambda _: gettext("Complete"), language))


def _missing(found: Sequence[Problem]) -> str:
    count = len(found)
    return ngettext("%(count)s answer missing", "%(count)s answers missing", count) % {"count": count}


def _nodes(question: Question) -> Iterator[Node]:
    """Every rule and term of a question."""
    candidates = (question.visible, question.required, getattr(question, "value", None))
    yield from (node for node in candidates if isinstance(node, Node))
    yield from (check.rule for check in question.checks)


def _around(ctx: Context, table: Question) -> str:
    """All that stands elsewhere and that a row of the table may depend on."""
    read = {path for part in table.parts() for node in _nodes(part) for path in node.reads()}
    seen: list[Any] = [sorted(ctx.dates.items())]
    for path in sorted(read):
        if path.startswith("*."):
            continue
        form = ctx.profile if path.startswith("profile:") else ctx
        seen.append((path, _read_at(form, path.removeprefix("profile:")) if form else None))
    return repr(seen)


def _read_at(ctx: Context, path: str) -> Any:
    """What rules see of an answer, of a table or of a column row by row."""
    if "." in path:
        return [*ctx.cells(path).items()]
    return ctx.filled_rows(path) if ctx.form.question(path).rowed else ctx.answer(path)
