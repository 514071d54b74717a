"""Taking a file in."""

import contextlib
import hashlib
import os
import secrets
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guichet.files.errors import FileContentDiffers, FileEmpty, FileKindRefused, FileTooLarge
from guichet.files.kinds import KINDS, Kind
from guichet.files.models import StoredFile
from guichet.files.names import extension_of, tidy
from guichet.kernel.people import Actor

_CONTENTS = "[Content_Types].xml"
# The list of contents of an Office file is read, never its contents; a real one has some dozens of entries of a hundred
# bytes. A longer one is not read: in memory it would take many times its length.
_LONGEST_LIST = 1024 * 1024


def store(
    *, actor: Actor | None, upload: UploadedFile, holder: str, kinds: Sequence[str], max_bytes: int
) -> StoredFile:
    """Check an upload and keep it: on the disk, for good, before the row; both or neither.

    1. Not empty, not too large, of a kind asked for. 2. Written under a random name and flushed to the disk.
    3. Its content is what its extension says. 4. The row.

    ``kinds`` are keys of ``kinds.KINDS``. The name is tidied, never refused. When the caller's transaction is rolled
    back afterwards, ``sweep`` removes the bytes.
    Raises FileEmpty, FileTooLarge, FileKindRefused, FileContentDiffers.
    """
    name = tidy(upload.name or "")
    kind = _kind_of(name, kinds)
    if upload.size is not None and upload.size > max_bytes:
        raise FileTooLarge(name=name, max_bytes=max_bytes)
    stored_name = secrets.token_hex(32)
    path = Path(settings.FILES_ROOT) / stored_name[:2] / stored_name
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        size, digest = _write(upload, path, name=name, max_bytes=max_bytes)
        if not _is(path, KINDS[kind]):
            raise FileContentDiffers(name=name, kind=kind)
        with transaction.atomic():
            return StoredFile.objects.create(
                name=name,
                size=size,
                kind=kind,
                sha256=digest,
                stored_name=stored_name,
                holder=holder,
                uploaded_by_id=actor.pk if actor else None,
            )
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def sweep(*, before: datetime) -> int:
    """Remove bytes without a row, last touched before ``before``: an upload whose transaction was rolled back.

    Returns how many. Give a moment well in the past, so that no upload under way is touched.
    """
    removed = 0
    for folder in sorted(Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]")):
        old = {path.name: path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()}
        kept = set(StoredFile.objects.filter(stored_name__in=old).values_list("stored_name", flat=True))
        for name in old.keys() - kept:
            old[name].unlink(missing_ok=True)
            removed += 1
    return removed


def _kind_of(name: str, kinds: Sequence[str]) -> str:
    extension = extension_of(name)
    for key in kinds:
        if extension in KINDS[key].extensions:
            return key
    raise FileKindRefused(name=name, kinds=tuple(kinds))


def _write(upload: UploadedFile, path: Path, *, name: str, max_bytes: int) -> tuple[int, str]:
    """Write the bytes once, counting and hashing as they pass; on the disk when this returns."""
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > max_bytes:
                raise FileTooLarge(name=name, max_bytes=max_bytes)
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    if not size:
        raise FileEmpty(name=name)
    _flush_folder(path.parent)
    return size, digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is; and a new folder only when its parent is."""
    for place in (folder, folder.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _is(path: Path, kind: Kind) -> bool:
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
