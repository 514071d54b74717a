"""Whether both languages of a text still say the same: the record of what was last declared in step.

``translations.lock.yaml`` stands in the edition's folder and holds, for each bilingual text, a short hash of either
side as it was when a person declared that both say the same (``./guichet program translated DIR``). It is no part of
the edition: nothing of it is published or hashed. An edition without the file is not looked at.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from guichet.kernel.bilingual import LANGUAGES
from guichet.programs import quoting
from guichet.programs.reading import Source, Steps

FILE = "translations.lock.yaml"
_HEAD = (
    "# Made by ./guichet program translated: the two languages of each text when they were last declared to say the\n"
    "# same. Not part of the edition; never write in it by hand.\n"
)
_NAMES = {"en": "English", "fr": "French"}

# The way to a text by its keys, such as application/sections/project/title: a text keeps it when its neighbours move.
Pairs = dict[str, tuple[Steps, dict[str, str]]]


def pairs(document: Mapping[str, Any]) -> Pairs:
    """Every text of a document that is there in both languages: {its name: (way to it, {language: hash})}."""
    found: Pairs = {}
    for steps, pair in quoting.texts(document):
        if set(pair) == set(LANGUAGES):
            found[_name(document, steps)] = (steps, {language: _hash(pair[language]) for language in LANGUAGES})
    return found


def stale(now: Pairs, lock: Source) -> Iterator[tuple[Steps, str]]:
    """(way to the text to look at, sentence) for each text that is not as it was last declared in step."""
    declared = lock.data.get("texts") if isinstance(lock.data, dict) else None
    if not isinstance(declared, dict):
        if not lock.faults:
            lock.fault(
                (1, 1),
                f"this is no record of translations; remove {FILE}, then run ./guichet program translated with the"
                " folder of the edition",
            )
        return
    for name, (steps, hashes) in now.items():
        before = declared.get(name)
        if not isinstance(before, dict) or set(before) != set(LANGUAGES):
            yield (
                steps,
                "not declared yet: once both languages say the same, run ./guichet program translated with its folder",
            )
            continue
        changed = [language for language in LANGUAGES if hashes[language] != before[language]]
        if len(changed) == 1:
            (language,) = changed
            (other,) = set(LANGUAGES) - {language}
            yield (
                (*steps, other),
                f"the {_NAMES[language]} has changed and the {_NAMES[other]} has not: bring it up to date, then run"
                " ./guichet program translated with its folder",
            )
        elif changed:
            yield (
                steps,
                "both languages have changed: when they say the same, run ./guichet program translated with its folder",
            )


def declare(folder: Path, now: Pairs) -> list[str]:
    """Write that every text is in step; the names of those that were not, or were not there before."""
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = {name: f'  "{name}": {{en: "{pair["en"]}", fr: "{pair["fr"]}"}}' for name, (_, pair) in now.items()}
    path.write_text(f"{_HEAD}texts:\n" + "".join(f"{line}\n" for line in sorted(lines.values())), encoding="utf-8")
    known = set(before.splitlines())
    return sorted(name for name, line in lines.items() if line not in known)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _name(document: Any, steps: Steps) -> str:
    parts, at = list[str](), document
    for step in steps:
        at = at[step]
        named = (
            next((at[key] for key in ("key", "option") if isinstance(at.get(key), str)), "")
            if isinstance(at, dict)
            else ""
        )
        parts.append(named if isinstance(step, int) and named else str(step))
    return "/".join(parts)
