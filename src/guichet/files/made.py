"""Files that can be made again at any time: kept in the data folder under what they are made of, the oldest dropped.

Nothing points to them: a kept file is found by the digest of its document, so a new text makes a new file, and the
folder may be emptied while the portal runs.
"""

import contextlib
import logging
import secrets
from pathlib import Path

from django.conf import settings

from guichet.files import documents, pdf
from guichet.files.documents import Document
from guichet.kernel.canonical import sha256

# A program has two for each edition in use; some dozens of editions are read at a time.
MOST_KEPT = 200
_log = logging.getLogger(__name__)


def made(document: Document) -> bytes:
    """The PDF of a document, from the folder when it is there, else made and kept. Raises what ``pdf.make`` raises.

    A folder that cannot be written costs time, never the file.
    """
    path = Path(settings.MADE_ROOT) / f"{sha256([*pdf.recipe(), documents.plain(document)])}.pdf"
    with contextlib.suppress(OSError):
        return path.read_bytes()
    content = pdf.make(document)
    try:
        _keep(path, content)
    except OSError as error:
        _log.error("a file that was made cannot be kept: %s", error)
    return content


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all: a reader never meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(f".{secrets.token_hex(8)}")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    for old in _by_age(path.parent)[:-MOST_KEPT]:
        old.unlink(missing_ok=True)


def _by_age(folder: Path) -> list[Path]:
    """The files of the folder, the oldest first; one that a colleague removes meanwhile counts as old."""

    def age(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    return sorted(folder.iterdir(), key=age)
