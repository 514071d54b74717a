"""Forms bound for a page: everything a template needs, in one language, and nothing to decide there.

A template shows them with ``{% questions bound.questions %}`` (``drawing``).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from django.utils.safestring import SafeString

from guichet.answers.paths import new_row
from guichet.kernel.bilingual import Text
from guichet.kernel.markup import to_html
from guichet.questions import engine
from guichet.questions.bound import Binder, BoundQuestion, BoundRow, BoundSection, GuideLink, Spoken, element_id
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
    questions = tuple(
        binder.question(binder.spoken(question), question.key) for question in engine.visible(ctx, section)
    )
    return BoundSection(
        ctx=ctx,
        section=section,
        title=section.title.in_(language),
        intro=_intro(section.intro.in_(language) if section.intro else ""),
        guide=binder.guide_link(section.guide),
        questions=questions,
        editable=editable,
        seen=binder.seen(section),
        multipart=any(question.uploads for question in section.questions),
    )


@lru_cache(maxsize=256)
def _intro(markdown: str) -> SafeString:
    """Introductions are the packages' and few."""
    return to_html(markdown)


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
        self._spoken: dict[str, list[Spoken]] = {}
        self.errors: dict[str, tuple[str, ...]] = {}
        for problem in problems:
            self.errors[problem.path] = (*self.errors.get(problem.path, ()), problem.text.in_(language))

    def spoken(self, question: Question) -> Spoken:
        """What a question says whatever its answer."""
        return Spoken(
            question=question,
            language=self.language,
            editable=self.editable,
            label=question.label.in_(self.language),
            hint=self._text(question.hint),
            note=question.note(self.language),
            guide=self.guide_link(question.guide),
        )

    def question(self, spoken: Spoken, path: str) -> BoundQuestion:
        """One question with its answer, its errors and its version."""
        question = spoken.question
        value = self.typed[path] if path in self.typed else self.ctx.value_of(question, path)
        required = question.required
        return BoundQuestion(
            spoken=spoken,
            path=path,
            required=required if isinstance(required, bool) else self.ctx.requires(path),
            answer=value,
            value=question.typed(value, self.language),
            blank=question.blank(value) and unreadable_text(value) is None,
            errors=self.errors.get(path, ()),
            version=self.versions.get(path, 0),
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

    def _columns(self, table: Question) -> list[Spoken]:
        if table.key not in self._spoken:
            self._spoken[table.key] = [self.spoken(part) for part in table.parts()]
        return self._spoken[table.key]

    def _row(self, table: Question, row: str, number: int, position: int) -> BoundRow:
        path = f"{table.key}.{row}"
        parts = [(spoken, f"{path}.{spoken.question.key}") for spoken in self._columns(table)]
        return BoundRow(
            row=row,
            path=path,
            language=self.language,
            position=position,
            number=number,
            label=row_title(table, 0, self.language).removesuffix(" 0"),
            title=row_title(table, number, self.language),
            questions=tuple([self.question(spoken, at) for spoken, at in parts if self._shows(spoken, at)]),
            version=self.versions.get(path, 0),
        )

    def _shows(self, spoken: Spoken, path: str) -> bool:
        """Whether a column is shown in a row of a table that is shown itself."""
        return spoken.question.visible is None or self.ctx.shows(path)

    def _text(self, text: Text | None) -> str:
        return text.in_(self.language) if text else ""
