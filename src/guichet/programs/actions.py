"""Things that happen to programs: an edition is published, and from then on never changes."""

from pathlib import Path
from typing import Any

from django.db import transaction

from guichet.audit import actions as audit
from guichet.kernel import clock
from guichet.programs.errors import EditionFrozen
from guichet.programs.loading import Loaded, load
from guichet.programs.models import Edition, Program
from guichet.programs.reading import Steps

# What stands for a key that one of two documents does not have: not the same as one without a value.
_MISSING = object()


def publish(*, actor: Any, folder: Path) -> Edition:
    """Publish the edition in ``folder``; ``actor`` is a user, or None for the command line.

    1. The package has no fault.
    2. The same content published before: nothing happens. Other content under the same key: refused.
    3. Keep the program's names and mailboxes as they are now, and the edition for good.

    Raises PackageFaults, EditionFrozen (``differences``: the places that changed).
    """
    loaded = load(folder)
    with transaction.atomic():
        program = _keep_program(actor, loaded)
        published = Edition.objects.filter(program=program, key=loaded.definition.key).first()
        if published is not None:
            if published.hash != loaded.hash:
                raise EditionFrozen(
                    edition=f"{program.key}/{published.key}",
                    differences=differences(published.document, loaded.document),
                )
            return published
        edition = Edition.objects.create(
            program=program,
            key=loaded.definition.key,
            hash=loaded.hash,
            document=loaded.document,
            begins=loaded.definition.begins,
            published_at=clock.now(),
            published_by=actor,
        )
        audit.record(
            actor=actor,
            event="edition_published",
            subject_type="edition",
            subject_id=f"{program.key}/{edition.key}",
            hash=edition.hash,
        )
    return edition


def differences(before: Any, after: Any, steps: Steps = ()) -> list[str]:
    """The places where two documents differ, dotted: ``numbers.employees_below``, ``criteria.4.rule`` …"""
    if isinstance(before, dict) and isinstance(after, dict):
        keys: list[Any] = sorted(set(before) | set(after))
        pairs = [(key, before.get(key, _MISSING), after.get(key, _MISSING)) for key in keys]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(index, *pair) for index, pair in enumerate(zip(before, after, strict=True))]
    else:
        return [] if before == after else [".".join(map(str, steps))]
    return [place for key, old, new in pairs for place in differences(old, new, (*steps, key))]


def _keep_program(actor: Any, loaded: Loaded) -> Program:
    """The program's row, locked, with its names and mailboxes as the package says them now."""
    key = loaded.definition.program.key
    document, digest = loaded.program_document, loaded.program_hash
    Program.objects.get_or_create(key=key, defaults={"document": document, "hash": digest})
    program = Program.objects.select_for_update().get(key=key)
    if program.hash != digest:
        changed = differences(program.document, document)
        program.document, program.hash = document, digest
        program.save(update_fields=["document", "hash"])
        audit.record(
            actor=actor, event="program_changed", subject_type="program", subject_id=key, changed=changed, hash=digest
        )
    return program
