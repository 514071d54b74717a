"""Forms bound for a page: everything a template needs, in one language, and nothing to decide there.

A template shows a section with ``{% include q.template %}`` (or ``{% question q %}``) for each ``bound.questions``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section
from guichet.questions.engine import Problem
from guichet.questions.values import JSON


@dataclass(frozen=True)
class GuideLink:
    """A section of the guide as a link, in the page's language."""

    title: str
    url: str


@dataclass(frozen=True)
class BoundQuestion:
    """One question with its answer. In templates it is called ``q``.

    ``value`` is what stands in the input (tidy, or exactly as typed when it could not be read); ``text`` what the
    answer template shows; ``hint`` the package's, ``note`` the type's own; ``errors`` sentences; ``described_by`` the
    ids for aria-describedby; ``extra`` what the type adds (``q.options``, ``q.rows`` … read from it as attributes).
    ``optional`` says that the label is to be marked so.
    """

    path: str
    id: str
    name: str
    type: str
    label: str
    hint: str
    note: str
    guide: GuideLink | None
    required: bool
    editable: bool
    template: str
    answer_template: str
    value: Any
    text: str
    blank: bool
    errors: tuple[str, ...]
    version: int
    autocomplete: str
    question: Question
    language: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BoundRow:
    """One row of a table: ``id`` the row's own, ``path`` ``activities.<row>``, ``title`` “Activity 2”."""

    id: str
    path: str
    element_id: str
    position: int
    title: str
    questions: tuple[BoundQuestion, ...]
    version: int


@dataclass(frozen=True)
class BoundSection:
    """A section's page. ``seen`` is the value of the hidden field ``seen``: the versions, as JSON."""

    key: str
    title: str
    intro: SafeString
    guide: GuideLink | None
    questions: tuple[BoundQuestion, ...]
    editable: bool
    state: str
    seen: str


@dataclass(frozen=True)
class AnswerLine:
    """One answer of a summary: ``text``, or for a table its ``rows``, each a title and lines."""

    path: str
    label: str
    text: str
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


def bind(
    ctx: Context,
    section: Section,
    language: str,
    *,
    problems: Sequence[Problem] = (),
    versions: Mapping[str, int] | None = None,
    typed: Mapping[str, JSON] | None = None,
    editable: bool = True,
    guide: Mapping[str, GuideLink] | None = None,
) -> BoundSection:
    """The section as its page shows it.

    ``typed`` stands in the place of stored values (what could not be saved, the reader's side of a conflict);
    ``guide`` the links of the edition's guide by section number.
    """
    raise NotImplementedError


def answer_lines(ctx: Context, language: str) -> list[AnswerSection]:
    """Every visible answer, section by section, as text; blank ones are there with an empty text."""
    raise NotImplementedError


def element_id(path: str) -> str:
    """The id of the first input of a path, for links from the error summary: ``q-activities-ab12cd34-cost``."""
    return "q-" + path.replace(".", "-")
