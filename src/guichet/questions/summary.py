"""Answers as a summary to read: for the review page, the receipt, a letter or a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from guichet.questions import engine
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section


@dataclass(frozen=True)
class AnswerLine:
    """One answer of a summary: ``text``, or for a table its ``rows``. ``blank`` when there is no answer.

    ``kind`` is that of its question (text, number, date). Of a table: ``row_label`` is what a row is called, ``heads``
    the columns that are short enough to stand side by side and that some row shows.
    """

    path: str
    label: str
    text: str
    blank: bool
    kind: str = ""
    row_label: str = ""
    heads: tuple["AnswerLine", ...] = ()
    rows: tuple["AnswerRow", ...] = ()


@dataclass(frozen=True)
class AnswerRow:
    """One row of a table in a summary: ``cells`` under the heads, None where this row does not show it, then ``texts``.

    ``span`` is the number of lines that it takes, ``lines`` are all its answers in their order.
    """

    title: str
    lines: tuple[AnswerLine, ...]
    cells: tuple[AnswerLine | None, ...]
    texts: tuple[AnswerLine, ...]

    @property
    def span(self) -> int:
        return 1 + len(self.texts)


@dataclass(frozen=True)
class AnswerSection:
    """One section of a summary (review page, receipt, PDF)."""

    key: str
    title: str
    lines: tuple[AnswerLine, ...]


def answer_lines(ctx: Context, language: str) -> list[AnswerSection]:
    """Every visible answer, section by section, as text; blank ones are there with an empty text."""
    return [
        AnswerSection(
            key=section.key,
            title=section.title.in_(language),
            lines=tuple(_line(ctx, question, question.key, language) for question in _answered(ctx, section)),
        )
        for section in ctx.form.sections
        if ctx.needs(section)
    ]


def row_title(table: Question, number: int | str, language: str) -> str:
    """“Activity 2”; ``number`` may be a mark for it."""
    label = getattr(table, "row_label", table.label)
    return f"{label.in_(language)} {number}"


def summary_columns(table: Question) -> list[Question]:
    """The columns that a closed row shows: those the package names, or the first ones that tell rows apart."""
    named: Sequence[str] = getattr(table, "summary", ())
    if named:
        return [table.part(key) for key in named]
    brief = [part for part in table.parts() if part.brief and part.stored]
    texts = [part for part in brief if part.kind not in ("date", "number")][:2]
    days = [part for part in brief if part.kind == "date"][:1]
    numbers = [part for part in brief if part.kind == "number"][:1]
    return texts + days + numbers


def _answered(ctx: Context, section: Section) -> list[Question]:
    """The visible questions that have an answer to show."""
    return [question for question in engine.visible(ctx, section) if question.answers]


def _line(ctx: Context, question: Question, path: str, language: str) -> AnswerLine:
    label = ctx.form.name_of(path).in_(language)
    if question.rowed:
        heads, rows = _rows(ctx, question, path, language)
        row_label = getattr(question, "row_label", question.label).in_(language)
        return AnswerLine(path, label, "", not rows, row_label=row_label, heads=heads, rows=rows)
    value = ctx.value(path)
    return AnswerLine(path, label, question.display(value, language), question.blank(value), question.kind)


def _rows(
    ctx: Context, table: Question, path: str, language: str
) -> tuple[tuple[AnswerLine, ...], tuple[AnswerRow, ...]]:
    """The heads and the rows of a table."""
    parts = [part for part in table.parts() if part.answers]
    found = [
        {
            part.key: _line(ctx, part, f"{path}.{row}.{part.key}", language)
            for part in parts
            if ctx.shows(f"{path}.{row}.{part.key}")
        }
        for row in ctx.filled_rows(path)
    ]
    shown = [part for part in parts if any(part.key in lines for lines in found)]
    brief = [part.key for part in shown if part.brief] or [part.key for part in shown]
    heads = tuple(next(lines[key] for lines in found if key in lines) for key in brief)
    rows = tuple(
        AnswerRow(
            title=row_title(table, number, language),
            lines=tuple(lines.values()),
            cells=tuple(lines.get(key) for key in brief),
            texts=tuple(line for key, line in lines.items() if key not in brief),
        )
        for number, lines in enumerate(found, start=1)
    )
    return heads, rows
