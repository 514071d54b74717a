"""What is wrong with a text, by the house's rules for Canadian English and French (no-break space = U+00A0)."""

import re
from collections.abc import Iterator
from typing import Any

NBSP = "\u00a0"

# Each with what is wrong where it is found.
FRENCH = [
    (re.compile(r"[ \u202f\u2009][:%$»]|«[ \u202f\u2009]"), "a no-break space belongs here, not another space"),
    (re.compile(r"[^\W\d_][:%$]|\d[%$]|[)\]*»}]:(?!/)"), "a no-break space is missing before this sign"),
    (re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"), "a no-break space is missing inside the quotation marks"),
    (re.compile(r"[\s\u00a0\u202f\u2009][;!?]"), "no space before ; ! ?"),
    (re.compile(r"\d[ \u202f\u2009]\d{3}\b"), "a no-break space belongs between groups of digits"),
    (re.compile(r"['\"]|\.\.\."), "straight apostrophe, straight quotation mark or three dots"),
    (re.compile(r"  |[\u202f\u2009]"), "a space of another kind, or two"),
    (
        re.compile(r"\b(?:A propos|A noter|Etat|Etape|Etes|Evaluation|Ecri\w+)\b"),
        "an accent is missing",
    ),
    (re.compile(r"\brencontr\w+ (?:les|tous les|aux|ces) crit", re.I), "satisfaire aux critères, not rencontrer"),
    (re.compile(r"\bcomplét(?:er|ez|é|ée|és|ées|ant)\b", re.I), "remplir, not compléter"),
    (re.compile(r"\bcourriels? électronique|\be-?mails?\b|\bmails?\b", re.I), "courriel"),
    (re.compile(r"\béligib", re.I), "admissible, admissibilité"),
    (re.compile(r"(?<!Nouvelle )\bapplications?\b", re.I), "demande, not application"),
    (re.compile(r"\b(?:uploader|digital\w*|weekend|week-end|feedback|deadline|éventuellement)\b", re.I), "a calque"),
    (re.compile(r"\b(?:au niveau de|en termes de|basé sur|adresser (?:un|le) problème)\b", re.I), "a calque"),
]
ENGLISH = [
    (re.compile(r"['\"]|\.\.\."), "straight apostrophe, straight quotation mark or three dots"),
    (re.compile(r"[\s\u00a0][:;!?%]|\$\s"), "no space here in English"),
    (re.compile(r"[«»]"), "English quotation marks are “ ”"),
    (re.compile(r"  |[\u00a0\u202f\u2009]"), "a space of another kind, or two"),
    (re.compile(r"\bprogrammes?\b|\borganis(?:e|ation)", re.I), "Canadian spelling: program, organization"),
]

# Addresses are not prose.
_ADDRESSES = re.compile(r"\]\([^)]*\)|https?://\S+|\S+@\S+")


def faults(text: str, language: str) -> Iterator[str]:
    """Each fault with the words around it."""
    prose = _ADDRESSES.sub("]", text)
    for pattern, wrong in FRENCH if language == "fr" else ENGLISH:
        for found in pattern.finditer(prose.replace("\n  ", "\n")):
            around = prose.replace("\n  ", "\n")[max(0, found.start() - 20) : found.end() + 20]
            yield f"{wrong}: …{around}…".replace(NBSP, "⍽")


def texts(document: Any, way: str = "") -> Iterator[tuple[str, str, str]]:
    """(way, language, text) for each half of each bilingual text of a document."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in ("en", "fr") and isinstance(value, str):
                yield way, key, value
            else:
                yield from texts(value, f"{way}.{key}".lstrip("."))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from texts(value, f"{way}.{index}")
