"""Adding to the log."""

from typing import Any

from guichet.audit.chain import digest_of
from guichet.audit.models import Event
from guichet.kernel import clock
from guichet.kernel.canonical import plain
from guichet.kernel.people import Actor, name_of


def record(
    *,
    actor: Actor | None,
    event: str,
    subject_type: str,
    subject_id: str,
    organization_id: str = "",
    **data: Any,
) -> Event:
    """Add an event to the log, in the caller's transaction. ``actor`` None is the system. One statement.

    ``data`` are figures and keys that a reader of the log needs, never whole answers. The database links the event to
    the chain when the transaction commits: acts wait for each other for that moment only, and in no order of locks.
    """
    added = Event(
        at=clock.now(),
        actor_id=actor.public_id if actor else "",
        actor_name=name_of(actor),
        event=event,
        subject_type=subject_type,
        subject_id=subject_id,
        organization_id=organization_id,
        data=plain(data),
    )
    added.digest = digest_of(added)
    added.save(force_insert=True)
    return added
