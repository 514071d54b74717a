"""Taking a file in piece by piece, so that what arrived once is never sent again (docs/nothing-lost.md).

The bytes are written under the name that they keep: the file is there at once when its row is, or not at all. Who calls
says which uploads the actor may touch (``among``); a piece costs two statements.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from guichet.files import checking, disk
from guichet.files.errors import (
    FileContentDiffers,
    OffsetDiffers,
    PieceRefused,
    TooManyUploads,
    UploadIncomplete,
)
from guichet.files.kinds import KINDS
from guichet.files.models import StoredFile, Upload
from guichet.files.names import tidy
from guichet.files.pieces import PIECE
from guichet.kernel import clock
from guichet.kernel.canonical import plain
from guichet.kernel.people import Actor

MOST = 20  # uploads under way of one person
MOST_BYTES = 250_000_000  # and what they will have together
UNTOUCHED = timedelta(days=1)  # an upload to which no piece comes for so long is given up
# A device repeats for 30 days what was never acknowledged (static/js/waiting.js): what was finished is known longer.
REMEMBERED = timedelta(days=31)


@dataclass(frozen=True)
class Ready:
    """An upload whose bytes are all there and are what they say; ``sha256`` is "" when it is a file already."""

    upload: Upload
    sha256: str


def begin(
    *,
    actor: Actor,
    holder: str,
    path: str,
    name: str,
    size: int,
    kinds: Sequence[str],
    max_bytes: int,
    request_key: str,
) -> Upload:
    """Begin to take a file in, or find the upload that began with the same ``request_key``, wherever it stands.

    1. Begun already? 2. Not empty, not too large, of a kind asked for. 3. Not too much under way. 4. The row.

    Raises FileEmpty, FileTooLarge, FileKindRefused, TooManyUploads.
    """
    key = {"owner_id": actor.pk, "holder": holder, "request_key": str(plain(request_key))[:64]}
    found = Upload.objects.filter(**key).first()
    if found is not None:
        return found
    name = tidy(name)
    kind = checking.kind_of(name, kinds)
    checking.require_size(name, size, max_bytes)
    under_way = Upload.objects.filter(owner_id=actor.pk, file=None)
    if under_way.count() >= MOST or (under_way.aggregate(all=Sum("size"))["all"] or 0) + size > MOST_BYTES:
        raise TooManyUploads()
    try:
        with transaction.atomic():
            return Upload.objects.create(
                **key, path=path, name=name, kind=kind, size=size, stored_name=secrets.token_hex(32)
            )
    except IntegrityError:  # files_upload_once: the same request, at the same moment
        return Upload.objects.get(**key)


@transaction.atomic
def append(*, among: QuerySet[Upload], public_id: str, offset: int, piece: bytes, digest: str = "") -> Upload:
    """Write a piece where the file ends so far; on the disk before it counts. Two statements.

    ``digest`` is the ``Content-Digest`` that came with it (RFC 9530), "" for none. Bytes that the disk has lost are
    asked for again: the upload then comes back with ``offset`` 0. An empty piece writes nothing.

    Raises Upload.DoesNotExist, OffsetDiffers, PieceRefused, DiskFull.
    """
    upload = among.select_for_update(of=("self",), no_key=True).get(public_id=public_id)
    if offset != upload.offset:
        raise OffsetDiffers(name=upload.name, offset=upload.offset, size=upload.size)
    if not piece:
        return upload
    found = hashlib.sha256(piece)
    if len(piece) != min(PIECE, upload.size - offset) or not _is_digest(digest, found.digest()):
        raise PieceRefused(name=upload.name, offset=upload.offset)
    with disk.room_for(upload.name):
        written = _write(disk.made_place(upload.stored_name), offset, piece)
    upload.offset = offset + len(piece) if written else 0
    upload.chain = hashlib.sha256(f"{upload.chain}{found.hexdigest()}".encode()).hexdigest() if written else ""
    upload.touched_at = clock.now()
    upload.save(update_fields=["offset", "chain", "touched_at"])
    return upload


def ready(*, among: QuerySet[Upload], public_id: str) -> Ready:
    """Read all the bytes once, before any lock: are they what they say? One that lies is given up.

    Raises Upload.DoesNotExist, UploadIncomplete, FileContentDiffers.
    """
    upload = among.get(public_id=public_id)
    if upload.file_id is not None:
        return Ready(upload, "")
    path = disk.place_of(upload.stored_name)
    if upload.offset == upload.size and not (path.exists() and path.stat().st_size == upload.size):
        among.filter(pk=upload.pk, file=None).update(offset=0, chain="")  # the disk has lost them
        upload.offset = 0
    if upload.offset < upload.size:
        raise UploadIncomplete(name=upload.name, offset=upload.offset, size=upload.size)
    if not checking.is_of(path, KINDS[upload.kind]):
        cancel(among=among, public_id=public_id)
        raise FileContentDiffers(name=upload.name, kind=upload.kind, field=upload.path)
    with path.open("rb") as file:
        return Ready(upload, hashlib.file_digest(file, "sha256").hexdigest())


def locked(found: Ready) -> Upload:
    """The upload as it stands, with its ``file`` if it has become one. In a transaction.

    Raises Upload.DoesNotExist when it was cancelled meanwhile.
    """
    return Upload.objects.select_related("file").select_for_update(of=("self",), no_key=True).get(pk=found.upload.pk)


def keep(*, upload: Upload, sha256: str, holder: str, kinds: Sequence[str], max_bytes: int) -> StoredFile:
    """Make the file of an upload that is locked and whole: its row, and no byte more.

    Asked again, in case the question has changed meanwhile: kind and size. Raises FileKindRefused, FileTooLarge.
    """
    kind = checking.kind_of(upload.name, kinds)
    checking.require_size(upload.name, upload.size, max_bytes)
    stored = StoredFile.objects.create(
        name=upload.name,
        size=upload.size,
        kind=kind,
        sha256=sha256,
        stored_name=upload.stored_name,
        holder=holder,
        uploaded_by_id=upload.owner_id,
    )
    upload.file, upload.touched_at = stored, clock.now()
    upload.save(update_fields=["file", "touched_at"])
    return stored


def under_way(*, among: QuerySet[Upload]) -> list[Upload]:
    """Those that are no file yet, oldest first."""
    return list(among.filter(file=None).order_by("pk"))


def cancel(*, among: QuerySet[Upload], public_id: str) -> None:
    """Forget an upload and its bytes; one that has become a file stays. Raises Upload.DoesNotExist."""
    found = among.get(public_id=public_id)
    _forget(Upload.objects.filter(pk=found.pk, file=None).select_for_update(no_key=True))


def give_up(*, at: datetime) -> int:
    """Forget the uploads to which nothing has come for a day, with their bytes, and those finished long ago.

    Returns how many.
    """
    left = Upload.objects.filter(file=None, touched_at__lt=at - UNTOUCHED)
    done = Upload.objects.exclude(file=None).filter(touched_at__lt=at - REMEMBERED)
    return _forget(left.select_for_update(no_key=True, skip_locked=True)) + done.delete()[0]


def _forget(locking: QuerySet[Upload]) -> int:
    """The rows first: bytes without a row are swept, a row without bytes would be asked for them in vain."""
    with transaction.atomic():
        gone = list(locking)
        Upload.objects.filter(pk__in=[upload.pk for upload in gone]).delete()
    for upload in gone:
        disk.place_of(upload.stored_name).unlink(missing_ok=True)
    return len(gone)


def _write(path: Path, offset: int, piece: bytes) -> bool:
    """Write and flush; False, and nothing written, when what should be there before it is not."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        if os.fstat(descriptor).st_size < offset:
            return False
        rest = memoryview(piece)
        while rest:
            rest = rest[os.pwrite(descriptor, rest, offset + len(piece) - len(rest)) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if not offset:
        disk.flush_folder(path.parent)
    return True


def _is_digest(header: str, found: bytes) -> bool:
    """Whether the SHA-256 of a ``Content-Digest`` is this; true where none was sent."""
    if not header:
        return True
    return header.replace(" ", "") == f"sha-256=:{base64.b64encode(found).decode('ascii')}:"
