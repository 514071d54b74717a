"""From a folder of text to an edition, or to the list of everything that is wrong with it.

An edition is a folder of YAML files; program.yaml stands one folder up; the folders' names are the keys. The JSON
document that is published is what was written (with quotes filled), not what the code made of it, so that a later
version of the engine still finds the same hash.
"""

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from guichet.kernel.bilingual import LANGUAGES
from guichet.kernel.canonical import sha256
from guichet.programs import quoting
from guichet.programs.checks import check
from guichet.programs.definitions import EditionDefinition
from guichet.programs.errors import Fault, PackageFaults
from guichet.programs.faults import sentences
from guichet.programs.reading import Place, Source, Steps, read

# file name -> (where its data goes in the document, the one key that wraps it in the file)
FILES: dict[str, tuple[str, str]] = {
    "calendar.yaml": ("calendar", ""),
    "profile.yaml": ("profile", ""),
    "eligibility.yaml": ("criteria", "criteria"),
    "account-profile.yaml": ("account_profile", ""),
    "application.yaml": ("application", ""),
    "attestations.yaml": ("attestations", "attestations"),
    "letters.yaml": ("letters", "letters"),
    "help.yaml": ("help", "pages"),
    "page.yaml": ("page", ""),
}
EDITION = "edition.yaml"
PROGRAM = "program.yaml"
# Texts that are filled when a letter is written, not here.
_NOT_QUOTED = ("letters",)


@dataclass(frozen=True)
class Loaded:
    """A sound package: what its program.yaml and its edition say as JSON, with their SHA-256, and typed."""

    definition: EditionDefinition
    program_document: dict[str, Any]
    document: dict[str, Any]
    program_hash: str
    hash: str


def load(folder: Path) -> Loaded:
    """Read and check the package in ``folder`` (an edition; its program.yaml stands one folder up).

    Raises PackageFaults with every fault found. Reads no file outside the two folders.
    """
    package = _Package(folder)
    package.read()
    package.fill_quotes()
    definition = package.validate()
    return Loaded(
        definition=definition,
        program_document=package.program,
        document=package.document,
        program_hash=sha256(package.program),
        hash=sha256(package.document),
    )


def compose(program: dict[str, Any], document: dict[str, Any]) -> EditionDefinition:
    """The definition of a published edition, from its two documents. Raises pydantic.ValidationError."""
    return EditionDefinition.model_validate({**document, "program": program})


class _Package:
    """One package on its way in: its documents, and where each part of them was written.

    ``sources`` are keyed by where their data goes in the document; edition.yaml, whose keys stand at its top, by "".
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.program: dict[str, Any] = {}
        self.document: dict[str, Any] = {}
        self.sources: dict[str, Source] = {}
        self.faults: list[Fault] = []

    # -- reading --------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read every file into the documents; note files that are missing, unknown or elsewhere."""
        if not self.folder.is_dir():
            raise PackageFaults([Fault(str(self.folder), 1, 1, "there is no such folder")])
        for entry in sorted(self.folder.iterdir()):
            if entry.name not in (*FILES, EDITION, "README.md"):
                message = f"unknown file; an edition has {EDITION}, {', '.join(FILES)}"
                self.faults.append(Fault(self._name(entry.name), 1, 1, message))
        self.program = self._mapping(self.folder.parent / PROGRAM, f"{self.folder.parent.name}/{PROGRAM}", "program")
        self.program["key"] = self.folder.parent.name
        self.document = self._mapping(self.folder / EDITION, self._name(EDITION), "")
        self._refuse_keys("", self.document, {"key", "program", *(target for target, _wrapper in FILES.values())})
        self.document["key"] = self.folder.name
        for name, (target, wrapper) in FILES.items():
            data = self._mapping(self.folder / name, self._name(name), target)
            if self.sources[target].data is not None:
                self.document[target] = self._unwrap(data, target, wrapper) if wrapper else data

    def _mapping(self, path: Path, name: str, target: str) -> dict[str, Any]:
        source = self.sources[target] = _read_plain(path, name)
        self.faults.extend(source.faults)
        return source.data or {}

    def _unwrap(self, data: dict[str, Any], target: str, wrapper: str) -> Any:
        self._refuse_keys(target, data, set(data) - {wrapper})
        if wrapper not in data:
            self._note(self.sources[target], (1, 1), f"the key {wrapper!r} is missing")
        return data.get(wrapper)

    def _refuse_keys(self, target: str, data: dict[str, Any], refused: set[str]) -> None:
        source = self.sources[target]
        for key in refused & set(data):
            self._note(source, source.place((key,), key=True), f"{key!r} does not belong in this file")

    # -- quotes ---------------------------------------------------------------------------------------------------
    def fill_quotes(self) -> None:
        """Fill what options and texts take from edition.yaml; note what cannot be, or differs between languages."""
        numbers = self.document.get("numbers")
        for steps, message in quoting.refer(self.document, numbers if isinstance(numbers, dict) else {}):
            self.fault_at(steps, message)
        edition = copy.deepcopy(self.document)
        for steps, pair in quoting.texts(self.document):
            if steps[0] in _NOT_QUOTED:
                continue
            if len(pair) == len(LANGUAGES) and len({tuple(quoting.quotes(text)) for text in pair.values()}) > 1:
                self.fault_at(steps, "the two languages do not quote the same figures")
            for language, text in pair.items():
                try:
                    pair[language] = quoting.fill(text, language, edition)
                except quoting.BadQuote as error:
                    self.fault_at((*steps, language), str(error))

    # -- validation -----------------------------------------------------------------------------------------------
    def validate(self) -> EditionDefinition:
        """The typed edition. Raises PackageFaults."""
        unreadable = {target for target, source in self.sources.items() if source.data is None}
        if unreadable & {"", "program"}:
            raise PackageFaults(self.faults)
        places = {(fault.file, fault.line, fault.column) for fault in self.faults}
        definition = None
        try:
            definition = compose(self.program, self.document)
        except ValidationError as error:
            for steps, message, on_key in sentences(error, {**self.document, "program": self.program}):
                source, place = self._place(steps, key=on_key)
                known = (source.file, *place) in places or message in {f"{name!r} is missing" for name in unreadable}
                if not known:  # a part that could not be read has been reported as such
                    self._note(source, place, message)
        if definition is not None:
            for steps, message in check(definition):
                self.fault_at(steps, message)
        if definition is None or self.faults:
            raise PackageFaults(self.faults)
        return definition

    # -- faults ---------------------------------------------------------------------------------------------------
    def fault_at(self, steps: Steps, message: str) -> None:
        """Note a fault at a place of the document, in the file where it was written."""
        source, place = self._place(steps)
        self._note(source, place, message)

    def _note(self, source: Source, place: Place, message: str) -> None:
        self.faults.append(Fault(source.file, *place, message))

    def _place(self, steps: Steps, *, key: bool = False) -> tuple[Source, Place]:
        target = str(steps[0]) if steps else ""
        if target not in self.sources:
            return self.sources[""], self.sources[""].place(steps, key=key)
        wrapper = next((wrapper for at, wrapper in FILES.values() if at == target), "")
        inside = (wrapper, *steps[1:]) if wrapper else steps[1:]
        return self.sources[target], self.sources[target].place(inside, key=key)

    def _name(self, name: str) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}/{name}"


def _read_plain(path: Path, name: str) -> Source:
    """Read a file that must be a plain one, in its own folder, and hold keys and values; else ``data`` is None."""
    source = Source(name)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        source.fault((1, 1), "this is not a plain file")
    elif not path.exists():
        source.fault((1, 1), "the file is missing")
    else:
        source = read(path, name)
        if not isinstance(source.data, dict):
            if not source.faults:
                source.fault((1, 1), "the file must hold keys and values")
            source.data = None
    return source
