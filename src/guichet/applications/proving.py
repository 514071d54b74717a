"""Proving the submissions: that each is still what it was when it was submitted, with its files. It changes nothing."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from guichet.applications.models import Submission
from guichet.audit.models import Event
from guichet.files import reading
from guichet.files.models import StoredFile

SUBMITTED = "application_submitted"
_SIZE = 200


@dataclass(frozen=True)
class BrokenSubmission:
    """The first submission that does not hold. Reasons: "changed" (its text is not what its digest says, or its fields
    are not those of its text), "unlogged" (the log knows another digest, or none), "file" (``name``: an attachment
    whose bytes are gone or others)."""

    reference: str
    reason: str
    name: str = ""


def broken_submission() -> BrokenSubmission | None:
    """The first that does not hold, in the order in which they came, or None. Reads every submission and every file.

    Three statements for each two hundred submissions.
    """
    after = 0
    while found := list(Submission.objects.filter(pk__gt=after).select_related("application").order_by("pk")[:_SIZE]):
        keys = [one.application.public_id for one in found]
        events = Event.objects.filter(subject_type="application", subject_id__in=keys, event=SUBMITTED)
        logged = {event.subject_id: event.data.get("digest") for event in events}
        listed = [entry["file"] for one in found for entry in one.document.get("files", ())]
        stored = {file.public_id: file for file in StoredFile.objects.filter(public_id__in=listed)}
        for one in found:
            broken = next(_faults(one, logged.get(one.application.public_id), stored), None)
            if broken is not None:
                return broken
        after = found[-1].pk
    return None


def _faults(one: Submission, logged: str | None, stored: dict[str, StoredFile]) -> Iterator[BrokenSubmission]:
    same = (
        hashlib.sha256(one.canonical.encode()).hexdigest() == one.digest and json.loads(one.canonical) == one.document
    )
    if not same or one.document["reference"] != one.reference:
        yield BrokenSubmission(one.reference, "changed")
    if logged != one.digest:
        yield BrokenSubmission(one.reference, "unlogged")
    for entry in one.document.get("files", ()):
        file = stored.get(entry["file"])
        if file is None or _digest(file) != entry["sha256"]:
            yield BrokenSubmission(one.reference, "file", entry["name"])


def _digest(file: StoredFile) -> str:
    """Of the bytes on the disk; "" when they are gone."""
    try:
        with reading.path_of(file).open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError:
        return ""
