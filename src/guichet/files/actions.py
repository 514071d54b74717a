"""Taking a file in."""

import hashlib
import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guichet.files import checking, disk
from guichet.files.errors import FileContentDiffers, FileEmpty, FileTooLarge
from guichet.files.kinds import KINDS
from guichet.files.models import StoredFile, Upload
from guichet.files.names import tidy
from guichet.kernel.people import Actor


def store(
    *, actor: Actor | None, upload: UploadedFile, holder: str, kinds: Sequence[str], max_bytes: int
) -> StoredFile:
    """Check an upload and keep it: on the disk, for good, before the row; both or neither.

    1. Not empty, not too large, of a kind asked for. 2. Written under a random name and flushed to the disk.
    3. Its content is what its extension says. 4. The row.

    ``kinds`` are keys of ``kinds.KINDS``. The name is tidied, never refused. When the caller's transaction is rolled
    back afterwards, ``sweep`` removes the bytes.
    Raises FileEmpty, FileTooLarge, FileKindRefused, FileContentDiffers, DiskFull.
    """
    name = tidy(upload.name or "")
    kind = checking.kind_of(name, kinds)
    if upload.size is not None and upload.size > max_bytes:
        raise FileTooLarge(name=name, max_bytes=max_bytes)
    stored_name = secrets.token_hex(32)
    path = disk.place_of(stored_name)
    try:
        with disk.room_for(name):
            size, digest = _write(upload, disk.made_place(stored_name), name=name, max_bytes=max_bytes)
        if not checking.is_of(path, KINDS[kind]):
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
    """Remove bytes without a row, last touched before ``before``: a file whose transaction was rolled back.

    Returns how many. Give a moment well in the past, so that no upload under way is touched.
    """
    removed = 0
    for folder in sorted(Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]")):
        old = {path.name: path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()}
        rows = [model.objects.filter(stored_name__in=old) for model in (StoredFile, Upload)]
        kept = {name for found in rows for name in found.values_list("stored_name", flat=True)}
        for name in old.keys() - kept:
            old[name].unlink(missing_ok=True)
            removed += 1
    return removed


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
    disk.flush_folder(path.parent)
    return size, digest.hexdigest()
