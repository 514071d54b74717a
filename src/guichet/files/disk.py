"""Bytes on the disk: where they are, that they are really there, and what a full disk is called."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from guichet.files.errors import DiskFull

# No space, no space left for this account, no longer file allowed.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def place_of(stored_name: str) -> Path:
    """Where its bytes are: two folders deep, so that no folder grows without end."""
    return Path(settings.FILES_ROOT) / stored_name[:2] / stored_name


def made_place(stored_name: str) -> Path:
    """The same, its folders made, which nobody else may read."""
    path = place_of(stored_name)
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def flush_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is; and a new folder only when its parent is."""
    for place in (folder, folder.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def room_for(name: str) -> Iterator[None]:
    """What is written inside fits, or DiskFull is raised; ``name`` is the person's."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(name=name) from error
        raise
