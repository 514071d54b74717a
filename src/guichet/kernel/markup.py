"""The small Markdown of program texts, help pages and letters: to HTML that is safe to place, and to plain text."""

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = frozenset(
    (
        *("p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    )
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_OTHER_HOST = re.compile(r"[\s\x00-\x1f]*[/\\][\s\x00-\x1f]*[/\\]")
_SCHEMES = frozenset({"http", "https", "mailto"})


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "code", "fence"])


def to_html(markdown: str) -> SafeString:
    """Safe HTML: paragraphs, headings (h2 to h4), lists, emphasis, tables, links to http(s), mailto or this site."""
    tokens = _parser().parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            # The page owns h1; below h4 no stylesheet goes.
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
    return clean(_parser().renderer.render(tokens, _parser().options, {}))


def tokens(markdown: str) -> list[Token]:
    """What the parser makes of a text, for who writes it out in another way."""
    return list(_parser().parse(markdown))


def clean(html: str) -> SafeString:
    """``html`` reduced to what ``to_html`` can make. For HTML from anywhere else."""
    cleaned = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        link_rel=None,
        attribute_filter=_own_host_or_scheme,
    )
    return mark_safe(cleaned)  # noqa: S308 -- nh3 has just reduced it to the tags above


def _own_host_or_scheme(tag: str, attribute: str, value: str) -> str | None:
    """Drop "//host/…" and "/\\host/…": they look like addresses of this site and are not."""
    return None if attribute == "href" and _OTHER_HOST.match(value) else value


def to_text(markdown: str) -> str:
    """The same text without marks: a blank line between blocks, "- " before items, "label (address)" for links."""
    writer = _PlainWriter()
    for token in _parser().parse(markdown):
        writer.take(token)
    return "\n".join(writer.lines).strip("\n")


class _PlainWriter:
    """Writes the parser's tokens as plain lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._lists: list[int | None] = []  # one entry per open list: the next number, or None for bullets
        self._prefix = ""
        self._row: list[str] | None = None

    def take(self, token: Token) -> None:
        if token.type == "inline":
            self._block(inline_text(token.children or []))
        elif token.type == "hr":
            self.lines += ["---", ""]
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered = token.type == "ordered_list_open"
            self._lists.append(int(token.attrGet("start") or 1) if ordered else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            self._blank()
        elif token.type == "list_item_open":
            self._item()
        elif token.type == "tr_open":
            self._row = []
        elif token.type == "tr_close":
            self.lines.append(" | ".join(self._row or []))
            self._row = None
        elif token.type in ("paragraph_close", "heading_close", "table_close") and not self._lists:
            self._blank()

    def _item(self) -> None:
        number = self._lists[-1]
        indent = "  " * (len(self._lists) - 1)
        if number is None:
            self._prefix = f"{indent}- "
        else:
            self._prefix = f"{indent}{number}. "
            self._lists[-1] = number + 1

    def _block(self, text: str) -> None:
        if self._row is not None:
            self._row.append(text)
            return
        first, *rest = text.split("\n")
        self.lines.append(self._prefix + first)
        self._prefix = " " * len(self._prefix)
        self.lines.extend(self._prefix + line for line in rest)
        if not self._lists:
            self._prefix = ""

    def _blank(self) -> None:
        self._prefix = ""
        if self.lines and self.lines[-1]:
            self.lines.append("")


def inline_text(children: list[Token]) -> str:
    """The text of one run of inline tokens."""
    parts: list[str] = []
    links: list[tuple[int, str]] = []
    for token in children:
        if token.type == "link_open":
            links.append((len(parts), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, address = links.pop()
            shown = address.removeprefix("mailto:")
            if "".join(parts[start:]) != shown:
                parts.append(f" ({shown})")
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" " if token.type == "softbreak" else "\n")
        else:
            parts.append(token.content)
    return "".join(parts)
