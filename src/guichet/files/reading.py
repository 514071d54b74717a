"""Opening a stored file."""

from pathlib import Path
from typing import BinaryIO

from guichet.files import disk
from guichet.files.kinds import KINDS
from guichet.files.models import StoredFile


def path_of(stored: StoredFile) -> Path:
    """Where its bytes are."""
    return disk.place_of(stored.stored_name)


def open_file(stored: StoredFile) -> BinaryIO:
    """The bytes, opened for reading. Raises FileNotFoundError when the disk has lost them."""
    return path_of(stored).open("rb")


def mime_of(stored: StoredFile) -> str:
    """The media type to send it with; always together with ``nosniff`` and as an attachment."""
    return KINDS[stored.kind].mime
