"""Answers as a summary to read: for the review page, the receipt, a letter or a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from guichet.questions import engine
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section


@dataclass(frozen=True)
class AnswerLine:
    """One answer of a summary: ``text``, or for a table its ``rows``. ``blank`` when there is no answer."""

    path: str
    label: str
    text: str
    blank: bool
    rows: tuple["AnswerRow", ...] = ()


@dataclass(frozen=True)
class AnswerRow:
    """One row of a table in a summary."""

    title: str
    lines: tuple[AnswerLine, ...]


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


def row_title(table: Question, number: int, language: str) -> str:
    """“Activity 2”."""
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
    rows = tuple(
        AnswerRow(
            title=row_title(question, number, language),
            lines=tuple(
                _line(ctx, part, f"{path}.{row}.{part.key}", language)
                for part in question.parts()
                if part.answers and ctx.shows(f"{path}.{row}.{part.key}")
            ),
        )
        for number, row in enumerate(ctx.filled_rows(path) if question.rowed else (), start=1)
    )
    blank = not rows if question.rowed else question.blank(ctx.value(path))
    text = "" if question.rowed else question.display(ctx.value(path), language)
    return AnswerLine(path=path, label=question.label.in_(language), text=text, blank=blank, rows=rows)
