"""From a folder of text to an edition, or to the list of everything that is wrong with it.

An edition is a folder of YAML files; program.yaml stands one folder up; the folders' names are the keys. The JSON
document that is published is what was written (with quotes filled), not what the code made of it, so that a later
version of the engine still finds the same hash.
"""

import copy
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from guichet.kernel.bilingual import LANGUAGES
from guichet.kernel.canonical import sha256
from guichet.kernel.near import meant
from guichet.programs import quoting, translations
from guichet.programs.checks import check
from guichet.programs.definitions import EditionDefinition
from guichet.programs.errors import Fault, PackageFaults
from guichet.programs.faults import holds, sentences
from guichet.programs.reading import Place, Source, Steps, read
from guichet.programs.repeats import repeats
from guichet.programs.wording import text_faults

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
# What may stand in the folder without being part of what is published: notes, golden cases, declared translations.
CASES = "cases"
BESIDE = ("README.md", CASES, translations.FILE)
EDITION = "edition.yaml"
PROGRAM = "program.yaml"
# What the grammar says of keys given again, without saying where.
REPEATED = "more than once"
# A fault that names what does not exist: it is shown where that name stands.
_UNKNOWN = re.compile(r"\b(?:there is|has) no (\w+)(?: \w+)* '([^']+)'")
_WORDS = ("rule", "term")
# What is said of a rule that cannot hold; it says nothing where the rule itself is at fault.
_FOLLOWS = re.compile(r"is never (?:shown|required|chosen): |^nothing can satisfy|^nobody can meet")
# Texts of which a part is filled when a letter is written, and not here.
_LETTERS = "letters"


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
    package.look_at_texts()
    package.fill_quotes()
    definition = package.validate()
    return Loaded(
        definition=definition,
        program_document=package.program,
        document=package.document,
        program_hash=sha256(package.program),
        hash=sha256(package.document),
    )


def editions(folder: Path) -> list[Path]:
    """The editions in a folder: itself, its subfolders (a program), or theirs (all programs), by name."""
    if (folder / EDITION).is_file():
        return [folder]
    return sorted(found.parent for depth in ("*", "*/*") for found in folder.glob(f"{depth}/{EDITION}"))


def declare_translations(folder: Path) -> list[str]:
    """Declare both languages of every text in step; the names of those that were not. Raises PackageFaults.

    The package must have no other fault: what is not sound is not declared.
    """
    package = _Package(folder)
    package.read()
    now = translations.pairs(package.document)
    package.look_at_texts(staleness=False)
    package.fill_quotes()
    package.validate()
    return translations.declare(package.folder, now)


def compose(program: dict[str, Any], document: dict[str, Any]) -> EditionDefinition:
    """The definition of a published edition, from its two documents. Raises pydantic.ValidationError."""
    return EditionDefinition.model_validate({**document, "program": program})


def compose_sound(document: dict[str, Any], error: ValidationError) -> tuple[EditionDefinition, frozenset[str]]:
    """What is well-formed of a document that is not, and the names of the parts that it lacks: for looking further."""
    unsound = frozenset(str(detail["loc"][0]) for detail in error.errors() if detail["loc"])
    sound = {
        name: TypeAdapter(field.rebuild_annotation()).validate_python(document[name])
        for name, field in EditionDefinition.model_fields.items()
        if name in document and name not in unsound
    }
    return EditionDefinition.model_construct(**sound), unsound


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
        self.blameless: set[Steps] = set()  # options that refer to a number which is none: the number is to blame

    # -- reading --------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read every file into the documents; note files that are missing, unknown or elsewhere."""
        if not self.folder.is_dir():
            raise PackageFaults([Fault(str(self.folder), 1, 1, "there is no such folder")])
        for way in (self.folder.parent, self.folder):
            if way.is_symlink():
                name = str(way.relative_to(self.folder.parent.parent))
                raise PackageFaults([Fault(name, 1, 1, "this is a link to another folder; put the folder itself here")])
        for entry in sorted(self.folder.iterdir()):
            self._known(entry)
        self.program = self._mapping(self.folder.parent / PROGRAM, f"{self.folder.parent.name}/{PROGRAM}", "program")
        self.program["key"] = self.folder.parent.name
        self.document = self._mapping(self.folder / EDITION, self._name(EDITION), "")
        self._refuse_keys("", self.document, {"key", "program", *(target for target, _wrapper in FILES.values())})
        self.document["key"] = self.folder.name
        for name, (target, wrapper) in FILES.items():
            data = self._mapping(self.folder / name, self._name(name), target)
            if self.sources[target].data is not None:
                self.document[target] = self._unwrap(data, target, wrapper) if wrapper else data

    def _known(self, entry: Path) -> None:
        """Note an entry of the folder that has no place in an edition."""
        if entry.name in (*FILES, EDITION, "README.md", translations.FILE):
            return
        if entry.name == CASES and entry.is_dir() and not entry.is_symlink():
            return
        twin = f"{entry.stem.lower()}.yaml"
        if entry.name == CASES:
            message = "this must be a folder of its own, with the golden cases"
        elif twin in (*FILES, EDITION):
            message = (
                f"this stands beside {twin}; an edition has one file for each part: keep {twin}, and remove this one"
            )
        else:
            near = meant(entry.name, (*FILES, EDITION))
            message = f"unknown file{near}; remove it: an edition has {EDITION}, {', '.join(FILES)}"
        self.faults.append(Fault(self._name(entry.name), 1, 1, message))

    def _mapping(self, path: Path, name: str, target: str) -> dict[str, Any]:
        source = self.sources[target] = read_plain(path, name)
        self.faults.extend(source.faults)
        return source.data or {}

    def _unwrap(self, data: dict[str, Any], target: str, wrapper: str) -> Any:
        self._refuse_keys(target, data, set(data) - {wrapper}, {wrapper})
        if wrapper not in data:
            self._note(self.sources[target], (1, 1), f"the key {wrapper!r} is missing")
        return data.get(wrapper)

    def _refuse_keys(self, target: str, data: dict[str, Any], refused: set[str], known: Collection[str] = ()) -> None:
        source = self.sources[target]
        for key in refused & set(data):
            place = source.place((key,), key=True)
            self._note(source, place, f"{key!r} does not belong in this file{meant(key, known)}")

    @property
    def unreadable(self) -> set[str]:
        """The parts of which nothing could be read: nothing is said that follows from their absence."""
        return {target for target, source in self.sources.items() if source.data is None}

    # -- texts ----------------------------------------------------------------------------------------------------
    def look_at_texts(self, *, staleness: bool = True) -> None:
        """Note keys that are given again, texts that are not plain, and those whose two languages are not in step."""
        for way, key, first in repeats(self.document):
            source, place = self._place(first)
            where = f"line {place[0]} of {source.file.rsplit('/', 1)[-1]}"
            self.fault_at(
                way, f"the key {key!r} is given more than once; it stands on {where} already; write another one here"
            )
        for target, document in (("program", self.program), ("", self.document)):
            for steps, pair in quoting.texts(document):
                for language, text in pair.items():
                    for message in text_faults(text):
                        self.fault_at((*([target] if target else []), *steps, language), message)
        if not self.unreadable:  # else it may be used, or declared, in what could not be read
            for steps, message in quoting.unused(self.document):
                self.fault_at(steps, message)
        lock = self.folder / translations.FILE
        if staleness and (lock.exists() or lock.is_symlink()):
            source = read_plain(lock, self._name(translations.FILE))
            for steps, message in translations.stale(translations.pairs(self.document), source):
                self.fault_at(steps, message)
            self.faults.extend(source.faults)

    # -- quotes ---------------------------------------------------------------------------------------------------
    def fill_quotes(self) -> None:
        """Fill what options and texts take from edition.yaml; note what cannot be, or differs between languages."""
        if "" in self.unreadable:
            return
        numbers = self.document.get("numbers")
        numbers = numbers if isinstance(numbers, dict) else {}
        wrong = quoting.no_figures(numbers)
        self.blameless = {way for way, _at, name in quoting.references(self.document) if name in wrong}
        for steps, message in quoting.refer(self.document, numbers):
            self._note(*self._place(steps), message)  # where the grammar will miss a figure
        edition = copy.deepcopy(self.document)
        for steps, pair in quoting.texts(self.document):
            letter = steps[0] == _LETTERS
            quoted = {tuple(quoting.quotes(text, letter=letter)) for text in pair.values()}
            if len(pair) == len(LANGUAGES) and len(quoted) > 1:
                self.fault_at(steps, "the two languages do not quote the same figures")
            for language, text in pair.items():
                try:
                    pair[language] = quoting.fill(text, language, edition, letter=letter)
                except quoting.BadQuote as error:
                    self.fault_at((*steps, language), str(error))

    # -- validation -----------------------------------------------------------------------------------------------
    def validate(self) -> EditionDefinition:
        """The typed edition. Raises PackageFaults."""
        unreadable = self.unreadable
        if unreadable & {"", "program"}:
            raise PackageFaults(self.faults)
        places = {(fault.file, fault.line, fault.column) for fault in self.faults}
        unsound: frozenset[str] = frozenset()
        try:
            definition = compose(self.program, self.document)
        except ValidationError as error:
            whole = {**self.document, "program": self.program}
            for steps, message, on_key in sentences(error, whole, EditionDefinition):
                source, place = self._place(steps, key=True) if on_key else self._nearest(steps, message)
                known = (source.file, *place) in places or message in {f"{name!r} is missing" for name in unreadable}
                known = known or (REPEATED in message and any(REPEATED in fault.message for fault in self.faults))
                if not known and steps not in self.blameless:  # a part that could not be read has been reported as such
                    self._note(source, place, message)
            definition, unsound = compose_sound(whole, error)
        for steps, message in _causes(list(check(definition, unsound))):
            self.fault_at(steps, message)
        if self.faults:
            raise PackageFaults(self.faults)
        return definition

    # -- faults ---------------------------------------------------------------------------------------------------
    def fault_at(self, steps: Steps, message: str) -> None:
        """Note a fault at a place of the document, in the file where it was written."""
        self._note(*self._nearest(steps, message), message)

    def _nearest(self, steps: Steps, message: str) -> tuple[Source, Place]:
        """Where the name stands that is not known, within what is at fault (a rule of several lines)."""
        named = _UNKNOWN.search(message)
        if named is None:
            return self._place(steps)
        at: Any = {**self.document, "program": self.program}
        for step in steps:
            at = at[step] if holds(at, step) else None
        way = next(_ways_to(named[2], at, named[1]), ())
        return self._place((*steps, *way), key=bool(way) and named[1] in _WORDS)

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


def _causes(found: list[tuple[Steps, str]]) -> Iterator[tuple[Steps, str]]:
    """The faults without those that only follow: a rule that is not well written can of course never hold."""
    at_fault = {steps for steps, message in found if not _FOLLOWS.search(message)}
    yield from (each for each in found if not (_FOLLOWS.search(each[1]) and each[0] in at_fault))


def _ways_to(name: str, data: Any, what: str, steps: Steps = ()) -> Iterator[Steps]:
    """The ways to where ``name`` is written as that of a rule or term (a key), a number, an option, or a question."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if what in _WORDS:
            fits = key == name
        elif what == "option":
            fits = value == name and isinstance(key, int)
        else:
            fits = value == name and (key == "number") is (what == "number")
        if fits:
            yield (*steps, key)
        yield from _ways_to(name, value, what, (*steps, key))


def read_plain(path: Path, name: str) -> Source:
    """Read a file that must be a plain one, in its own folder, and hold keys and values; else ``data`` is None."""
    source = Source(name)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        source.fault((1, 1), "this is not a plain file; put the file itself here, not a link to another place")
    elif not path.exists():
        source.fault((1, 1), "the file is missing; copy it from another edition, and change what differs")
    else:
        source = read(path, name)
        if not isinstance(source.data, dict):
            if not source.faults:
                source.fault((1, 1), "the file must hold keys and values")
            source.data = None
    return source
