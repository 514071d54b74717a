"""Lists that every program shares: countries, provinces, industries, goods. Both languages, from data.

``naics`` and ``hs`` ship with their upper levels. The full lists of their publishers are imported into a room above
(``classifications``), which hands them over with ``provide``: the questions themselves read no table.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guichet.kernel.bilingual import Text
from guichet.questions.finding import Finder
from guichet.questions.lists import goods, industries


def level(code: str) -> int:
    """How many digits a code has; a sector that is a range ("31-33") has two."""
    return len(code.partition("-")[0])


@dataclass(frozen=True)
class CodeList:
    """Codes with their titles, in the order of their publisher; ``former`` has those of earlier versions only."""

    titles: Mapping[str, Text]
    former: Mapping[str, Text] = field(default_factory=dict)
    _parts: dict[frozenset[int], "Part"] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The numbers of digits that the list knows, the most first."""
        return tuple(sorted({level(code) for code in self.titles}, reverse=True))

    @cached_property
    def _starts(self) -> Mapping[str, str]:
        """Codes by the digits that lead to them: 31, 32 and 33 lead to "31-33"."""
        starts = {}
        for code in self.titles:
            first, _, last = code.partition("-")
            for number in range(int(first), int(last or first) + 1) if last else ():
                starts[str(number)] = code
            starts[code] = code
        return starts

    def known(self, code: str) -> str | None:
        """The code, or as many of its first digits as the list goes down to; None when the list lacks these."""
        if code in self.titles:
            return code
        deepest = next((digits for digits in self.levels if digits <= level(code)), None)
        return self._starts.get(code[:deepest]) if deepest else None

    def part(self, levels: frozenset[int]) -> "Part":
        """The codes of these numbers of digits."""
        if levels not in self._parts:
            self._parts[levels] = Part({code: text for code, text in self.titles.items() if level(code) in levels})
        return self._parts[levels]


@dataclass(frozen=True)
class Part:
    """Some levels of a list."""

    titles: Mapping[str, Text]

    @cached_property
    def finder(self) -> Finder:
        """Looks for codes and titles among them."""
        return Finder(self.titles)


_shipped = {
    "naics": CodeList(industries.labels()),
    "hs": CodeList(goods.labels()),
}
# How the codes of a list are written, where there is more to it than their digits.
_written: Mapping[str, Callable[[str], str]] = {"hs": goods.dotted}
_sources: list[Callable[[str], CodeList | None]] = []


def names() -> list[str]:
    """The lists that there are."""
    return list(_shipped)


def provide(source: Callable[[str], CodeList | None]) -> None:
    """Let ``source(name)`` give the imported list; None where nothing was imported."""
    _sources[:] = [source]


def current(name: str) -> CodeList:
    """The list as it was imported last, or the upper levels that ship. Raises KeyError for an unknown name."""
    shipped = _shipped[name]
    for source in _sources:
        found = source(name)
        if found is not None:
            return found
    return shipped


def written(name: str, code: str) -> str:
    """A code of a list as people write it."""
    return _written.get(name, str)(code)


def line(name: str, code: str, language: str) -> str:
    """``541 Professional, scientific and technical services``; a code beyond the list with what leads to it."""
    codes = current(name)
    title = codes.titles.get(code) or codes.former.get(code)
    if title:
        return f"{written(name, code)} {title.in_(language)}"
    known = codes.known(code)
    if known is None:
        return written(name, code)
    return f"{written(name, code)} ({written(name, known)} {codes.titles[known].in_(language)})"


def suggestions(name: str, levels: frozenset[int], text: str, language: str, limit: int) -> list[str]:
    """Lines of the codes with these numbers of digits that a text may mean. Raises KeyError for an unknown list."""
    found = current(name).part(levels).finder.search(_digits(text), limit)
    return [line(name, code, language) for code in found]


def _digits(text: str) -> str:
    """A code without what separates its digits; other texts as they are."""
    return re.sub(r"(?<=\d)[.\s](?=\d)", "", text) if re.fullmatch(r"[\d.\s]+", text, re.ASCII) else text
