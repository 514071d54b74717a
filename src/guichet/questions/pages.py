"""Forms bound for a page: everything a template needs, in one language, and nothing to decide there.

A template shows a section with ``{% include q.template %}`` (or ``{% question q %}``) for each ``bound.questions``.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.safestring import SafeString

from guichet.answers.paths import new_row
from guichet.kernel.bilingual import Text
from guichet.kernel.markup import to_html
from guichet.questions import engine
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section
from guichet.questions.posts import Problem
from guichet.questions.summary import AnswerLine, AnswerRow, AnswerSection, answer_lines, row_title
from guichet.questions.values import JSON, Operand, unreadable_text

__all__ = [
    "AnswerLine", "AnswerRow", "AnswerSection", "Binder", "BoundQuestion", "BoundRow", "BoundSection", "GuideLink",
    "answer_lines", "bind", "element_id",
]  # fmt: skip

# Stands for the row's id in the empty row that scripts copy.
BLANK_ROW = "__row__"


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
    ids for aria-describedby; ``extra`` what the type adds (options, rows …); ``optional`` whether the label says so.
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
    optional: bool
    editable: bool
    template: str
    answer_template: str
    value: Any
    text: str
    blank: bool
    errors: tuple[str, ...]
    version: int
    autocomplete: str
    described_by: str
    question: Question
    language: str
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def helped(self) -> bool:
        """Whether anything stands between the label and the input."""
        return bool(self.described_by or self.guide)


@dataclass(frozen=True)
class BoundRow:
    """One row of a table: ``row`` its id, ``path`` ``activities.<row>``, ``title`` “Activity 2”, ``id`` the element's.

    ``label`` is what a row is called (“Activity”), ``number`` its place on the page, ``position`` the stored one.
    """

    row: str
    path: str
    id: str
    position: int
    number: int
    label: str
    title: str
    questions: tuple[BoundQuestion, ...]
    version: int


@dataclass(frozen=True)
class BoundSection:
    """A section's page. ``seen`` is the value of the hidden field ``seen``: the versions, as JSON.

    ``multipart`` says that the form needs ``enctype="multipart/form-data"``.
    """

    key: str
    title: str
    intro: SafeString
    guide: GuideLink | None
    questions: tuple[BoundQuestion, ...]
    editable: bool
    state: engine.SectionState
    seen: str
    multipart: bool


class Binder(Protocol):
    """What a field type may ask for when it is bound: its rows, and addresses of files."""

    def rows(self, table: Question) -> list[BoundRow]:
        """The rows of a table; one that is not saved yet, when there is none and it can be filled in."""

    def blank_row(self, table: Question) -> BoundRow | None:
        """The empty row that scripts copy; None on a page that cannot be edited."""

    def new_row(self) -> str:
        """A fresh row id, for the button that adds a row."""

    def file_url(self, value: JSON) -> str:
        """The address of a stored file; empty when the page gives none."""

    def column(self, path: str) -> list[Operand]:
        """What the rows of a table have in one column."""


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
    file_url: Callable[[JSON], str] | None = None,
) -> BoundSection:
    """The section as its page shows it.

    ``typed`` stands in the place of stored values (what could not be saved, the reader's side of a conflict);
    ``guide`` the links of the edition's guide by section number; ``file_url`` gives the address of a stored file.
    """
    binder = _Binder(ctx, language, problems, versions or {}, typed or {}, editable, guide or {}, file_url)
    questions = tuple(binder.question(question, question.key) for question in engine.visible(ctx, section))
    return BoundSection(
        key=section.key,
        title=section.title.in_(language),
        intro=to_html(section.intro.in_(language) if section.intro else ""),
        guide=binder.guide_link(section.guide),
        questions=questions,
        editable=editable,
        state=engine.section_state(ctx, section),
        seen=binder.seen(section),
        multipart=any(question.uploads for question in section.questions),
    )


def element_id(path: str) -> str:
    """The id of the first input of a path, for links from the error summary: ``q-activities-ab12cd34-cost``."""
    return "q-" + path.replace(".", "-")


class _Binder:
    """Binds the questions of one page."""

    def __init__(
        self,
        ctx: Context,
        language: str,
        problems: Sequence[Problem],
        versions: Mapping[str, int],
        typed: Mapping[str, JSON],
        editable: bool,
        guide: Mapping[str, GuideLink],
        file_url: Callable[[JSON], str] | None,
    ) -> None:
        self.ctx = ctx
        self.language = language
        self.versions = versions
        self.typed = typed
        self.editable = editable
        self.guide = guide
        self._file_url = file_url
        self.errors: dict[str, tuple[str, ...]] = {}
        for problem in problems:
            self.errors[problem.path] = (*self.errors.get(problem.path, ()), problem.text.in_(language))

    def question(self, question: Question, path: str) -> BoundQuestion:
        """One question with its answer, its errors and its version."""
        value, element = self._value(path), element_id(path)
        errors = self.errors.get(path, ())
        required = self.ctx.requires(path)
        hint, note = self._text(question.hint), question.note(self.language)
        described = [f"{element}-hint"] * bool(hint) + [f"{element}-note"] * bool(note)
        described += [f"{element}-error{number}" for number, _ in enumerate(errors, start=1)]
        return BoundQuestion(
            path=path,
            id=element,
            name=path,
            type=question.type,
            label=question.label.in_(self.language),
            hint=hint,
            note=note,
            guide=self.guide_link(question.guide),
            required=required,
            optional=question.answers and question.asked and not required,
            editable=self.editable,
            template=f"{question.type}/{'input' if self.editable else 'answer'}.html",
            answer_template=f"{question.type}/answer.html",
            value=question.typed(value, self.language),
            text=question.display(value, self.language),
            blank=unreadable_text(value) is None and question.blank(value),
            errors=errors,
            version=self.versions.get(path, 0),
            autocomplete=question.autocomplete or "",
            described_by=" ".join(described),
            question=question,
            language=self.language,
            extra=question.bound(value, self.language, self),
        )

    def rows(self, table: Question) -> list[BoundRow]:
        """The rows; a first one, not saved yet, when there is none and the page can be filled in."""
        path = table.key
        ids = self.ctx.rows(path) if self.editable else self.ctx.filled_rows(path)
        if not ids and self.editable:
            return [self._row(table, new_row(), 1, 0)]
        values = self.ctx.values
        return [self._row(table, row, number, values[f"{path}.{row}"]) for number, row in enumerate(ids, start=1)]

    def blank_row(self, table: Question) -> BoundRow | None:
        """The empty row that scripts copy: ``__row__`` stands for its id."""
        return self._row(table, BLANK_ROW, 0, 0) if self.editable else None

    def new_row(self) -> str:
        """A fresh row id."""
        return new_row()

    def file_url(self, value: JSON) -> str:
        """The address of a stored file."""
        return self._file_url(value) if self._file_url else ""

    def column(self, path: str) -> list[Operand]:
        """What the rows of a table have in one column."""
        return self.ctx.column(path)

    def guide_link(self, section: str | None) -> GuideLink | None:
        """The link of a section of the guide, if the page has it."""
        return self.guide.get(section) if section else None

    def seen(self, section: Section) -> str:
        """The versions of every answer of the section that has one."""
        keys = {question.key for question in section.questions}
        seen = {path: version for path, version in self.versions.items() if path.split(".")[0] in keys}
        return json.dumps(seen, separators=(",", ":"), sort_keys=True)

    def _row(self, table: Question, row: str, number: int, position: int) -> BoundRow:
        path = f"{table.key}.{row}"
        parts = [(part, f"{path}.{part.key}") for part in table.parts()]
        shown = tuple(self.question(part, at) for part, at in parts if self.ctx.shows(at))
        return BoundRow(
            row=row,
            path=path,
            id=element_id(path),
            position=position,
            number=number,
            label=row_title(table, 0, self.language).removesuffix(" 0"),
            title=row_title(table, number, self.language),
            questions=shown,
            version=self.versions.get(path, 0),
        )

    def _value(self, path: str) -> JSON:
        return self.typed[path] if path in self.typed else self.ctx.value(path)

    def _text(self, text: Text | None) -> str:
        return text.in_(self.language) if text else ""
