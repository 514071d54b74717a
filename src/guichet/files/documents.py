"""A document without a look: what any room has to say, in an order, in one language. ``pdf`` makes a file of it.

Every value is data: nothing in it is read as a command or as markup, whoever wrote it. Texts are plain, or a row of
``Run``s where some words are strong or lead somewhere; Markdown of ours comes through ``markdown.blocks``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guichet.kernel.bilingual import known


@dataclass(frozen=True)
class Run:
    """Words in one line of text. ``address``: where they lead, an absolute address or "#" and an anchor of the
    document; an anchor that is not there leads nowhere.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""


Words = str | Sequence[Run]


@dataclass(frozen=True)
class Heading:
    """A heading, and a bookmark. ``level`` 1 is the highest below the title; none is left out on the way down."""

    level: int
    words: Words
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """``tone``: "" is the text itself; "lead" opens a document, "small" stands back, "label" stays by what follows."""

    words: Words
    tone: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Items:
    """A list; each item holds blocks. ``start`` numbers the items from there; None: not numbered. ``columns`` beside
    each other on the page, for many short items.
    """

    items: Sequence[Sequence["Block"]]
    start: int | None = None
    columns: int = 1


@dataclass(frozen=True)
class Pairs:
    """Terms and what is said of each, as "Number" and "CXS-2026-00012-K"; a value holds blocks."""

    pairs: Sequence[tuple[Words, Sequence["Block"]]]


@dataclass(frozen=True)
class Table:
    """Rows under a header that is repeated on every page. Columns whose index is in ``numeric`` stand to the right."""

    header: Sequence[Words]
    rows: Sequence[Sequence[Words]]
    numeric: Sequence[int] = ()


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG), and the same in words for who does not see it; ``width`` in millimetres."""

    svg: str
    words: str
    width: int = 40


@dataclass(frozen=True)
class Contents:
    """A table of the headings of the first two levels, with the pages on which they stand."""


Block = Heading | Paragraph | Items | Pairs | Table | Picture | Contents


@dataclass(frozen=True)
class Document:
    """``source`` stands small at the top of every page: whose document it is."""

    title: str
    language: str
    blocks: Sequence[Block]
    source: str = ""


def plain(document: Document) -> dict[str, Any]:
    """The document in JSON types, as the template reads it. Raises ValueError for an unknown language."""
    anchors = {block.anchor for block in _all(document.blocks) if isinstance(block, Heading | Paragraph)}
    return {
        "title": document.title,
        "language": known(document.language),
        "source": document.source,
        "blocks": [_block(block, anchors) for block in document.blocks],
    }


def _all(blocks: Sequence[Block]) -> list[Block]:
    """Every block, those inside lists and pairs too."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        inner = block.items if isinstance(block, Items) else [own for _term, own in _pairs(block)]
        for part in inner:
            found += _all(part)
    return found


def _pairs(block: Block) -> Sequence[tuple[Words, Sequence[Block]]]:
    return block.pairs if isinstance(block, Pairs) else ()


def _block(block: Block, anchors: set[str]) -> dict[str, Any]:
    """One block; ``kind`` names its function in the template."""
    match block:
        case Heading():
            return _words(block, anchors) | {"kind": "title", "level": block.level}
        case Paragraph():
            return _words(block, anchors) | {"kind": "paragraph", "tone": block.tone}
        case Items():
            items = [[_block(own, anchors) for own in item] for item in block.items]
            return {"kind": "items", "start": block.start, "columns": block.columns, "items": items}
        case Pairs():
            pairs = [[_runs(term, anchors), [_block(own, anchors) for own in value]] for term, value in block.pairs]
            return {"kind": "pairs", "pairs": pairs}
        case Table():
            rows = [[_runs(cell, anchors) for cell in row] for row in block.rows]
            header = [_runs(cell, anchors) for cell in block.header]
            return {"kind": "table", "header": header, "rows": rows, "numeric": list(block.numeric)}
        case Picture():
            return {"kind": "picture", "svg": block.svg, "words": block.words, "width": block.width}
        case Contents():
            return {"kind": "contents"}


def _words(block: Heading | Paragraph, anchors: set[str]) -> dict[str, Any]:
    return {"runs": _runs(block.words, anchors), "anchor": block.anchor}


def _runs(words: Words, anchors: set[str]) -> list[dict[str, Any]]:
    runs = [Run(words)] if isinstance(words, str) else words
    return [
        {"text": run.text, "strong": run.strong, "emphasis": run.emphasis, **_target(run.address, anchors)}
        for run in runs
        if run.text
    ]


def _target(address: str, anchors: set[str]) -> dict[str, str]:
    """Where a run leads: outside (http, https, mailto), to an anchor of this document, or nowhere."""
    if address.startswith("#") and address[1:] in anchors:
        return {"address": "", "anchor": address[1:]}
    outside = address.startswith(("https://", "http://", "mailto:"))
    return {"address": address if outside else "", "anchor": ""}
