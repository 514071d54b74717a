"""Whether a file is what it is said to be: its name, its size, its content. The same for every way in."""

import contextlib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from guichet.files.errors import FileEmpty, FileKindRefused, FileTooLarge
from guichet.files.kinds import KINDS, Kind
from guichet.files.names import extension_of

_CONTENTS = "[Content_Types].xml"
# The list of contents of an Office file is read, never its contents; a real one has some dozens of entries of a hundred
# bytes. A longer one is not read: in memory it would take many times its length.
_LONGEST_LIST = 1024 * 1024


def kind_of(name: str, kinds: Sequence[str]) -> str:
    """The key of its kind, by its extension. Raises FileKindRefused."""
    extension = extension_of(name)
    for key in kinds:
        if extension in KINDS[key].extensions:
            return key
    raise FileKindRefused(name=name, kinds=tuple(kinds))


def require_size(name: str, size: int, max_bytes: int) -> None:
    """Raises FileEmpty, FileTooLarge."""
    if size < 1:
        raise FileEmpty(name=name)
    if size > max_bytes:
        raise FileTooLarge(name=name, max_bytes=max_bytes)


def is_of(path: Path, kind: Kind) -> bool:
    """True when the first bytes, and for an Office file its list of contents, are those of ``kind``."""
    with path.open("rb") as file:
        if not file.read(16).startswith(kind.magic):
            return False
    if not kind.member:
        return True
    # A reader of zip files asks of a file no more than our pieces can do.
    with (
        contextlib.suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError),
        path.open("rb") as file,
        zipfile.ZipFile(_InShortPieces(file)) as zipped,
    ):
        return {_CONTENTS, kind.member} <= set(zipped.namelist())
    return False


class _InShortPieces:
    """A file that gives no more than the longest list at a time; asked for more, it is no file that we know."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.seekable, self._file = file.seek, file.tell, file.seekable, file

    def read(self, size: int = -1) -> bytes:
        """Raises BadZipFile."""
        found = self._file.read(size if 0 <= size <= _LONGEST_LIST else _LONGEST_LIST + 1)
        if len(found) > _LONGEST_LIST:
            raise zipfile.BadZipFile("a list of contents that is too long")
        return found
