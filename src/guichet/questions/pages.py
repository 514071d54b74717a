"""Forms bound for a page: everything a template needs, in one language, and nothing to decide there.

A template shows them with ``{% questions bound.questions %}`` (``drawing``).
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guichet.answers.paths import new_row
from guichet.kernel.bilingual import Text
from guichet.kernel.markup import to_html
from guichet.questions import engine
from guichet.questions.bound import Binder, BoundQuestion, BoundRow, BoundSection, GuideLink, Spoken, element_id
from guichet.questions.closed import Closing, Standing
from guichet.questions.context import Context
from guichet.questions.definitions import Question, Section
from guichet.questions.posts import Problem
from guichet.questions.scripting import carried, row_values
from guichet.questions.summary import AnswerLine, AnswerRow, AnswerSection, answer_lines, row_title, summary_columns
from guichet.questions.terms._reading import find
from guichet.questions.values import JSON, Operand, unreadable_text

__all__ = [
    "AnswerLine", "AnswerRow", "AnswerSection", "Binder", "BoundQuestion", "BoundRow", "BoundSection", "GuideLink",
    "answer_lines", "bind", "element_id",
]  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """How a page shows the rows of its tables.

    ``opened``: the rows that are open, by id; None where the page finds the one to open by itself. ``closes`` is false
    on a page that keeps nothing between two posts: every row is open there. ``removed``: the row that was just
    removed, as the button ``undo`` sends it. ``pasted``: by table, what was pasted and did not come in.
    """

    opened: Collection[str] | None = None
    closes: bool = True
    removed: str = ""
    pasted: Mapping[str, str] = field(default_factory=dict)


BY_ITSELF = Rows()
EVERY_ROW = Rows(closes=False)


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
    file_state: Callable[[JSON], str] | None = None,
    rows: Rows = BY_ITSELF,
    live: bool = False,
) -> BoundSection:
    """The section as its page shows it; ``live``: with what scripts may show while one types, concealed until then.

    ``typed`` stands in the place of stored values (what could not be saved, the reader's side of a conflict);
    ``guide`` the links of the edition's guide by section number; ``file_url`` gives the address of a stored file,
    ``file_state`` what the scanner said of it.
    """
    binder = _Binder(
        ctx,
        section,
        language,
        problems,
        versions or {},
        typed or {},
        editable,
        guide or {},
        (file_url, file_state),
        rows,
        live,
    )
    questions = tuple(
        binder.question(binder.spoken(question), question.key)
        for question in section.questions
        if ctx.needs(section) and (ctx.shows(question.key) or binder.may_show(question))
    )
    return BoundSection(
        ctx=ctx,
        section=section,
        title=section.title.in_(language),
        intro=_intro(section.intro.in_(language) if section.intro else ""),
        guide=binder.guide_link(section.guide),
        questions=questions,
        editable=editable,
        seen=binder.seen(questions),
        multipart=any(question.uploads for question in section.every),
        lists=binder.lists,
    )


@lru_cache(maxsize=64)
def _list(name: str, labels: tuple[str, ...]) -> SafeString:
    """A shared list, drawn: some kilobytes, the same on many pages."""
    return render_to_string("_shared/list.html", {"name": name, "labels": labels})


@lru_cache(maxsize=256)
def _intro(markdown: str) -> SafeString:
    """Introductions are the packages' and few."""
    return to_html(markdown)


def _all_of(questions: Sequence[BoundQuestion]) -> list[BoundQuestion]:
    """These, and those inside the groups among them."""
    return [each for q in questions for each in (q, *q.extra.get("questions", ()))]


class _Binder:
    """Binds the questions of one page."""

    def __init__(
        self,
        ctx: Context,
        section: Section,
        language: str,
        problems: Sequence[Problem],
        versions: Mapping[str, int],
        typed: Mapping[str, JSON],
        editable: bool,
        guide: Mapping[str, GuideLink],
        files: tuple[Callable[[JSON], str] | None, Callable[[JSON], str] | None],
        rows: Rows,
        live: bool,
    ) -> None:
        self.ctx = ctx
        self.section = section
        self.row = ""
        self.shown = rows
        self.live = live
        self.language = language
        self.versions = versions
        self.typed = typed
        self.editable = editable
        self.guide = guide
        self._file_url, self._file_state = files
        self._spoken: dict[str, list[Spoken]] = {}
        self.lists: dict[str, SafeString] = {}
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
            extra=question.bound(value, self.language, self._in_row(path) if question.inside() else self),
            concealed=self.live and not self._shows(spoken, path),
        )

    def may_show(self, question: Question) -> bool:
        """Whether a hidden question can come into view while one types: its condition reads an answer of its section.

        Otherwise it comes with the save that changes what it reads.
        """
        if not self.live or question.visible is None:
            return False
        reads = (path.partition(".")[0] for path in question.visible.reads())
        return any(path == "*" or self._asked_here(path) for path in reads)

    def _asked_here(self, path: str) -> bool:
        return find(self.ctx.form, path) is not None and self.ctx.form.section_of(path).key == self.section.key

    def inside(self, group: Question) -> tuple[BoundQuestion, ...]:
        """The questions of a group that are shown; ``row`` is the path of the row in which it stands."""
        asked = [(question, f"{self.row}.{question.key}" if self.row else question.key) for question in group.inside()]
        shown = [(question, path) for question, path in asked if self.ctx.shows(path) or self.may_show(question)]
        return tuple(self.question(self.spoken(question), path) for question, path in shown)

    def _in_row(self, path: str) -> "_Binder":
        """The same for the questions of the group at a path: they stand in its row, if it has one."""
        found = copy(self)
        found.row = path.rpartition(".")[0]
        return found

    def rows(self, table: Question) -> list[BoundRow]:
        """The rows, one of them open; a first one, not saved yet, when there is none and one is needed."""
        path = table.key
        ids = list(self.ctx.rows(path) if self.editable else self.ctx.filled_rows(path))
        # A row that somebody else removed while its answers were typed here is shown with them.
        typed = [one.removeprefix(f"{path}.") for one in self.typed if one.startswith(f"{path}.")]
        ids += [row for row in typed if "." not in row and row not in ids]
        if not ids and self.editable and (not self.shown.closes or self.ctx.requires(path)):
            return [self._row(table, new_row(), 1, 0)]
        if not self.shown.closes:
            return [self._row(table, row, number, self._position(path, row)) for number, row in enumerate(ids, start=1)]
        closing = Closing(self.ctx, self.section, table, self.language, editable=self.editable)
        lines = {row: closing.row(row, number) for number, row in enumerate(ids, start=1)}
        opened = self._opened(table, lines)
        return [
            self._row(table, row, number, self._position(path, row), line.standing, len(ids)) if row in opened else line
            for number, (row, line) in enumerate(lines.items(), start=1)
        ]

    def _position(self, path: str, row: str) -> int:
        at = f"{path}.{row}"
        return int(self.typed[at] if at in self.typed else self.ctx.values.get(at, 0))

    def _opened(self, table: Question, lines: Mapping[str, BoundRow]) -> Collection[str]:
        """The rows to open: those asked for, or the first with something to mend, or a first blank one if needed."""
        if self.shown.opened is not None:
            return self.shown.opened
        if not self.editable:
            return ()
        found = [row for row, line in lines.items() if line.standing.mends]
        if not found and self.ctx.requires(table.key) and all(line.standing.kind == "blank" for line in lines.values()):
            found = list(lines)
        return found[:1]

    def removed(self, table: Question) -> tuple[str, str] | None:
        """What the row said that was just removed, and what brings it back; None when there is none."""
        row = self.shown.removed.partition(".")[0]
        path = f"{table.key}.{row}"
        cells = [part for part in summary_columns(table) if self.ctx.values.get(f"{path}.{part.key}") is not None]
        if not row or not self.editable or row in self.ctx.rows(table.key) or not cells:
            return None
        said = [part.display(self.ctx.values[f"{path}.{part.key}"], self.language) for part in cells]
        return ", ".join(text for text in said if text), self.shown.removed

    def pasted(self, table: Question) -> str:
        """What was pasted and did not come in."""
        return self.shown.pasted.get(table.key, "")

    def new_row(self) -> str:
        """A fresh row id."""
        return new_row()

    def file_url(self, value: JSON) -> str:
        """The address of a stored file."""
        return self._file_url(value) if self._file_url else ""

    def file_state(self, value: JSON) -> str:
        """What the scanner said of a stored file."""
        return self._file_state(value) if self._file_state else ""

    def column(self, path: str) -> list[Operand]:
        """What the rows of a table have in one column."""
        return self.ctx.column(path)

    def share(self, name: str, labels: Callable[[], tuple[str, ...]]) -> None:
        """A list that boxes search; a page that is only read needs none."""
        if self.editable and name not in self.lists:
            self.lists[name] = _list(name, labels())

    def guide_link(self, section: str | None) -> GuideLink | None:
        """The link of a section of the guide, if the page has it."""
        return self.guide.get(section) if section else None

    def seen(self, questions: Sequence[BoundQuestion]) -> str:
        """The versions of the answers that the page can send: of a table, those of its open rows."""
        questions = _all_of(questions)
        asked = [q.path for q in questions if not q.question.rowed]
        opened = [row for q in questions if q.question.rowed for row in q.extra["rows"] if not row.line]
        asked += [path for row in opened for path in (row.path, *[q.path for q in _all_of(row.questions)])]
        seen = {path: self.versions[path] for path in asked if path in self.versions}
        return json.dumps(seen, separators=(",", ":"), sort_keys=True)

    def _columns(self, table: Question) -> list[Spoken]:
        if table.key not in self._spoken:
            self._spoken[table.key] = [self.spoken(part) for part in table.columns_of()]
        return self._spoken[table.key]

    def _row(
        self, table: Question, row: str, number: int, position: int, standing: Standing | None = None, count: int = 1
    ) -> BoundRow:
        path = f"{table.key}.{row}"
        if standing is not None and standing.kind == "faulty":
            self._say_what_is_wrong(table, row)
        parts = [(spoken, f"{path}.{spoken.question.key}") for spoken in self._columns(table)]
        return BoundRow(
            row=row,
            path=path,
            language=self.language,
            position=position,
            number=number,
            title=row_title(table, number, self.language),
            questions=tuple(
                [
                    self.question(spoken, at)
                    for spoken, at in parts
                    if self._shows(spoken, at) or self.may_show(spoken.question)
                ]
            ),
            version=self.versions.get(path, 0),
            standing=standing,
            up=number - 1,
            down=number + 1 if number < count else 0,
            closes=self.shown.closes,
            values=row_values(self.ctx, path, carried(self.ctx, table)) if self.live else "",
        )

    def _say_what_is_wrong(self, table: Question, row: str) -> None:
        """An open row shows what is wrong in it beside the answers; what is only missing, when the page is asked."""
        for problem in engine.row_problems(self.ctx, self.section, table, row):
            if problem.code != "required" and problem.path not in self.errors:
                self.errors[problem.path] = (problem.text.in_(self.language),)

    def _shows(self, spoken: Spoken, path: str) -> bool:
        """Whether a column is shown in a row of a table that is shown itself."""
        return spoken.question.visible is None or self.ctx.shows(path)

    def _text(self, text: Text | None) -> str:
        return text.in_(self.language) if text else ""
