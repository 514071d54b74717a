"""The French of the interface: finds every text in code and templates, and keeps one .po file per area.

A text belongs to the lowest area of the house that uses it (docs/decisions/0005). No line numbers are kept, entries
are sorted, so that a change shows exactly the texts that changed. Needs neither gettext nor a database.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.utils.translation.template import templatize

from guichet.config import po

# From the ground up. The three audiences know nothing of each other: what two of them say belongs to "web".
AREAS = (
    *("kernel", "audit", "files", "mail", "answers", "questions", "programs", "accounts", "organizations"),
    *("eligibility", "applications", "web", "public", "applicant", "officer", "config"),
)
AUDIENCES = ("public", "applicant", "officer")
# Texts of the frameworks that we say otherwise (Canadian French); not extracted from our sources.
OVERRIDES = "framework"

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass
class Used:
    """A text found in the sources, and the areas that use it."""

    message: po.Message
    areas: set[str] = field(default_factory=set)

    @property
    def area(self) -> str:
        """The lowest of the areas, or "web" when only audiences share it."""
        if len(self.areas) > 1 and self.areas <= set(AUDIENCES):
            return "web"
        return min(self.areas, key=AREAS.index)


def area_of(path: Path) -> str:
    """The area of a source file given relative to the package: ``web/templates/public/home.html`` → public."""
    room = path.parts[0]
    if room != "web":
        return room if room in AREAS else "config"
    inside = path.parts[2] if len(path.parts) > 2 and path.parts[1] == "templates" else path.parts[1]
    if inside in ("account", "allauth"):
        return "public"
    return inside if inside in AUDIENCES else "web"


def _sources(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts and "texts" not in path.parts:
            yield path


def _texts(path: Path) -> Iterator[po.Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
    found: Iterable[Any] = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, arguments, _comments in found:
        texts = [arguments] if isinstance(arguments, str) else list(arguments)
        context = (texts.pop(0) or "") if function.startswith(("pgettext", "npgettext")) else ""
        plural = texts[1] if function.startswith(("ngettext", "npgettext")) else ""
        if texts[0]:
            yield po.Message(context, texts[0], plural)


def used(package: Path) -> dict[po.Key, Used]:
    """Every text of the package by its key, with the areas that use it."""
    result: dict[po.Key, Used] = {}
    for path in _sources(package):
        for message in _texts(path):
            entry = result.setdefault(message.key, Used(message))
            if message.plural:
                entry.message.plural = message.plural
            entry.areas.add(area_of(path.relative_to(package)))
    return result


def read_all(folder: Path) -> dict[str, list[po.Message]]:
    """The entries of every .po file of a language, by area."""
    return {path.stem: po.read(path) for path in sorted(folder.glob("*.po"))}


def update(package: Path, folder: Path, only: Iterable[str] = ()) -> list[str]:
    """Bring the .po files up to date, keeping every translation; returns the areas whose file changed.

    ``only`` restricts the writing to some areas; translations are found wherever they stand.
    """
    existing = read_all(folder)
    known = {message.key: message for messages in existing.values() for message in messages if message.translated}
    wanted: dict[str, list[po.Message]] = {area: [] for area in AREAS}
    for key, entry in used(package).items():
        wanted[entry.area].append(entry.message.with_translation(known.get(key)))
    chosen = tuple(only) or AREAS
    return [area for area in AREAS if area in chosen and po.write(folder / f"{area}.po", wanted[area])]


def faults(package: Path, folder: Path) -> list[str]:
    """What is wrong with the French catalogues, one sentence each; empty when all is well."""
    texts = used(package)
    found: list[str] = []
    seen: dict[po.Key, str] = {}
    for area, messages in read_all(folder).items():
        if area != OVERRIDES and area not in AREAS:
            found.append(f"{area}.po: no area has this name")
        for message in messages:
            entry, where = texts.get(message.key), f"{area}.po: {message.text!r}"
            if message.key in seen:
                found.append(f"{where} stands in {seen[message.key]}.po as well")
            seen[message.key] = area
            if area != OVERRIDES and entry is None:
                found.append(f"{where} is not used any more")
            elif entry is not None and entry.area != area:
                found.append(f"{where} belongs to {entry.area}.po")
            found.extend(f"{where} {fault}" for fault in message.faults(fewer=area == OVERRIDES))
    found.extend(f"{entry.area}.po: {key[1]!r} is missing" for key, entry in texts.items() if key not in seen)
    return sorted(found)


def main(arguments: list[str], package: Path) -> int:
    """The command: areas to write (all by default), or ``--check``. Prints, and returns the exit code."""
    areas, check = [name for name in arguments if name != "--check"], "--check" in arguments
    folder = package / "locale" / "fr"
    if unknown := set(areas) - set(AREAS):
        print(f"There is no area {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}.")
        return 2
    if not check:
        print(f"Changed: {', '.join(update(package, folder, areas)) or 'nothing'}.")
    concerned = tuple(f"{area}.po" for area in areas or (*AREAS, OVERRIDES))
    found = [fault for fault in faults(package, folder) if fault.startswith(concerned) or not areas]
    print("\n".join(found) or "The French catalogues are complete.")
    return 1 if found and check else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], Path(__file__).resolve().parents[1]))
