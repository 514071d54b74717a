"""Making a PDF file of a document: tagged, with its language, title and bookmarks, as PDF/UA-1 asks.

The compiler refuses what is not PDF/UA-1. The same document gives the same bytes.
"""

import json
import logging
import re
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from guichet.files import documents
from guichet.files.documents import Document

TEMPLATE = Path(__file__).parent / "document.typ"
STANDARD: Final = "ua-1"
# Both come as they are in their packages: Lato has its weights as files of their own, which the compiler needs; what
# it has no sign for, Noto Sans may have.
FACES = ("fontpkg_lato", "fontpkg_noto_sans")
_NOT_STANDARD = "PDF/UA-1 error"
# Line ends and tabs stay; other controls, and marks that turn the direction of the text around them, do not.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff0-\uffff\ue000-\uf8ff]")
_log = logging.getLogger(__name__)


def make(document: Document) -> bytes:
    """The file. A character that no face has a sign for is given by its number, as in "[U+4E2D]".

    Should the compiler refuse the standard all the same, the file is made without it, and that is logged: a receipt
    must never wait for a sign. Raises ``typst.TypstError`` for a mistake of ours, and ValueError for an unknown
    language or a heading that leaves out a level.
    """
    content = _tidied(documents.plain(document))
    try:
        return _compiled(content)
    except typst.TypstError as error:
        if not error.message.startswith(_NOT_STANDARD):
            raise
    spelled = _spelled(content)
    try:
        return _compiled(spelled)
    except typst.TypstError as error:
        _log.error("a PDF is made without %s: %s", STANDARD, error.message)
        return _compiled(spelled, standard=False)


def recipe() -> list[str]:
    """What decides the bytes besides the document: changed, the same document gives another file."""
    return [version("typst"), TEMPLATE.read_text(encoding="utf-8"), STANDARD]


def _compiled(content: Any, *, standard: bool = True) -> bytes:
    made: bytes = typst.compile(
        _template(),
        sys_inputs={"document": json.dumps(content)},
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=[STANDARD] if standard else [],
        timestamp=0,
    )
    return made


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = [str(files(package).joinpath("files")) for package in FACES]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    """Every character that one of the faces has a sign for."""
    # Imported here: it is needed once in a long while.
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for package, name in zip(FACES, ("Lato-Regular.ttf", "NotoSans[wdth,wght].ttf"), strict=True):
        with TTFont(str(files(package).joinpath("files", name)), lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def _tidied(content: Any) -> Any:
    return _mapped(content, lambda text: _UNWANTED.sub("", unicodedata.normalize("NFC", text)))


def _spelled(content: Any) -> Any:
    """Every character without a sign by its number."""
    signs = _signs() | {ord("\n"), ord("\t")}

    def spell(text: str) -> str:
        return "".join(sign if ord(sign) in signs else f"[U+{ord(sign):04X}]" for sign in text)

    return _mapped(content, spell)


def _mapped(content: Any, change: Any) -> Any:
    """``content`` with every text in it changed; the names of its parts stay."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, list):
        return [_mapped(part, change) for part in content]
    if isinstance(content, dict):
        return {name: _mapped(part, change) for name, part in content.items()}
    return content
