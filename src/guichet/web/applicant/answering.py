"""A page of questions over one sheet of answers: showing it, reading what came back, saving it, losing nothing.

The page carries two hidden fields: ``seen``, the version of each answer when the page was made, and ``before``, a
short digest of what each answer then was. What came back as it was is not sent on: so two people who change
different answers of one page do not stand in each other's way, and only a true conflict is shown.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from guichet.answers.actions import Change, Conflict, Saved
from guichet.answers.queries import Stored, state_of
from guichet.kernel.bilingual import other
from guichet.kernel.canonical import sha256
from guichet.kernel.identifiers import new_id
from guichet.programs.queries import PublishedEdition
from guichet.questions import engine, pages
from guichet.questions.context import Context
from guichet.questions.definitions import Form, Section
from guichet.questions.engine import Problem
from guichet.questions.pages import BY_ITSELF, BoundSection, Rows
from guichet.questions.row_acts import RowAct
from guichet.questions.scripting import answers_data
from guichet.web.guides import guide_links

DIGEST = 10  # signs: enough to notice a change; nothing is protected by it

Save = Callable[[Sequence[Change], str], Saved]


@dataclass(frozen=True)
class Door:
    """Where a script saves a sheet: ``view`` with its ``arguments`` and ``query``; ``key`` is the sheet's own name.
    ``uploads`` is the view to which it sends documents."""

    key: str
    view: str
    uploads: str
    arguments: tuple[str, ...] = ()
    query: str = ""

    def at(self, language: str) -> str:
        """The address: what is typed is read in the language of the page on which it was typed."""
        with translation.override(language):
            return reverse(self.view, args=self.arguments) + self.query

    def sends_to(self) -> str:
        """The address to which documents are sent, in the language of the page: refusals come in it."""
        return reverse(self.uploads, args=self.arguments) + self.query


@dataclass(frozen=True)
class Documents:
    """What is done with the documents of a sheet: ``attach(path, upload)`` and ``remove(path, id)``, and what is known
    of one, given its answer: its address, and what the scanner said."""

    attach: Callable[[str, Any], object]
    remove: Callable[[str, str], object]
    url: Callable[[Any], str]
    state: Callable[[Any], str]


@dataclass(frozen=True)
class Sheet:
    """What one page asks and holds: its sections, the answers as they stand, and how to save.

    ``context`` sees the whole form; ``stored`` has every answer of the sheet with its version, author and time;
    ``door`` is where a script saves it, None where nothing can be changed.
    """

    edition: PublishedEdition
    sections: tuple[Section, ...]
    context: Context
    stored: Mapping[str, Stored]
    language: str
    editable: bool
    save: Save
    documents: Documents | None = None
    door: "Door | None" = None

    def at(self, stored: Mapping[str, Stored]) -> "Sheet":
        """The same page over the answers as they are now."""
        values = {path: answer.value for path, answer in stored.items()}
        return replace(self, stored=stored, context=self.context.with_values(values))


@dataclass(frozen=True)
class Received:
    """What the browser sent: every value, those that were changed, and what cannot be kept at all."""

    values: Mapping[str, Any]
    changes: tuple[Change, ...]
    refused: tuple[Problem, ...]
    typed: Mapping[str, Any]
    request_key: str
    sent: Sequence[str] = ()  # the rows that came open
    act: RowAct | None = None  # what a button of a table did


@dataclass(frozen=True)
class Shown:
    """What the template draws (applicant/_questions.html).

    ``state`` counts the values ever written in the sheet, and ``edition`` is the hash of the form: for the script that
    saves (applicant/_saving.html); it posts to ``save``, or to ``save_other`` what was typed in the other language,
    and sends documents to ``uploads``.
    """

    sections: list[BoundSection]
    seen: str
    before: str
    request_key: str
    last: Stored | None
    state: int
    edition: str
    opened: frozenset[str] = frozenset()  # the paths of the open rows
    save: str = ""
    save_other: str = ""
    uploads: str = ""
    key: str = ""
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    # What live.js evaluates while one types; None where no rule is.
    rules: Mapping[str, Any] | None = None


def receive(request: HttpRequest, sheet: Sheet) -> Received:
    """Read the post against the page it came from. Never raises for what a browser may send."""
    values: dict[str, Any] = {}
    refused: list[Any] = []
    typed: dict[str, Any] = {}
    post, sent, act = request.POST, [], None
    for section in sheet.sections:
        posted = engine.read_post(section, post, language=sheet.language, ctx=sheet.context)
        values.update(posted)
        refused.extend(posted.refused)
        typed.update(posted.typed)
        sent.extend(posted.sent)
        act = act or posted.act
    acted = act.changes if act else {}
    before = _json_object(post.get("before", ""))
    changed = {
        path: value
        for path, value in values.items()
        if path in acted or (before.get(path, _digest(None)) != _digest(value) and post.get(f"keep.{path}") != "theirs")
    }
    # What a button does to rows is done to them as they stand, whatever the page had seen.
    standing = {path: sheet.stored[path].version for path in acted if path in sheet.stored}
    changed = _with_their_rows(sheet, values, changed)
    changes = engine.changes(changed, {**engine.read_seen(post), **standing})
    return Received(values, tuple(changes), tuple(refused), typed, post.get("request_key", "")[:64], sent, act)


def _with_their_rows(sheet: Sheet, values: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """With what was typed in a row that somebody else has removed meanwhile goes the row: that is a conflict."""
    rows = {path.rpartition(".")[0] for path in changed if path.count(".") == 2}
    gone = {row for row in rows if row in sheet.stored and sheet.stored[row].value is None and row not in changed}
    return {**changed, **{row: values[row] for row in gone if row in values}}


def show(
    sheet: Sheet,
    *,
    problems: Sequence[Problem] = (),
    typed: Mapping[str, Any] | None = None,
    conflicts: Sequence[Conflict] = (),
    rows: Rows = BY_ITSELF,
) -> Shown:
    """The page bound for its template, in the sheet's language."""
    versions = {path: answer.version for path, answer in sheet.stored.items()}
    links = guide_links(sheet.edition.definition, sheet.language)
    typed = {**(typed or {}), **{conflict.path: conflict.mine for conflict in conflicts}}
    sections = [
        pages.bind(
            sheet.context,
            section,
            sheet.language,
            problems=problems,
            versions=versions,
            typed=typed,
            editable=sheet.editable,
            guide=links,
            file_url=sheet.documents.url if sheet.documents else None,
            file_state=sheet.documents.state if sheet.documents else None,
            rows=rows,
            live=sheet.editable,
        )
        for section in sheet.sections
    ]
    seen: dict[str, int] = {}
    for section in sections:
        seen.update(json.loads(section.seen))
    before = {path: _digest(sheet.stored[path].value) for path in seen if path in sheet.stored}
    return Shown(
        sections=sections,
        seen=_compact(seen),
        before=_compact(before),
        request_key=new_id(),
        last=_last(sheet),
        opened=frozenset(path for section in sections for path in section.opened),
        state=state_of(sheet.stored),
        edition=sheet.edition.hash,
        save=sheet.door.at(sheet.language) if sheet.door else "",
        save_other=sheet.door.at(other(sheet.language)) if sheet.door else "",
        uploads=sheet.door.sends_to() if sheet.door else "",
        key=sheet.door.key if sheet.door else "",
        conflicts=[_conflict(sheet, conflict) for conflict in conflicts],
        rules=answers_data(sheet.context, sheet.sections, sheet.language) if sheet.editable else None,
    )


def _last(sheet: Sheet) -> Stored | None:
    """The last change of an answer of the page."""
    keys = {question.key for section in sheet.sections for question in section.every}
    found = (answer for path, answer in sheet.stored.items() if path.partition(".")[0] in keys)
    return max(found, key=lambda answer: answer.at, default=None)


def problems_at(sheet: Sheet, level: str) -> list[Problem]:
    """The problems of the page's sections at a level ("save", "section", "submit"); none for another word.

    Who can only read the page has nothing to mend in it.
    """
    if not sheet.editable:
        return []
    if level == "submit":
        keys = {section.key for section in sheet.sections}
        return [problem for problem in engine.problems(sheet.context, level="submit") if problem.section in keys]
    if level not in ("save", "section"):
        return []
    return [
        problem
        for section in sheet.sections
        for problem in engine.problems(sheet.context, level="save" if level == "save" else "section", section=section)
    ]


def label(sheet: Sheet, path: str) -> str:
    """What an answer is called on the page."""
    return label_in(sheet.context.form, path, sheet.language)


def label_in(form: Form, path: str, language: str) -> str:
    """What an answer is called: "Head office – Street" in a group, "Activities – Cost" for a cell."""
    parts = path.split(".")
    try:
        words = form.name_of(parts[0] if len(parts) == 2 else path).in_(language)
    except KeyError:
        return path
    if len(parts) < 3:
        return words
    table = form.question(parts[0]).label.in_(language)
    return f"{table} – {words}"


def display(sheet: Sheet, path: str, value: Any) -> str:
    """A value as text for reading; of a row, whether it is there."""
    if path.count(".") == 1:
        return _("Row removed") if value is None else _("Row kept")
    try:
        return sheet.context.form.question(path).display(value, sheet.language)
    except KeyError:
        return ""


def _conflict(sheet: Sheet, conflict: Conflict) -> dict[str, Any]:
    return {
        "name": f"keep.{conflict.path}",
        "label": label(sheet, conflict.path),
        "href": pages.element_id(conflict.path),
        "mine": display(sheet, conflict.path, conflict.mine),
        "theirs": display(sheet, conflict.path, conflict.theirs),
        "by": conflict.by,
        "at": conflict.at,
    }


def _digest(value: Any) -> str:
    return sha256(value)[:DIGEST]


def _compact(document: Mapping[str, Any]) -> str:
    return json.dumps(document, separators=(",", ":"))


def _json_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
