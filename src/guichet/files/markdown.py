"""The small Markdown of program texts as blocks of a document."""

from collections.abc import Iterator

from markdown_it.token import Token

from guichet.files.documents import Block, Heading, Items, Paragraph, Run, Table
from guichet.kernel import markup

_MARKS = {"strong_open": "strong", "em_open": "emphasis"}


def blocks(markdown: str, *, level: int = 3) -> list[Block]:
    """The blocks of a text; its headings stand at ``level``, whatever theirs. Rules and quotation marks fall away."""
    return list(_blocks(iter(markup.tokens(markdown)), "", level))


def _blocks(tokens: Iterator[Token], end: str, level: int) -> Iterator[Block]:
    """Blocks until the token ``end``."""
    for token in tokens:
        if token.type == end:
            return
        if token.type == "paragraph_open":
            yield Paragraph(_inline(tokens))
        elif token.type == "heading_open":
            yield Heading(level, _inline(tokens))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield _list(tokens, token, level)
        elif token.type == "table_open":
            yield _table(tokens)


def _list(tokens: Iterator[Token], opening: Token, level: int) -> Items:
    end, items = opening.type.replace("open", "close"), []
    for token in tokens:
        if token.type == end:
            break
        if token.type == "list_item_open":
            items.append(list(_blocks(tokens, "list_item_close", level)))
    start = int(opening.attrGet("start") or 1) if opening.type.startswith("ordered") else None
    return Items(items, start)


def _table(tokens: Iterator[Token]) -> Table:
    rows: list[list[tuple[Run, ...]]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token.children or []))
    return Table(rows[0], rows[1:])


def _inline(tokens: Iterator[Token]) -> tuple[Run, ...]:
    return _runs(next(tokens).children or [])


def _runs(children: list[Token]) -> tuple[Run, ...]:
    runs: list[Run] = []
    marks: list[tuple[str, str]] = []  # (mark, address)
    for token in children:
        if token.type.endswith("_close"):
            marks.pop()
        elif token.type.endswith("_open"):
            marks.append((_MARKS.get(token.type, "link"), str(token.attrGet("href") or "")))
        else:
            names = {mark for mark, _address in marks}
            address = next((address for _mark, address in reversed(marks) if address), "")
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            if text:
                runs.append(Run(text, "strong" in names, "emphasis" in names, address))
    return tuple(runs)
