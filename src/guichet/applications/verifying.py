"""Checks the record of an application. Vérifie le dossier d’une demande.

    python3 verify.py [CXS-2026-00001-K.zip]

It needs Python 3.11 or later, and nothing else: no network, no other file. Without a name it reads the folder in which
it lies. The record is submission.json, whose SHA-256 stands on the receipt and in the portal's own record, and the
files whose SHA-256 stand in submission.json. This program recomputes them all and says which part is not the same.

Il ne faut que Python 3.11 ou une version plus récente : ni réseau, ni autre fichier. Sans nom, le programme lit le
dossier où il se trouve. Il recalcule chaque empreinte SHA-256 et dit quelle partie n’est pas la même.

The portal's own verification page uses this very module, so that both say the same.
"""

import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

TEXT = "submission.json"
FOLDER = "files/"
# What a bundle holds for the reader's comfort; nothing of it is the record.
BESIDE = ("receipt.pdf", "verify.py", "README.txt", "LISEZ-MOI.txt")
SAME, CHANGED, MISSING, FOREIGN = "same", "changed", "missing", "foreign"

# Bounds of what is read into memory, and of how many parts are looked at: a record has some dozens.
LONGEST_TEXT = 16 * 1024 * 1024
MOST_PARTS = 1000
_PIECE = 64 * 1024
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


class NotARecord(Exception):
    """What was given is no bundle of this portal: no zip file, no submission.json in it, or one that cannot be read."""


@dataclass(frozen=True)
class Part:
    """One part of the record and its verdict: same, changed, missing or foreign (not of this record)."""

    name: str
    verdict: str


@dataclass(frozen=True)
class Findings:
    """``digest`` is the SHA-256 of submission.json as it was found; ``files`` is what was found of everything else."""

    reference: str
    digest: str
    files: tuple[Part, ...]

    @property
    def whole(self) -> bool:
        """Whether every file is there, the same, and nothing else is."""
        return all(part.verdict == SAME for part in self.files)


def names_of(document: dict[str, Any]) -> list[str]:
    """Where each file of the record lies in a bundle, in the order of the record: "files/01-plan.pdf"."""
    return [f"{FOLDER}{number:02}-{entry['name']}" for number, entry in enumerate(document["files"], start=1)]


def examine_zip(file: BinaryIO) -> Findings:
    """Examine a bundle as it was downloaded; it may have been packed again. Nothing is unpacked to the disk.

    Memory is bounded by the two constants above and by the list of contents. Raises NotARecord.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            parts = [info for info in packed.infolist() if not info.is_dir()]
            if len(parts) > MOST_PARTS:
                raise NotARecord("too many parts")
            start = next((info.filename[: -len(TEXT)] for info in parts if _is_text(info.filename)), None)
            if start is None:
                raise NotARecord("no submission.json")
            names = [info.filename.removeprefix(start) for info in parts]
            by_name = dict(zip(names, parts, strict=True))
            repeated = {name for name in names if names.count(name) > 1} if len(by_name) < len(names) else set()

            def read(name: str, most: int) -> Iterator[bytes]:
                info = by_name[name]
                if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise NotImplementedError(name)
                with packed.open(info) as part:
                    yield from _pieces(part, most)

            return _examined(names, read, repeated)
    except _UNREADABLE as error:
        raise NotARecord("not a zip file") from error


def examine_folder(folder: Path) -> Findings:
    """Examine a bundle that was unpacked. Raises NotARecord."""
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    names = [path.relative_to(folder).as_posix() for path in paths]

    def read(name: str, most: int) -> Iterator[bytes]:
        with (folder / name).open("rb") as part:
            yield from _pieces(part, most)

    return _examined(names, read, set())


def _is_text(name: str) -> bool:
    """submission.json at the top, or in the one folder at the top."""
    folder, _slash, last = name.rpartition("/")
    return last == TEXT and "/" not in folder


def _pieces(part: Any, most: int) -> Iterator[bytes]:
    """The bytes in short pieces, one byte more than ``most`` of them at the most."""
    left = most + 1
    while left and (piece := part.read(min(_PIECE, left))):
        left -= len(piece)
        yield piece


def _examined(names: list[str], read: Callable[[str, int], Iterator[bytes]], repeated: set[str]) -> Findings:
    if TEXT not in names:
        raise NotARecord("no submission.json")
    try:
        text = b"".join(read(TEXT, LONGEST_TEXT))
    except _UNREADABLE as error:
        raise NotARecord("submission.json cannot be read") from error
    document = _document(text)
    expected = dict(zip(names_of(document), document["files"], strict=True))
    parts = [Part(name, _verdict(name, entry, names, read)) for name, entry in expected.items()]
    known = {TEXT, *expected, *BESIDE}
    foreign = sorted({name for name in names if name not in known} | repeated)
    return Findings(
        reference=document["reference"],
        digest=hashlib.sha256(text).hexdigest(),
        files=(*parts, *(Part(name, FOREIGN) for name in foreign)),
    )


def _document(text: bytes) -> dict[str, Any]:
    """The submission, as far as the check needs it. Raises NotARecord for anything else."""
    if len(text) > LONGEST_TEXT:
        raise NotARecord("submission.json is too long")
    try:
        found = json.loads(text)
        reference, files = found["reference"], found["files"]
        entries = [
            {"name": str(entry["name"]), "size": int(entry["size"]), "sha256": str(entry["sha256"])} for entry in files
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotARecord("submission.json is not one of this portal") from error
    if not isinstance(reference, str) or len(entries) > MOST_PARTS:
        raise NotARecord("submission.json is not one of this portal")
    return {"reference": reference, "files": entries}


def _verdict(name: str, entry: dict[str, Any], names: list[str], read: Callable[[str, int], Iterator[bytes]]) -> str:
    """A file longer than the record says is not read further."""
    if name not in names:
        return MISSING
    digest = hashlib.sha256()
    try:
        for piece in read(name, max(entry["size"], 0)):
            digest.update(piece)
    except _UNREADABLE:
        return CHANGED
    return SAME if digest.hexdigest() == entry["sha256"] else CHANGED


WORDS = {
    SAME: "same / identique",
    CHANGED: "NOT THE SAME / DIFFÉRENT",
    MISSING: "MISSING / ABSENT",
    FOREIGN: "NOT PART OF THE RECORD / ÉTRANGER AU DOSSIER",
}
_COMPARE = (
    "Compare the digest with the one on the receipt, or on the portal's verification page.\n"
    "Comparez l’empreinte avec celle de l’accusé de réception, ou sur la page de vérification du portail."
)
_NO_RECORD = "This is no record of the portal. / Ce n’est pas un dossier du portail."


def main(arguments: list[str]) -> int:
    """Say what was found; 0 when every file is the same, 1 when one is not, 2 when there is no record."""
    try:
        if arguments:
            with Path(arguments[0]).open("rb") as file:
                found = examine_zip(file)
        else:
            found = examine_folder(Path(__file__).resolve().parent)
    except (NotARecord, OSError):
        print(_NO_RECORD)
        return 2
    print(f"{found.reference}\n{TEXT}\n  SHA-256 {found.digest}")
    for part in found.files:
        print(f"{part.name}\n  {WORDS[part.verdict]}")
    print(_COMPARE)
    return 0 if found.whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
