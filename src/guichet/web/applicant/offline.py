"""A draft as one file that needs nothing else: drawn by the faces of the field types, in both languages.

The file is a page without a portal: style and script stand in it as they were built, its own policy names their
hashes and allows nothing besides, and no address in it is asked for by itself. Two pieces of JSON stand in it: the note
that we signed, and what was typed.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from guichet.answers.paths import new_row
from guichet.applications.queries import submission_day
from guichet.kernel import clock
from guichet.kernel.bilingual import LANGUAGES, other
from guichet.programs.definitions import EditionDefinition
from guichet.programs.queries import PublishedEdition
from guichet.questions import pages
from guichet.questions.bound import BoundQuestion, BoundRow
from guichet.questions.context import Context
from guichet.questions.definitions import Form, Question
from guichet.questions.scripting import answers_data, carried, row_values
from guichet.questions.summary import row_title
from guichet.web.applicant.answering import Sheet
from guichet.web.applicant.files import File
from guichet.web.applicant.offline_form import cases, open_form
from guichet.web.budget import Budget, budget, has_budget
from guichet.web.guides import guide_links

STYLES, SCRIPT = ("css/guichet.css", "css/takeaway.css"), "js/takeaway-file.js"
NOTE, TYPED = "guichet-note", "guichet-typed"
NOTHING_TYPED: Mapping[str, Any] = {"copies": [], "fields": {}, "removed": []}
# The row from which the script makes others; it is in no answer.
MOLD = "newrow000000"
_FONTS = re.compile(r"@font-face\s*\{[^}]*\}\s*")
# What ties elements of a drawn page to each other; text cannot hold it, for its quotation marks are escaped.
_TIES = re.compile(r'(\s(?:id|for|list|aria-describedby|aria-labelledby|aria-controls)=")([^"]+)"')
# A link of a package's text to a page of the portal: in a file it needs the portal's address.
_HERE = re.compile(r'(\shref=")(?=/)')


@dataclass(frozen=True)
class Part:
    """One section as the file draws it. ``when``: only in what case it is asked; ``molds``: a new row of each table."""

    key: str
    bound: pages.BoundSection
    questions: Sequence[BoundQuestion]
    when: str
    molds: Sequence[tuple[str, int, Sequence[BoundRow]]]
    budget: Budget | None


def drawn(file: File, note: str) -> str:
    """The whole file, which opens in the reader's language."""
    sheet, definition = file.whole(), file.edition.definition
    first = {question.key: new_row() for question in _tables(definition.application)}
    order = (file.language, other(file.language))
    style, script = _style(), _built(SCRIPT)
    parts = {language: _version(file, sheet, language, first) for language in order} | {
        "style": style,
        "script": script,
    }
    marks = {name: f"mark{secrets.token_hex(12)}" for name in parts}
    context = {
        "language": file.language,
        "titles": {language: _title(definition, language) for language in LANGUAGES},
        "versions": [(language, marks[language]) for language in order],
        "names": settings.PORTAL_NAME,
        "marks": marks,
        "policy": policy(style, script),
        "file": file_name(file),
        "note": note,
        "typed": NOTHING_TYPED,
    }
    frame = render_to_string("applicant/offline/file.html", context)
    # What templates have drawn, and what was built, goes in as it is, in one pass: nothing in it is looked at again.
    found = {marks[name]: text for name, text in parts.items()}
    return re.sub("|".join(found), lambda mark: found[mark[0]], frame)


def file_name(file: File) -> str:
    """What the file is called, without its ending."""
    word = {"en": "draft", "fr": "brouillon"}[file.language]
    return f"{file.edition.program_key}-{word}-{file.application.public_id[:6].strip('-_')}"


def policy(style: str, script: str) -> str:
    """What the file allows: its own style and its own script, as they were built."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    style_hash, script_hash = hashes
    return (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _title(definition: EditionDefinition, language: str) -> str:
    with translation.override(language):
        return gettext("Draft: %(program)s") % {"program": definition.program.name.in_(language)}


@lru_cache(maxsize=1)
def _style() -> str:
    """Our styles, without the fonts, which are files of their own: the file takes those of the device."""
    return _FONTS.sub("", "\n".join(_built(name) for name in STYLES))


@lru_cache(maxsize=4)
def _built(name: str) -> str:
    """A static file as it was built."""
    stored_name: Any = staticfiles_storage.stored_name  # type: ignore[attr-defined] # our storage has it
    with staticfiles_storage.open(stored_name(name)) as stream:
        text: str = stream.read().decode()
    return text


def _version(file: File, sheet: Sheet, language: str, first: Mapping[str, str]) -> str:
    """All sections in one language; every id and what names one begins with the language."""
    definition = file.edition.definition
    with translation.override(language):
        context = {
            "language": language,
            "other": other(language),
            "parts": _parts(file.edition, sheet, language, first),
            "edition": definition,
            "person": file.user.name,
            "at": clock.now(),
            "home": _address("applicant:takeaway", file.application.public_id),
            "rules": answers_data(sheet.context, sheet.sections, language),
        }
        html = render_to_string(
            "applicant/offline/version.html", {**context, "sections": [p.bound for p in context["parts"]]}
        )
    found = _HERE.sub(rf"\1{settings.BASE_URL}", html)
    return _TIES.sub(lambda tie: _prefixed(tie, language), found)


def _prefixed(tie: re.Match[str], language: str) -> str:
    names = " ".join(f"{language}-{name}" for name in tie[2].split())
    return f'{tie[1]}{names}"'


def _address(name: str, *arguments: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"


def _parts(edition: PublishedEdition, sheet: Sheet, language: str, first: Mapping[str, str]) -> list[Part]:
    definition = edition.definition
    form = open_form(edition.id, edition.hash, submission_day(edition))
    context = replace(sheet.context, form=form, _memory={})
    found = cases(edition.id, edition.hash, submission_day(edition))
    # Values that the portal works out, with what it hides left out; a first row of each table that has none.
    typed = {path: sheet.context.value(path) for path in _worked_out(sheet.context)}
    typed |= {f"{table}.{row}": 0 for table, row in first.items() if not sheet.context.rows(table)}
    typed |= {f"{table}.{MOLD}": 0 for table in first}
    parts = []
    for section in form.sections:
        bound = pages.bind(
            context, section, language, typed=typed, guide=guide_links(definition, language), rows=pages.EVERY_ROW
        )
        molds = [(q.path, q.extra["rows_max"], _mold(q)) for q in bound.questions if q.question.rowed]
        totals = budget(definition, sheet.context, language) if has_budget(definition, section) else None
        questions = [_offline(question, sheet.context) for question in bound.questions]
        when = found[section.key].in_(language) if section.key in found else ""
        parts.append(Part(section.key, bound, questions, when, molds, totals))
    return parts


def _offline(q: BoundQuestion, ctx: Context) -> BoundQuestion:
    """The question as a file can have it: attachments are named and stay where they are, molds stand apart."""
    if q.question.uploads:
        return replace(q, spoken=replace(q.spoken, editable=False))
    if q.question.rowed:
        columns = carried(ctx, ctx.form.question(q.path))
        # The script has no order to give, and says itself when there are as many rows as there can be.
        rows = [
            replace(row, values=row_values(ctx, row.path, columns), up=0, down=0)
            for row in q.extra["rows"]
            if row.row != MOLD
        ]
        return replace(q, extra={**q.extra, "rows": rows, "full": False, "near": False})
    inside = q.extra.get("questions")
    return replace(q, extra={**q.extra, "questions": tuple(_offline(inner, ctx) for inner in inside)}) if inside else q


def _mold(table: BoundQuestion) -> list[BoundRow]:
    title = row_title(table.question, "{n}", table.language)
    return [replace(row, title=title, up=0, down=0) for row in table.extra["rows"] if row.row == MOLD]


def _tables(form: Form) -> Iterator[Question]:
    return (question for section in form.sections for question in section.every if question.rowed)


def _worked_out(ctx: Context) -> Iterator[str]:
    """The paths of what is calculated, in every row for a column."""
    for path, question in ctx.form.paths():
        if question.stored or question.rowed or getattr(question, "value", None) is None:
            continue
        table, _, column = path.partition(".")
        yield from (f"{table}.{row}.{column}" for row in ctx.rows(table)) if column else (path,)
