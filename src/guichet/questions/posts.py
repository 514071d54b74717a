"""What the page of a section sends: values, rows added and removed, files, versions seen."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from guichet.answers.actions import Change
from guichet.kernel import formats
from guichet.kernel.bilingual import ENGLISH, FRENCH, Text
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section
from guichet.questions.row_acts import ROW, RowAct, Rows
from guichet.questions.speech import say
from guichet.questions.values import JSON, VALUE_LIMIT, Post, Raw, Unreadable, text_of

# The page's own field for the versions that it had seen.
SEEN = "seen"
# Versions of more answers than any page has are no page of ours.
_SEEN_LIMIT = 1_000_000


@dataclass(frozen=True)
class Problem:
    """Something to mend: in which section (key), at which answer (path), of which label, and the sentence.

    ``code`` is one of required, unreadable, invalid, check, too_long, below_floor.
    """

    section: str
    path: str
    label: Text
    text: Text
    code: str


class Posted(dict[str, JSON]):
    """What a page sent: ``{path: value}``, to be saved as it is.

    ``refused``: problems of what cannot be kept at all (an answer beyond the absolute limit); ``typed``: those texts by
    path, to be shown back by ``pages.bind(typed=…)``; ``sent``: the rows that came open and are kept; ``act``: what a
    button did to the rows of a table, its changes among the values.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refused: tuple[Problem, ...] = ()
        self.typed: dict[str, str] = {}
        self.sent: list[str] = []
        self.act: RowAct | None = None

    def acted(self, act: RowAct) -> None:
        """Take in what a button did."""
        self.act = act
        self.update(act.changes)


def read_post(section: Section, post: Post, *, language: str | None = None, ctx: Context | None = None) -> Posted:
    """The answers of a section's page. Paths that the page did not send are not there, and do not change.

    Rows: ``activities.<row>`` carries the position. A row that was never saved and is wholly blank is left out. What
    the buttons of a table do is in ``row_acts``; ``ctx`` has the answers as they stand, without it (a page that keeps
    nothing) every row is in the post. Files are read by ``uploads``. ``language`` (the active one by default) only
    decides what is ambiguous, such as 1,234.
    """
    reader = _Reader(section, post, language or (FRENCH if get_language() == FRENCH else ENGLISH), ctx)
    for question in section.every:
        if question.rowed:
            reader.table(question)
        elif question.stored:
            reader.take(question, question.key, reader.posted)
    return reader.posted


def uploads(section: Section, files: Any) -> dict[str, list[Any]]:
    """The files sent for the file questions of a section, by path; empty boxes are left out."""
    asked = (question.key for question in section.every if question.uploads)
    return {path: found for path in asked if (found := [file for file in files.getlist(path) if file])}


def read_seen(post: Post) -> dict[str, int]:
    """The versions that the page had seen, from its hidden field ``seen``; empty when it is missing or damaged."""
    text = str((post.getlist(SEEN) or [""])[-1])
    if len(text) > _SEEN_LIMIT:
        return {}
    try:
        seen = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(seen, dict):
        return {}
    return {path: version for path, version in seen.items() if type(version) is int and 0 <= version < 2**31}


def changes(posted: Mapping[str, JSON], seen: Mapping[str, int]) -> tuple[Change, ...]:
    """A change for each posted value, with the version that the page had seen (0: never)."""
    return tuple(Change(path=path, value=value, seen=seen.get(path, 0)) for path, value in posted.items())


class _Reader:
    """Reads one post of one section."""

    def __init__(self, section: Section, post: Post, language: str, ctx: Context | None) -> None:
        self.section = section
        self.ctx = ctx
        self.post = post
        self.language = language
        self.posted = Posted()
        self.seen = read_seen(post)

    def take(self, question: Question, path: str, into: dict[str, JSON]) -> None:
        """The answer to one question, if the page sent one."""
        raw = question.read(self.post, path)
        if raw is None:
            return
        if _size(raw) > VALUE_LIMIT:
            self._refuse(question, path, raw)
            return
        value = question.parse(raw, self.language)
        into[path] = value.as_value() if isinstance(value, Unreadable) else value

    def table(self, table: Question) -> None:
        """The rows of a table that were sent, less one that is removed; then what the pressed button does."""
        sent: dict[str, int] = {}
        for place, row in enumerate(self._rows(table)):
            path = f"{table.key}.{row}"
            answers: dict[str, JSON] = {}
            for part in table.parts():
                if part.stored:
                    self.take(part, f"{path}.{part.key}", answers)
            if path in self.seen or self._holds_any(table, path, answers):
                sent[row] = self._position(path, place)
                self.posted.update({path: sent[row], **answers})
                self.posted.sent.append(row)
        # A row that was never saved and is wholly blank is not there: it takes no place.
        act = Rows(table, self.post, sent, self.ctx, self.language).act()
        if act is not None:
            self.posted.acted(act)

    def _rows(self, table: Question) -> list[str]:
        start = f"{table.key}."
        names: Iterable[str] = self.post  # type: ignore[assignment]  # a QueryDict gives its names
        found = (name.removeprefix(start) for name in names if name.startswith(start))
        return [row for row in found if ROW.fullmatch(row)]

    def _position(self, path: str, place: int) -> int:
        sent = str(self.post.getlist(path)[-1])
        return int(sent) if re.fullmatch("[0-9]{1,6}", sent) else place

    def _holds_any(self, table: Question, path: str, answers: Mapping[str, JSON]) -> bool:
        """Whether something was typed in the row, kept or refused."""
        refused = any(typed.startswith(f"{path}.") for typed in self.posted.typed)
        return refused or any(not table.part(name.rpartition(".")[2]).blank(value) for name, value in answers.items())

    def _refuse(self, question: Question, path: str, raw: Raw) -> None:
        def sentence(language: str) -> str:
            figures = {"count": formats.integer(_size(raw), language), "limit": formats.integer(VALUE_LIMIT, language)}
            return (
                gettext(
                    "This text was not saved: it has %(count)s characters, and %(limit)s is the most that can be kept. "
                    "Shorten it."
                )
                % figures
            )

        self.posted.typed[path] = text_of(raw)
        problem = Problem(
            self.section.key, path, question.under(self.section.group_of(path)), say(sentence), "too_long"
        )
        self.posted.refused = (*self.posted.refused, problem)


def _size(raw: Raw) -> int:
    return sum(len(str(item)) for item in raw) if isinstance(raw, list | tuple) else len(str(raw))
