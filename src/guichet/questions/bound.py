"""What templates are given: questions, rows and sections bound to their answers, in one language.

``pages.bind`` makes them. What depends on the answer and is seldom printed is worked out when it is asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django.utils.safestring import SafeString

from guichet.questions import engine
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section
from guichet.questions.values import JSON, Operand


@dataclass(frozen=True)
class GuideLink:
    """A section of the guide as a link, in the page's language."""

    title: str
    url: str


@dataclass(frozen=True)
class Spoken:
    """What a question says whatever its answer: bound once for all the rows of a column."""

    question: Question
    language: str
    editable: bool
    label: str
    hint: str
    note: str
    guide: GuideLink | None

    @cached_property
    def asked(self) -> bool:
        """Whether it can be optional at all."""
        return self.question.answers and self.question.asked


@dataclass(frozen=True)
class BoundQuestion:
    """One question with its answer. In templates it is called ``q``.

    ``value`` is what stands in the input (tidy, or exactly as typed when it could not be read); ``text`` what the
    answer template shows; ``hint`` the package's, ``note`` the type's own; ``errors`` sentences; ``described_by`` the
    ids for aria-describedby; ``extra`` what the type adds (options, rows …); ``optional`` whether the label says so.
    """

    spoken: Spoken
    path: str
    required: bool
    answer: JSON
    value: Any
    blank: bool
    errors: tuple[str, ...]
    version: int
    extra: Mapping[str, Any] = field(default_factory=dict)
    # Hidden by its condition: it waits in a template for live.js to show it.
    concealed: bool = False

    @property
    def question(self) -> Question:
        """Its definition."""
        return self.spoken.question

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.spoken.language

    @property
    def editable(self) -> bool:
        """Whether the page can be filled in."""
        return self.spoken.editable

    @property
    def label(self) -> str:
        """Its label."""
        return self.spoken.label

    @property
    def hint(self) -> str:
        """What the package says under the label."""
        return self.spoken.hint

    @property
    def note(self) -> str:
        """What the type says under the label."""
        return self.spoken.note

    @property
    def guide(self) -> GuideLink | None:
        """The section of the guide about it."""
        return self.spoken.guide

    @property
    def type(self) -> str:
        """The key of its type."""
        return self.spoken.question.type

    @property
    def template(self) -> str:
        """The template of its face on this page: to fill in, or to read."""
        return self.face("input" if self.editable else "answer")

    @property
    def answer_template(self) -> str:
        """The template of its answer, to read."""
        return self.face("answer")

    def face(self, face: str) -> str:
        """The template of a face, "input" or "answer"."""
        return f"{self.type}/{face}.html"

    @property
    def autocomplete(self) -> str:
        """The token of HTML for filling in by the browser."""
        return self.spoken.question.autocomplete or ""

    @property
    def optional(self) -> bool:
        """Whether the label says that it may stay blank."""
        return not self.required and self.spoken.asked

    @property
    def id(self) -> str:
        """The id of its first input."""
        return element_id(self.path)

    @property
    def name(self) -> str:
        """The name of its input."""
        return self.path

    @property
    def text(self) -> str:
        """The answer as text, to read."""
        return self.question.display(self.answer, self.language)

    @cached_property
    def described_by(self) -> str:
        """The ids of what stands between the label and the input."""
        element = self.id
        described = [f"{element}-hint"] * bool(self.hint) + [f"{element}-note"] * bool(self.note)
        described += [f"{element}-error{number}" for number, _ in enumerate(self.errors, start=1)]
        return " ".join(described)

    @property
    def helped(self) -> bool:
        """Whether anything stands between the label and the input."""
        return bool(self.described_by or self.guide)


@dataclass(frozen=True)
class BoundRow:
    """One row of a table: ``row`` its id, ``path`` ``activities.<row>``, ``title`` “Activity 2”, ``id`` the element's.

    ``number`` is its place on the page, ``position`` the stored one.
    A closed row has no questions, and ``line``, its HTML. ``standing`` says where the row stands; ``up`` and ``down``
    are the places that it can move to, 0 where there is none; ``closes`` whether it can be closed; ``values`` is what
    scripts read of its stored answers.
    """

    row: str
    path: str
    language: str
    position: int
    number: int
    title: str
    questions: tuple[BoundQuestion, ...]
    version: int
    line: str = ""
    standing: Any = None
    up: int = 0
    down: int = 0
    closes: bool = True
    values: str = ""

    @property
    def id(self) -> str:
        """The id of its element."""
        return element_id(self.path)


@dataclass(frozen=True)
class BoundSection:
    """A section's page. ``seen`` is the value of the hidden field ``seen``: the versions, as JSON.

    ``multipart`` says that the form needs ``enctype="multipart/form-data"``. ``lists`` are the long lists that its
    boxes search, drawn, by their ids: ``{% lists sections %}`` puts each on the page once.
    """

    ctx: Context
    section: Section
    title: str
    intro: SafeString
    guide: GuideLink | None
    questions: tuple[BoundQuestion, ...]
    editable: bool
    seen: str
    multipart: bool
    lists: Mapping[str, SafeString] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The section's key."""
        return self.section.key

    @property
    def opened(self) -> list[str]:
        """The paths of the rows that are open."""
        tables = (q for q in self.questions if q.question.rowed)
        return [row.path for q in tables for row in q.extra["rows"] if not row.line]

    @cached_property
    def state(self) -> engine.SectionState:
        """Where the section stands: every check of it is made for that, so only when it is asked."""
        return engine.section_state(self.ctx, self.section)


class Binder(Protocol):
    """What a field type may ask for when it is bound: its rows, and addresses of files."""

    def rows(self, table: Question) -> list[BoundRow]:
        """The rows of a table; one that is not saved yet, when there is none and one is needed."""

    def removed(self, table: Question) -> tuple[str, str] | None:
        """The row that was just removed: what its first answers say, and what brings it back."""

    def pasted(self, table: Question) -> str:
        """What was pasted and did not come in."""

    def inside(self, group: Question) -> tuple[BoundQuestion, ...]:
        """The questions of a group that are shown, of its row where it stands in one."""

    def new_row(self) -> str:
        """A fresh row id, for the button that adds a row."""

    def file_state(self, value: JSON) -> str:
        """What the scanner said of a stored file, a ``ScanState``; empty when the page does not know."""

    def file_url(self, value: JSON) -> str:
        """The address of a stored file; empty when the page gives none."""

    def column(self, path: str) -> list[Operand]:
        """What the rows of a table have in one column."""

    def share(self, name: str, labels: Callable[[], tuple[str, ...]]) -> None:
        """Put a list on the page, once, under the id ``name``; ``labels`` is called for the first only."""


def element_id(path: str) -> str:
    """The id of the first input of a path, for links from the error summary: ``q-activities-ab12cd34-cost``."""
    return "q-" + path.replace(".", "-")
