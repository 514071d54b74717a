"""Finding a code or a label that somebody typed, forgivingly, in lists of two languages."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from guichet.kernel.bilingual import LANGUAGES, Text

# Words this short never choose by their beginnings alone: "ma" is not Mali.
_TELLING = 4
# A longer text is no name of anything.
_LONGEST = 100
# In longer lists nobody looks for words that are only nearly right: it would take too long.
_NEAR_LIMIT = 2000


def fold(text: str) -> str:
    """Text for comparing and sorting: no accents, small letters, apostrophes alike (É sorts with E, Œ as OE)."""
    plain = text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'").replace("\u00a0", " ")
    return "".join(s for s in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(s)).casefold()


def words_of(text: str) -> str:
    """Folded words with single spaces between them, without punctuation: “Côte d’Ivoire” is “cote d ivoire”."""
    return " ".join(re.sub(r"[^\w]+|_", " ", fold(text)).split())


@dataclass(frozen=True)
class _Entry:
    key: str
    code: str
    names: tuple[str, ...]
    text: str  # all names, each after a space: what a search looks at first


def _entry(key: str, names: Iterable[str]) -> _Entry:
    folded = tuple(words_of(name) for name in names)
    return _Entry(key, words_of(key), folded, "".join(f" {name}\n" for name in folded))


class Finder:
    """Looks for texts among labelled keys. ``other`` gives further names of a key (“USA”)."""

    def __init__(self, labels: Mapping[str, Text], other: Mapping[str, Iterable[str]] | None = None) -> None:
        self._entries = [
            _entry(key, (*map(label.in_, LANGUAGES), *(other or {}).get(key, ()))) for key, label in labels.items()
        ]
        self._named: dict[str, list[str]] = {}
        for entry in self._entries:
            for name in dict.fromkeys((entry.code, *entry.names)):
                self._named.setdefault(name, []).append(entry.key)

    def called(self, text: str) -> list[str]:
        """The keys that have exactly this code or name, accents, capitals and punctuation aside."""
        return self._named.get(words_of(text), [])

    def meant(self, text: str) -> str | None:
        """The one key that a text means: by its name, or by the beginnings of its words when only one fits."""
        called, wanted = self.called(text), words_of(text)
        if len(called) == 1:
            return called[0]
        if called or max(map(len, wanted.split()), default=0) < _TELLING:
            return None
        found = self._by_words(wanted)
        return found[0] if len(found) == 1 else None

    def search(self, text: str, limit: int = 10) -> list[str]:
        """The keys that a text may mean, best first: names, beginnings, words, parts of words, nearly right names."""
        wanted = words_of(text[:_LONGEST])
        if not wanted:
            return []
        found = [*self.called(wanted), *self._by_words(wanted)]
        if not found:
            found = [entry.key for entry in self._entries if wanted in entry.text]
        if not found and len(wanted) >= _TELLING and len(self._entries) <= _NEAR_LIMIT:
            for name in get_close_matches(wanted, self._named, n=limit, cutoff=0.75):
                found += self._named[name]
        return list(dict.fromkeys(found))[:limit]

    def _by_words(self, wanted: str) -> list[str]:
        """The keys in one name of which every word of the text begins a word; whole beginnings first."""
        begin, inside = [], []
        words = [f" {word}" for word in wanted.split()]
        for entry in self._entries:
            if not all(word in entry.text for word in words) and not entry.code.startswith(wanted):
                continue
            if entry.code.startswith(wanted) or any(name.startswith(wanted) for name in entry.names):
                begin.append(entry.key)
            elif any(all(word in f" {name}" for word in words) for name in entry.names):
                inside.append(entry.key)
        return begin + inside
