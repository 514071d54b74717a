"""Importing a list."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from guichet.audit import actions as audit
from guichet.classifications.models import Entry, ListVersion
from guichet.classifications.reading import PUBLISHED, read
from guichet.kernel import clock
from guichet.kernel.canonical import sha256

_BATCH = 2000


@dataclass(frozen=True)
class Imported:
    """What an import did: the number of the version (the same as before when nothing changed), and its codes."""

    version: int
    codes: int
    new: int
    gone: int
    changed: bool


def import_list(*, name: str, english: Path, french: Path) -> Imported:
    """Read the two files of a list, and keep them as its newest version; earlier ones stay, for old answers.

    1. Both files without a fault, both languages for every code. 2. The same as the newest version: nothing happens.
    3. The version with its codes, and the event.

    ``name`` is a key of ``reading.PUBLISHED``. Raises ListFaults, KeyError.
    """
    titles = read(PUBLISHED[name], english, french)
    digest = sha256([[code, *both] for code, both in titles.items()])
    with transaction.atomic():
        last = ListVersion.objects.filter(list=name).order_by("number").last()
        before = set(last.entries.values_list("code", flat=True)) if last else set()
        if last and last.digest == digest:
            return Imported(last.number, len(titles), 0, 0, changed=False)
        version = ListVersion.objects.create(
            list=name, number=last.number + 1 if last else 1, digest=digest, imported_at=clock.now()
        )
        Entry.objects.bulk_create(
            (
                Entry(version=version, code=code, title_en=english_title, title_fr=french_title)
                for code, (english_title, french_title) in titles.items()
            ),
            batch_size=_BATCH,
        )
        imported = Imported(
            version.number, len(titles), len(titles.keys() - before), len(before - titles.keys()), changed=True
        )
        audit.record(
            actor=None,
            event="list_imported",
            subject_type="list",
            subject_id=name,
            version=version.number,
            codes=imported.codes,
            hash=digest,
        )
    return imported
