"""The pages that the tests of one run received: what the checks at the end of the run read, and what axe looks at.

The one client of the tests and the browser journeys put them here. Only the first page of each kind is kept: of each
*shape* (the elements and what they are, in their order) for the validator, of each *view* (the address, the language,
the status, and the set of elements, however many times they stand there) for the browser.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import Resolver404, resolve
from django.utils import translation

TAG = re.compile(r"<([a-z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([a-z][\w-]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|\S+))?")
TELLING = ("type", "role", "autocomplete", "scope", "class")
OF_A_VIEW = ("type", "role", "class")
LANGUAGE = re.compile(r"<html lang=\"(\w+)\"")


@dataclass(frozen=True)
class Page:
    """One page as it was received. ``headers`` are empty when a browser had it."""

    path: str
    status: int
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        """``en`` or ``fr``, as the page itself says."""
        found = LANGUAGE.search(self.html)
        return found[1] if found else ""

    @cached_property
    def address(self) -> str:
        """The name of its address; of an address that does not exist, nothing."""
        with translation.override(self.language or "en"):
            try:
                return resolve(self.path).view_name
            except Resolver404:
                return ""

    @cached_property
    def _elements(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [(tag, ATTRIBUTE.findall(rest)) for tag, rest in TAG.findall(self.html)]

    @cached_property
    def shape(self) -> str:
        """A digest of the elements in their order; words, ids and addresses do not count."""
        return _digest(
            tag + "".join(f" {name}={value if name in TELLING else ''}" for name, value in named)
            for tag, named in self._elements
        )

    @cached_property
    def view(self) -> str:
        """A digest of the address, the language, the status, and which elements there are; refusals have no address."""
        kinds = {
            tag + "".join(f" {name}={value}" for name, value in named if name in OF_A_VIEW)
            for tag, named in self._elements
        }
        address = self.address if self.status in (200, 409, 422) else ""
        return _digest([address, self.language, str(self.status), *sorted(kinds)])

    @property
    def name(self) -> str:
        """A name for a file: the address without ids, the status, the shape."""
        path = re.sub(r"[\w-]{22,}", "_", self.path.strip("/")).replace("/", "-") or "root"
        return f"{path}.{self.status}.{self.shape}"


_shapes: dict[str, Page] = {}
_views: dict[str, Page] = {}
_texts: set[bytes] = set()


def note(page: Page) -> None:
    """Keep the page when it is the first of its shape or view."""
    text = hashlib.sha256(re.sub(r"[\w-]{22,}", "", page.html).encode()).digest()
    if text not in _texts:  # most answers of a run are pages that it has seen
        _texts.add(text)
        _shapes.setdefault(page.shape, page)
        _views.setdefault(page.view, page)


def shapes() -> list[Page]:
    """One page of every shape, in the order in which they came."""
    return list(_shapes.values())


def views() -> list[Page]:
    """One page of every view."""
    return list(_views.values())


def _digest(parts: object) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]  # type: ignore[call-overload]
