"""Reading a file that comes back: of the whole document two pieces of JSON, and nothing else of it is looked at."""

import json
import re
from html.parser import HTMLParser
from typing import Any

from guichet.applications import takeaway
from guichet.applications.errors import NotATakenFile
from guichet.applications.takeaway import Brought
from guichet.kernel.bilingual import LANGUAGES
from guichet.web.applicant.offline import NOTE, TYPED

MOST_PIECES = 20_000  # fields, rows and copies that are read: many times what any form has
MOST_STRAYS = 1000  # texts between the pieces; there is one, a line end
BEFORE = 40  # signs from the beginning of the element to its id, at most
_COPY = re.compile("[0-9a-f]{16}")


class _Enough(Exception):
    """Both pieces are found, or it is no file of ours: the rest of it is not looked at."""


class _Pieces(HTMLParser):
    """Finds the two pieces of JSON; only one that is closed counts. Raises _Enough."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, str] = {}
        self._open = ""
        self._strays = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = (dict(attrs).get("id") or "") if tag == "script" else ""
        self._text = []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)
            return
        self._strays += 1
        if self._strays > MOST_STRAYS:
            raise _Enough

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == "script":
            self.found[self._open] = "".join(self._text)
        self._open = ""
        if {NOTE, TYPED} <= set(self.found):
            raise _Enough


def pieces(document: bytes) -> tuple[str, str]:
    """The note and what was typed, as JSON texts. Raises NotATakenFile."""
    reader = _Pieces()
    try:
        text = document.decode("utf-8-sig")
        # What stands before is the page, which a parser would spend its time on.
        reader.feed(text[text.index("<script", max(text.index(f'id="{NOTE}"') - BEFORE, 0)) :])
    except _Enough:
        pass
    except (ValueError, AssertionError) as error:
        raise NotATakenFile() from error
    try:
        note, typed = json.loads(reader.found[NOTE]), reader.found[TYPED]
    except (KeyError, ValueError, RecursionError) as error:
        raise NotATakenFile() from error
    if not isinstance(note, str):
        raise NotATakenFile()
    return note, typed


def brought(note: str, typed: str, application: Any) -> Brought:
    """A file that came back. Raises NotATakenFile, FileAltered, FileOfAnother."""
    given = takeaway.given(note, application)
    try:
        read = json.loads(typed)
        copies, fields, removed = read["copies"], read["fields"], read["removed"]
        pairs = {language: [(name, text) for name, text in fields.get(language, [])] for language in LANGUAGES}
        texts = [text for found in pairs.values() for pair in found for text in pair] + [*copies, *removed]
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotATakenFile() from error
    if not all(isinstance(text, str) for text in texts) or len(texts) > MOST_PIECES:
        raise NotATakenFile()
    if not all(_COPY.fullmatch(copy) for copy in copies):
        raise NotATakenFile()
    return Brought(given, tuple(copies), pairs, tuple(removed))
