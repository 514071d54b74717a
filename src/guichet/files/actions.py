"""Taking a file in."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from guichet.files.models import StoredFile
from guichet.kernel.people import Actor


def store(
    *, actor: Actor | None, upload: UploadedFile, holder: str, kinds: Sequence[str], max_bytes: int
) -> StoredFile:
    """Check an upload and keep it: on the disk before the row, both or neither.

    ``kinds`` are keys of ``kinds.KINDS``. The name is tidied, never refused.
    Raises FileEmpty, FileTooLarge, FileKindRefused, FileContentDiffers.
    """
    raise NotImplementedError
