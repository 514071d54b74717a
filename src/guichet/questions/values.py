"""What is common to all answers: unreadable values, cleaning, lengths.

A value is the canonical JSON of its field type, ``None`` when blank, or ``{"unreadable": "what was typed"}``.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

# Canonical JSON: None, bool, int, str, list and dict of these (no floats: amounts are text).
JSON: TypeAlias = Any
# What a browser sent for one question: text, a list of texts, or JSON from a program.
Raw: TypeAlias = Any
# A value as rules compare it.
Operand: TypeAlias = Decimal | date | bool | str | frozenset[str]

# No single answer is longer, whatever its question allows: what is beyond is a mistake or an attack.
VALUE_LIMIT = 100_000

# Control characters cannot be stored or shown; tab and line feed are text. Lone surrogates are not Unicode.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029")


class Post(Protocol):
    """The part of Django's QueryDict that reading a form needs."""

    def getlist(self, key: str, /) -> list[Any]: ...

    def __contains__(self, key: object, /) -> bool: ...


@dataclass(frozen=True)
class Unreadable:
    """What was typed, when it cannot be read as a value of its type. Kept, and shown back as it is."""

    text: str

    def as_value(self) -> JSON:
        """The form in which it is stored."""
        return {"unreadable": self.text}


def unreadable_text(value: JSON) -> str | None:
    """What was typed, if ``value`` is an unreadable one; else None."""
    if isinstance(value, dict) and set(value) == {"unreadable"}:
        return str(value["unreadable"])
    return None


def text_of(raw: Raw) -> str:
    """``raw`` as text: composed (NFC), line ends as one line feed, without control characters. Lists become lines.

    Composed, so that é is one character whichever keyboard wrote it, and equal texts compare equal.
    """
    if raw is None:
        return ""
    if isinstance(raw, list | tuple):
        return "\n".join(text_of(item) for item in raw)
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", str(raw))))


def line_of(raw: Raw) -> str:
    """``raw`` as one tidy line: outer spaces dropped, line ends and tabs as spaces."""
    return re.sub(r"[\n\t]+", " ", text_of(raw)).strip()


def length(text: str) -> int:
    """How many characters a text has: Unicode code points of the composed text, a line end as one.

    The one definition, which a browser can count alike (static/js/count.js): an emoji or a letter with its accent is
    one; an emoji joined of several, a flag among them, is as many as it is joined of.
    """
    return len(text)
