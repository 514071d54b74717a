"""Which checks run when, over any form.

=========  =========================================================================
save       what was typed can be read and has the right form; nothing else
section    everything in one section (or each, without ``section``): required, checks
submit     everything in every section that is needed
=========  =========================================================================

A save keeps whatever was typed; the problems are only shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from guichet.kernel.bilingual import Text
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section
from guichet.questions.values import JSON, Post

Level: TypeAlias = Literal["save", "section", "submit"]
SectionState: TypeAlias = Literal["not_started", "in_progress", "complete", "not_needed"]


@dataclass(frozen=True)
class Problem:
    """Something to mend: in which section (key), at which answer (path), of which label, and the sentence.

    ``code`` is one of required, unreadable, invalid, check, too_long, rows.
    """

    section: str
    path: str
    label: Text
    text: Text
    code: str


class Posted(dict[str, JSON]):
    """What a page sent: ``{path: value}``, to be saved as it is.

    ``refused``: problems of what cannot be kept at all (an answer beyond the absolute limit); ``typed``: those texts,
    by path, to be shown back by ``pages.bind(typed=…)``.
    """

    refused: tuple[Problem, ...] = ()
    typed: Mapping[str, str] = {}


def read_post(section: Section, post: Post, files: Any = None, *, language: str | None = None) -> Posted:
    """The answers of a section's page. Paths that the page did not send are not there, and do not change.

    Rows: ``activities.<row>`` carries the position; the button ``add`` (value: the table's path) adds a row,
    ``remove`` (value: the row's id) removes one (its path gets None). File questions are never read from a form.
    """
    raise NotImplementedError


def uploads(section: Section, files: Any) -> dict[str, list[Any]]:
    """The files sent for the file questions of a section (and of its rows), by path."""
    raise NotImplementedError


def read_seen(post: Post) -> dict[str, int]:
    """The versions that the page had seen, from its hidden field ``seen``; empty when it is missing or damaged."""
    raise NotImplementedError


def changes(posted: Mapping[str, JSON], seen: Mapping[str, int]) -> tuple[Any, ...]:
    """``answers.actions.Change`` for each posted value, with the version that the page had seen (0: never)."""
    raise NotImplementedError


def problems(ctx: Context, *, level: Level, section: Section | None = None) -> list[Problem]:
    """What is to be mended, in reading order. Nothing is asked of hidden questions and wholly blank rows."""
    raise NotImplementedError


def visible(ctx: Context, section: Section) -> list[Question]:
    """The questions of a section that are shown, in order; none when the section is not needed."""
    raise NotImplementedError


def section_state(ctx: Context, section: Section) -> SectionState:
    """Where a section stands, from its answers."""
    raise NotImplementedError


def snapshot(ctx: Context) -> dict[str, JSON]:
    """The visible, readable, non-blank answers by path, as a submission keeps them; rows are renumbered from 0."""
    raise NotImplementedError


