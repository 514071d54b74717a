"""What the file types share."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from django.utils.translation import gettext
from pydantic import AfterValidator, Field

from guichet.files.kinds import KINDS
from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.kernel.near import meant
from guichet.questions.expressions import Kind
from guichet.questions.question import NotEmpty, Question
from guichet.questions.speech import said, say
from guichet.questions.values import JSON, Post, Raw

if TYPE_CHECKING:
    from guichet.questions.pages import Binder

_PARTS = {"file": str, "name": str, "size": int, "sha256": str}


def _known(kinds: tuple[str, ...]) -> tuple[str, ...]:
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        near = meant(unknown[0], sorted(KINDS))
        raise ValueError(f"there is no kind of file {', '.join(unknown)}{near}; known: {', '.join(sorted(KINDS))}")
    return kinds


def is_file(value: JSON) -> bool:
    """Whether ``value`` points at a stored file: {"file": public id, "name", "size", "sha256"}."""
    return (
        isinstance(value, dict)
        and set(value) == set(_PARTS)
        and all(isinstance(value[part], kind) and not isinstance(value[part], bool) for part, kind in _PARTS.items())
    )


def pretended(name: Any) -> JSON:
    """A file of a golden case: its name alone, for a file that nobody stored; anything else as it is."""
    if not isinstance(name, str):
        return name
    return {"file": re.sub(r"\W", "-", name, flags=re.ASCII), "name": name, "size": 1, "sha256": ""}


def _scanned(state: str, language: str) -> str:
    """What a reader is told of the scanner's word; nothing where the page does not know it."""
    words: dict[str, Callable[[str], str]] = {
        "not_scanned": lambda _: gettext("Not scanned for viruses yet"),
        "clean": lambda _: gettext("No virus found"),
        "infected": lambda _: gettext("A virus was found in this file: remove it"),
    }
    return said(words[state], language) if state in words else ""


class Uploaded(Question):
    """Files are stored by ``files``; the answer only points at them. A form post never carries an answer."""

    kind: ClassVar[Kind] = "rows"
    textual: ClassVar[bool] = False
    in_rows: ClassVar[bool] = False
    uploads: ClassVar[bool] = True

    kinds: Annotated[tuple[str, ...], NotEmpty, AfterValidator(_known)] = ("pdf",)
    max_bytes: int = Field(default=10_000_000, ge=1, le=50_000_000)  # one fits into settings.LARGEST_REQUEST

    def read(self, post: Post, name: str) -> Raw | None:
        """Nothing: an answer that a browser could write would point at any file."""
        return None

    def one(self, value: JSON, language: str) -> str:
        """``budget.pdf (1,2 Mo)``."""
        return f"{value['name']} ({formats.file_size(value['size'], language)})"

    def note(self, language: str) -> str:
        """Kinds and size."""
        extensions = ", ".join(f".{end}" for kind in self.kinds for end in KINDS[kind].extensions)
        figures = {"extensions": extensions, "size": formats.file_size(self.max_bytes, language)}
        return said(lambda _: self._accepted() % figures, language)

    def _accepted(self) -> str:
        if self.most == 1:
            return gettext("Accepted: %(extensions)s, up to %(size)s.")
        return gettext("Accepted: %(extensions)s, up to %(size)s each.")

    @property
    def most(self) -> int:
        """How many files it takes."""
        return 1

    def bound(self, value: JSON, language: str, binder: "Binder") -> dict[str, Any]:
        """The files there are, with their addresses, and what the browser's window offers."""
        stored = value if isinstance(value, list) else [value] if is_file(value) else []
        files = [
            {
                "id": item["file"],
                "text": self.one(item, language),
                "name": item["name"],
                "url": binder.file_url(item),
                "state": _scanned(binder.file_state(item), language),
            }
            for item in stored
        ]
        accept = ",".join(f".{end}" for kind in self.kinds for end in KINDS[kind].extensions)
        return {"files": files, "accept": accept}

    def missing(self) -> Text:
        """No file."""
        return say(lambda language: gettext("Attach a file."))

    def unreadable(self) -> Text:
        """Not a stored file."""
        return say(lambda language: gettext("This file is not available any more. Attach it again."))
