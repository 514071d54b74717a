"""Making a letter out of its text: ``<room>/texts/<name>.<language>.md``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from django.conf import settings

from guichet.kernel.bilingual import Text, known
from guichet.kernel.canonical import plain
from guichet.kernel.markup import clean, to_html, to_text

_HOUSE = Path(__file__).resolve().parents[1]
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# Stands for a placeholder while the Markdown is turned into HTML: letters only, so that nothing is done to it.
_MARK = re.compile(r"GUICHETVALUE([0-9A-F]+)EULAV")
_LONGEST_SUBJECT = 300
_SUBJECT_LINE = re.compile(r"[^:\n]{1,40}:[ \u00a0]*(?P<subject>[^\n]+)\n")
# Whatever could begin a new header, or a new line in some reader.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FOOTER = "_footer"


@dataclass(frozen=True)
class Composed:
    """A letter ready for the outbox. ``html`` is the body's content, safe to place in a page."""

    subject: str
    text: str
    html: str


class Markdown(str):
    """A value that is Markdown of ours (a list of criteria from the package), not a person's words."""

    __slots__ = ()


class UnknownPlaceholder(Exception):
    """A text has a {placeholder} for which no value was given; a mistake of ours, not of a person's."""


class NoSubject(Exception):
    """A letter's text does not begin with a line "Subject: …"."""


def compose(
    *, room: str, name: str, language: str, values: Mapping[str, object], override: Text | None = None
) -> Composed:
    """The letter ``name`` of ``room`` in ``language``, or ``override`` (a program's own text) in the same form.

    First line "Subject: …" / "Objet : …"; then Markdown; placeholders {name}. Values are untrusted: escaped in the
    HTML, one line in the subject; a value of type ``Markdown`` is taken as such. {portal}, {support} and {address} (of
    the portal) are always there.
    Raises UnknownPlaceholder, NoSubject, FileNotFoundError.
    """
    subject, body = split(override.in_(language) if override else read(room, name, language))
    filled = {**_standing(language), **{key: _words(value) for key, value in values.items()}}
    markdown = f"{body}\n\n{read('mail', _FOOTER, language)}"
    return Composed(
        subject=one_line(_fill(subject, filled)),
        text=_text(markdown, filled),
        html=_html(markdown, filled),
    )


def split(raw: str) -> tuple[str, str]:
    """The subject and the Markdown of a letter's text. Raises NoSubject."""
    match = _SUBJECT_LINE.match(raw.lstrip("\ufeff\n"))
    if match is None:
        raise NoSubject(raw[:60])
    return match["subject"].strip(), raw.lstrip("\ufeff\n")[match.end() :].strip()


def one_line(text: str) -> str:
    """``text`` without line breaks and other control characters, cut to what a subject may hold."""
    return _CONTROLS.sub(" ", text).strip()[:_LONGEST_SUBJECT]


def placeholders(raw: str) -> set[str]:
    """The names between braces in a text."""
    return set(_PLACEHOLDER.findall(raw))


def found() -> Iterator[tuple[str, str]]:
    """(room, name) of every letter that has a text in any language, in order."""
    paths = _HOUSE.glob("*/texts/*.md")
    yield from sorted({(path.parts[-3], path.name.split(".")[0]) for path in paths if path.name[0] != "_"})


@lru_cache(maxsize=256)
def read(room: str, name: str, language: str) -> str:
    """The text of a letter as it stands in its file. Raises FileNotFoundError."""
    return (_HOUSE / room / "texts" / f"{name}.{known(language)}.md").read_text(encoding="utf-8")


def _standing(language: str) -> dict[str, str]:
    return {
        "portal": settings.PORTAL_NAME[language],
        "support": settings.SUPPORT_EMAIL,
        "address": f"{settings.BASE_URL}/{language}/",
    }


def _words(value: object) -> str:
    return value if isinstance(value, Markdown) else str(plain(str(value)))


def _value(name: str, values: Mapping[str, str]) -> str:
    try:
        return values[name]
    except KeyError:
        raise UnknownPlaceholder(name) from None


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: _value(match[1], values), text)


def _marked(markdown: str, values: Mapping[str, str]) -> str:
    def mark(match: re.Match[str]) -> str:
        value = _value(match[1], values)
        return value if isinstance(value, Markdown) else f"GUICHETVALUE{match[1].encode().hex().upper()}EULAV"

    return _PLACEHOLDER.sub(mark, markdown)


def _unmarked(text: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(text before, value) for each mark, then (rest, "")."""
    end = 0
    for match in _MARK.finditer(text):
        yield text[end : match.start()], _value(bytes.fromhex(match[1]).decode(), values)
        end = match.end()
    yield text[end:], ""


def _html(markdown: str, values: Mapping[str, str]) -> str:
    """Values go in once the Markdown is HTML, escaped; what results is cleaned last, addresses of links included."""
    rendered = to_html(_marked(markdown, values))
    return clean("".join(before + _lines(escape(value)) for before, value in _unmarked(rendered, values)))


def _text(markdown: str, values: Mapping[str, str]) -> str:
    rendered = to_text(_marked(markdown, values))
    return "".join(before + value for before, value in _unmarked(rendered, values)).strip() + "\n"


def _lines(escaped: str) -> str:
    return escaped.replace("\r\n", "\n").replace("\n", "<br>")
