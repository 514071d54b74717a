"""The receipt of a submission as a PDF file, and the bundle that holds it; both audiences receive the same."""

import io
import tempfile
from collections.abc import Iterator
from typing import Any

import segno
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from guichet.applications import bundle
from guichet.files.documents import Block, Contents, Document, Heading, Items, Pairs, Paragraph, Picture, Run, Table
from guichet.files.made import made
from guichet.kernel import formats
from guichet.programs.queries import PublishedEdition
from guichet.questions.pages import AnswerLine, AnswerRow
from guichet.web.budget import Budget
from guichet.web.roles import ROLE_NAMES
from guichet.web.submitted import answers_of

# Tables with more columns than this are told row by row: a sheet of paper has no more room.
MOST_COLUMNS = 4


def as_pdf(submission: Any, edition: PublishedEdition, language: str) -> HttpResponse:
    """The receipt to download, in the language of the page; made when it is first asked for."""
    disposition = content_disposition_header(True, f"{submission.reference}.pdf") or ""
    return HttpResponse(
        made(document(submission, edition, language)),
        content_type="application/pdf",
        headers={"Content-Disposition": disposition, "Content-Language": language},
    )


def as_bundle(submission: Any, edition: PublishedEdition, language: str) -> FileResponse:
    """The bundle to download. It is put together on the disk: attachments are never in memory as a whole."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        receipt = made(document(submission, edition, language))
        bundle.write(file, submission, receipt=receipt, address=verification(submission))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{submission.reference}.zip", content_type="application/zip"
    )


def verification(submission: Any) -> str:
    """The address at which number and digest are compared with the record, in the active language."""
    query = urlencode({"number": submission.reference, "digest": submission.digest})
    return f"{settings.BASE_URL}{reverse('public:verify')}?{query}"


def document(submission: Any, edition: PublishedEdition, language: str) -> Document:
    """The receipt: what the page says, every answer as it was asked, the files with their digests, the statements.

    ``language`` must be the active one. It says nothing that is not in the frozen submission or in its edition.
    """
    shown = answers_of(submission, edition, language)
    blocks: list[Block] = [
        Paragraph(_("Your application has been received."), "lead"),
        Pairs(list(_about(submission, edition, language))),
        Heading(1, _("Verify this receipt")),
        *_verify(submission),
        Contents(),
    ]
    for part in shown["sections"]:
        blocks += [Heading(1, part.title), Pairs([_answer(line) for line in part.lines])]
    blocks += [Heading(1, _("Totals")), *_totals(shown["budget"], language)]
    blocks += [Heading(1, _("Files and their digests")), *_files(shown["attachments"], language)]
    statements = [[Paragraph(statement["text"])] for statement in shown["attestations"]]
    blocks += [Heading(1, _("Statements confirmed")), Items(statements)]
    source = f"{settings.PORTAL_NAME[language]} – {edition.definition.program.name.in_(language)}"
    return Document(_("Receipt: %(reference)s") % submission.document, language, blocks, source=source)


def _about(submission: Any, edition: PublishedEdition, language: str) -> Iterator[tuple[str, list[Block]]]:
    document = submission.document
    received = formats.moment(submission.submitted_at, language, edition.definition.program.zone, seconds=True)
    signed = document["signed_by"]
    yield _("Number"), [Paragraph([Run(submission.reference, strong=True)])]
    yield _("Program"), [Paragraph(edition.definition.title.in_(language))]
    yield _("Organization"), [Paragraph(document["organization"]["legal_name"])]
    yield _("Received"), [Paragraph(received)]
    yield _("Submitted by"), [Paragraph(f"{signed['name']} ({ROLE_NAMES[signed['role']]})")]
    yield _("Digest (SHA-256) of what was submitted"), [Paragraph(submission.digest)]
    yield _("Fingerprint of what was published"), [Paragraph(submission.edition_hash)]


def _verify(submission: Any) -> Iterator[Block]:
    address = verification(submission)
    yield Paragraph(
        _("Anybody who holds this receipt can have the portal compare its number and its digest with the record:")
    )
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", xmldecl=False, border=4)
    yield Picture(drawing.getvalue().decode(), _("A square code that leads to the address below."), 38)
    yield Paragraph([Run(address, address=address)], "small")


def _answer(line: AnswerLine) -> tuple[str, list[Block]]:
    if line.rows:
        return line.label, _rows(line.label, line.rows)
    return line.label, [Paragraph(_("No answer"))] if line.blank else _text(line.text)


def _rows(label: str, rows: tuple[AnswerRow, ...]) -> list[Block]:
    """A table where it fits on the sheet, else row by row."""
    columns = [[cell.label for cell in row.lines] for row in rows]
    if len(columns[0]) <= MOST_COLUMNS and all(labels == columns[0] for labels in columns):
        return [Table([label, *columns[0]], [[row.title, *(cell.text or "–" for cell in row.lines)] for row in rows])]
    blocks: list[Block] = []
    for row in rows:
        blocks.append(Paragraph([Run(row.title, strong=True)], "label"))
        blocks.append(Pairs([(cell.label, _text(cell.text or "–")) for cell in row.lines]))
    return blocks


def _text(text: str) -> list[Block]:
    """What somebody typed, line by line."""
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _totals(budget: Budget, language: str) -> Iterator[Block]:
    figures = {name: formats.money(figure, language) for name, figure in budget.figures.items()}
    share = _("Share of the program (%(share)s)") % {"share": formats.percent(budget.share_percent, language)}
    lines = [(_("Cost of all activities"), "cost")]
    if budget.has_caps:
        lines.append((_("Cost that counts"), "eligible"))
    lines += [(share, "contribution"), (_("Contribution requested"), "requested")]
    if budget.definition.stacking:
        lines.append((_("Other government money"), "other"))
    lines.append((_("Your own share"), "own_share"))
    yield Table([_("Totals"), _("Amount")], [[label, figures[name]] for label, name in lines], numeric=(1,))
    if budget.reductions:
        yield Paragraph([Run(_("Why it is less"), strong=True)], "label")
        yield Items([[Paragraph("".join(part.text for part in line.parts))] for line in budget.reductions])


def _files(entries: list[dict[str, Any]], language: str) -> Iterator[Block]:
    if not entries:
        yield Paragraph(_("No file."))
        return
    for entry in entries:
        size = formats.file_size(entry["size"], language)
        yield Pairs([(f"{entry['name']} ({size})", [Paragraph(f"SHA-256 {entry['sha256']}", "small")])])
