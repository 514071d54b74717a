"""The record of a submission as one file to keep: its text, its files, the receipt, and a program that checks them."""

import inspect
import zipfile
from datetime import UTC, datetime
from typing import BinaryIO

from guichet.applications import verifying
from guichet.applications.models import Submission
from guichet.files import reading
from guichet.files.queries import files_of
from guichet.organizations.attachments import holder

README = """\
The record of application {reference}

submission.json   what was submitted, letter for letter. Its SHA-256 stands on the receipt:
                  {digest}
files/            the attachments. The SHA-256 of each stands in submission.json.
receipt.pdf       the same to read. It is a copy: the record is submission.json and the files.
verify.py         recomputes every digest: python3 verify.py

To compare with what the program holds: {address}
"""
LISEZ_MOI = """\
Le dossier de la demande {reference}

submission.json   ce qui a été transmis, à la lettre. Son empreinte SHA-256 figure sur le reçu\u00a0:
                  {digest}
files/            les pièces jointes. L’empreinte SHA-256 de chacune figure dans submission.json.
receipt.pdf       la même chose, à lire. C’est une copie\u00a0: font foi submission.json et les pièces jointes.
verify.py         recalcule chaque empreinte\u00a0: python3 verify.py

Pour comparer avec ce que détient le programme\u00a0: {address}
"""
_PIECE = 256 * 1024


def write(target: BinaryIO, submission: Submission, *, receipt: bytes, address: str) -> None:
    """Write the bundle as a zip file. ``receipt`` is the PDF, ``address`` that of the verification page.

    The same submission gives the same parts: every moment in it is that of the submission. Two statements; memory does
    not grow with the files. Raises FileNotFoundError when the disk has lost one.
    """
    words = {"reference": submission.reference, "digest": submission.digest, "address": address}
    beside = {
        "receipt.pdf": receipt,
        "verify.py": inspect.getsource(verifying).encode(),
        "README.txt": README.format(**words).encode(),
        "LISEZ-MOI.txt": LISEZ_MOI.format(**words).encode(),
    }
    held = {file.public_id: file for file in files_of(holder(submission.application.sheet))}
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in {verifying.TEXT: submission.canonical.encode(), **beside}.items():
            packed.writestr(_info(submission, name, zipfile.ZIP_DEFLATED), content)
        names = verifying.names_of(submission.document)
        for name, entry in zip(names, submission.document["files"], strict=True):
            info = _info(submission, name, zipfile.ZIP_STORED)
            with reading.open_file(held[entry["file"]]) as source, packed.open(info, "w", force_zip64=True) as part:
                while piece := source.read(_PIECE):
                    part.write(piece)


def _info(submission: Submission, name: str, compression: int) -> zipfile.ZipInfo:
    """One part, in a folder named after the submission."""
    at: datetime = submission.submitted_at.astimezone(UTC)
    info = zipfile.ZipInfo(f"{submission.reference}/{name}", at.timetuple()[:6])
    info.compress_type = compression
    info.external_attr = 0o600 << 16
    return info
