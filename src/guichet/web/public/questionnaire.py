"""The questionnaire of an edition as a PDF file: everything that is asked, from the profile to the submission."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.files import markdown
from guichet.files.documents import Block, Contents, Document, Heading, Items, Pairs, Paragraph, Run
from guichet.files.made import made
from guichet.kernel import clock
from guichet.kernel.bilingual import FRENCH
from guichet.kernel.canonical import plain, sha256
from guichet.programs import queries
from guichet.programs.queries import PublishedEdition
from guichet.web.outline import Asked, Choosable, Outline, Part, Read, documents


def file(edition: PublishedEdition, language: str) -> bytes:
    """The questionnaire in one language, which must be the active one. Asks the database nothing.

    Made once for each edition, program and day (a condition may speak of the earliest start), and kept.
    """
    program = edition.definition.program
    return _file(edition.id, edition.hash, sha256(plain(program)), language, clock.today(program.zone))


def name(edition: PublishedEdition) -> str:
    """What the file is called when it is kept."""
    word = _("questions")
    return f"{edition.program_key}-{edition.key}-{word}.pdf"


@lru_cache(maxsize=16)
def _file(edition_id: int, _hash: str, _program: str, language: str, _day: date) -> bytes:
    return made(document(queries.edition(edition_id), language))


def document(edition: PublishedEdition, language: str) -> Document:
    """The same as the page, in the same order."""
    definition = edition.definition
    outline = Outline(definition, language)
    forms = outline.read()
    statements = [[Paragraph(attestation.text.in_(language))] for attestation in definition.attestations]
    blocks: list[Block] = [
        Paragraph(
            _("Everything that is asked from the profile to the submission, so that you can prepare it, and print it."),
            "lead",
        ),
        Pairs(list(_about(edition, language))),
        Contents(),
    ]
    for form in forms:
        blocks += _form(form, language)
    blocks += [Heading(1, _("Documents to have ready")), *_documents(forms)]
    blocks += [
        Heading(1, _("Statements to confirm")),
        Paragraph(_who_confirms()),
        Items(statements),
    ]
    if outline.choosables:
        blocks.append(Heading(1, _("Lists to choose from")))
        for choosable in outline.choosables:
            blocks += _list(choosable)
    title = _("Questions and documents: %(edition)s") % {"edition": definition.title.in_(language)}
    source = f"{settings.PORTAL_NAME[language]} – {definition.program.name.in_(language)}"
    return Document(title, language, blocks, source=source)


def _who_confirms() -> str:
    return _(
        "The person who submits the application, and who holds the legal signing authority, confirms each of these:"
    )


def _about(edition: PublishedEdition, language: str) -> Iterator[tuple[str, list[Block]]]:
    definition = edition.definition
    page = f"{settings.BASE_URL}{reverse('public:program', args=[edition.program_key])}"
    yield _("Program"), [Paragraph(definition.program.name.in_(language))]
    yield _("Dates and conditions"), [Paragraph([Run(page, address=page)])]
    yield _("Applicant’s guide"), [Paragraph([_guide(definition.guide.title, definition.guide.url, language)])]
    yield _("Fingerprint of what was published"), [Paragraph(edition.hash)]


def _guide(title: Any, url: Any, language: str) -> Run:
    return Run(title.in_(language), address=url.in_(language))


def _form(form: Read, language: str) -> Iterator[Block]:
    yield Heading(1, form.title, form.key)
    if form.key == "profile":
        yield Paragraph(_("It also asks your own name, title, telephone number and language of correspondence."))
    for part in form.parts:
        yield from _part(form, part, language)


def _part(form: Read, part: Part, language: str) -> Iterator[Block]:
    yield Heading(2, part.title)
    if part.when:
        yield _in_case(_("Only in this case:"), part.when)
    yield from markdown.blocks(part.intro)
    if part.guide:
        yield _see(part.guide)
    yield Items([list(_asked(form, question, language)) for question in part.questions], start=1)


def _asked(form: Read, question: Asked, language: str) -> Iterator[Block]:
    """One question, in the order of the page."""
    label = [Run(question.label, strong=True), Run(_optional(question))]
    yield Paragraph(label, "label", f"{form.key}-{question.path}")
    if question.when:
        yield _in_case(_("Only in this case:"), question.when)
    if question.needed_when:
        yield _in_case(_("Required only in this case:"), question.needed_when)
    yield from markdown.blocks(question.body)
    if question.hint:
        yield Paragraph(question.hint)
    yield from _small_items(question.limits)
    if question.checks:
        yield Paragraph(_("What the portal says when an answer does not fit:"), "small")
        quotation = "«\u00a0%s\u00a0»" if language == FRENCH else "“%s”"
        yield from _small_items(quotation % check for check in question.checks)
    yield from _choices(question)
    if question.guide:
        yield _see(question.guide)
    if question.worked_out:
        yield Paragraph(_("Worked out by the portal; there is nothing to type."), "small")
    if question.columns:
        row = _("For each row (%(row)s):") % {"row": question.row}
        yield Paragraph([Run(row, emphasis=True)])
        yield Items([list(_asked(form, column, language)) for column in question.columns])


def _choices(question: Asked) -> Iterator[Block]:
    """The answers to choose from, or where their list stands."""
    if question.options:
        yield Paragraph(_("Answers to choose from:"), "small")
        lines = (f"{option.label} – {option.hint}" if option.hint else option.label for option in question.options)
        yield Items([[Paragraph(line)] for line in lines])
    elif question.choosable:
        number = question.choosable.number
        yield Paragraph(
            [Run(_("To choose from list %(number)s") % {"number": number}, address=f"#list-{number}")], "small"
        )


def _documents(forms: list[Read]) -> Iterator[Block]:
    """The questions that ask for files, each leading to its place."""
    found = documents(forms)
    if not found:
        yield Paragraph(_("None is asked for."))
        return
    yield Items([[Paragraph([Run(one.label, address=f"#{one.anchor}"), Run(f" – {one.place}")])] for one in found])


def _optional(question: Asked) -> str:
    """What stands after the label of a question that need not be answered."""
    return " " + _("(optional)") if question.optional else ""


def _list(choosable: Choosable) -> Iterator[Block]:
    title = _("List %(number)s: %(label)s") % {"number": choosable.number, "label": choosable.label}
    yield Heading(2, title, f"list-{choosable.number}")
    yield Items([[Paragraph(option, "small")] for option in choosable.options], columns=3)


def _in_case(words: str, condition: str) -> Block:
    return Paragraph([Run(f"{words} {condition}", emphasis=True)])


def _see(guide: Any) -> Block:
    return Paragraph([Run(_("Applicant’s guide:") + " "), Run(guide.title, address=guide.url)], "small")


def _small_items(lines: Any) -> Iterator[Block]:
    items = [[Paragraph(line, "small")] for line in lines]
    if items:
        yield Items(items)
