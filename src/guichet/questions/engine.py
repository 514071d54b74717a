"""Which checks run when, over any form.

=========  =========================================================================
save       what was typed can be read and has the right form; nothing else
section    everything in one section (or each, without ``section``): required, checks
submit     everything in every section that is needed
=========  =========================================================================

A save keeps whatever was typed; the problems are only shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from guichet.kernel.bilingual import Text
from guichet.questions.context import Context
from guichet.questions.costs import compute, least
from guichet.questions.definitions import Question, Section
from guichet.questions.posts import Posted, Problem, changes, read_post, read_seen, uploads
from guichet.questions.values import JSON, unreadable_text

__all__ = [
    "Level", "Posted", "Problem", "SectionState", "changes", "problems", "read_post", "read_seen", "row_problems",
    "section_state", "snapshot", "uploads", "visible",
]  # fmt: skip

Level: TypeAlias = Literal["save", "section", "submit"]
SectionState: TypeAlias = Literal["not_started", "in_progress", "complete", "optional", "not_needed"]


@dataclass(frozen=True)
class _Depth:
    """What a level looks at."""

    required: bool
    checks: bool
    everywhere: bool


_DEPTHS: Mapping[Level, _Depth] = {
    "save": _Depth(required=False, checks=False, everywhere=False),
    "section": _Depth(required=True, checks=True, everywhere=False),
    "submit": _Depth(required=True, checks=True, everywhere=True),
}


def problems(ctx: Context, *, level: Level, section: Section | None = None) -> list[Problem]:
    """What is to be mended, in reading order. Nothing is asked of hidden questions and wholly blank rows.

    ``section`` narrows save and section to one section; submit always looks at all of them.
    """
    depth = _DEPTHS[level]
    sections = ctx.form.sections if section is None or depth.everywhere else (section,)
    return [
        problem
        for one in sections
        for question in visible(ctx, one)
        for problem in (
            *(problem for path in _paths(ctx, question) for problem in _problems_at(ctx, one, path, depth)),
            *(_below_floor(ctx, one, question) if depth.checks else ()),
        )
    ]


def row_problems(ctx: Context, section: Section, table: Question, row: str) -> list[Problem]:
    """What is to be mended in one row, however it was filled in: everything due, every check."""
    paths = [path for part in table.parts() if ctx.shows(path := f"{table.key}.{row}.{part.key}")]
    return [problem for path in paths for problem in _problems_at(ctx, section, path, _DEPTHS["section"])]


def visible(ctx: Context, section: Section) -> list[Question]:
    """The questions of a section that are shown, in order, those of a group after it; none when it is not needed."""
    if not ctx.needs(section):
        return []
    return [question for question in section.every if ctx.shows(question.key)]


def section_state(ctx: Context, section: Section) -> SectionState:
    """Where a section stands, from its answers; nothing is stored. ``optional``: blank, and nothing in it is due."""
    if not ctx.needs(section):
        return "not_needed"
    faulty = bool(problems(ctx, level="section", section=section))
    if all(ctx.blank(question.key) for question in visible(ctx, section) if question.stored or question.rowed):
        return "not_started" if faulty else "optional"
    return "in_progress" if faulty else "complete"


def snapshot(ctx: Context) -> dict[str, JSON]:
    """The visible, readable, non-blank answers by path, as a submission keeps them; rows are numbered from 0."""
    kept: dict[str, JSON] = {}
    for section in ctx.form.sections:
        for question in visible(ctx, section):
            for position, row in enumerate(ctx.filled_rows(question.key) if question.rowed else ()):
                kept[f"{question.key}.{row}"] = position
            for path in _paths(ctx, question):
                if ctx.form.question(path).stored and not ctx.blank(path):
                    value = ctx.value(path)
                    if unreadable_text(value) is None:
                        kept[path] = value
    return kept


def _paths(ctx: Context, question: Question) -> Iterator[str]:
    """The question's path, then those of the visible questions in each of its filled rows."""
    yield question.key
    if question.rowed:
        for row in ctx.filled_rows(question.key):
            for part in question.parts():
                path = f"{question.key}.{row}.{part.key}"
                if ctx.shows(path):
                    yield path


def _problems_at(ctx: Context, section: Section, path: str, depth: _Depth) -> Iterator[Problem]:
    """What is wrong with one answer by itself, or, when nothing is, with what its checks read."""
    question = ctx.form.question(path)

    def problem(text: Text, code: str) -> Problem:
        return Problem(section.key, path, ctx.form.name_of(path), text, code)

    found = list(_own_problems(ctx, path, question, depth))
    yield from (problem(text, code) for text, code in found)
    if depth.checks and not found:
        seen = ctx.seen_from(path)
        yield from (problem(check.message, "check") for check in question.checks if check.rule.evaluate(seen) is False)


def _below_floor(ctx: Context, section: Section, question: Question) -> Iterator[Problem]:
    """A budget of which the program would pay less than the least that it pays; an empty one is not asked that."""
    if ctx.cost is None or ctx.cost.table != question.key or ctx.cost.floor is None or ctx.blank(question.key):
        return
    found = compute(ctx.cost, ctx)
    if found.below_floor:
        yield Problem(section.key, question.key, question.label, least(ctx.cost, found), "below_floor")


def _own_problems(ctx: Context, path: str, question: Question, depth: _Depth) -> Iterator[tuple[Text, str]]:
    """What is wrong with one answer by itself."""
    value = ctx.value(path)
    if ctx.blank(path):
        if depth.required and ctx.requires(path):
            yield question.missing(), "required"
    elif (typed := unreadable_text(value)) is not None:
        yield question.not_read(typed), "unreadable"
    else:
        yield from ((text, "invalid") for text in question.problems(value))
