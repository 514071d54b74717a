"""Adding to the log."""

from typing import Any

from django.db import transaction

from guichet.audit.chain import digest_of
from guichet.audit.models import Event, Head
from guichet.kernel import clock
from guichet.kernel.canonical import plain
from guichet.kernel.people import Actor, name_of


@transaction.atomic(savepoint=False)
def record(
    *,
    actor: Actor | None,
    event: str,
    subject_type: str,
    subject_id: str,
    organization_id: str = "",
    **data: Any,
) -> Event:
    """Add an event to the chain, in the caller's transaction. ``actor`` None is the system.

    ``data`` are figures and keys that a reader of the log needs, never whole answers. The head row stays locked until
    the transaction ends, so record near the end of an action, and after any other row lock.
    """
    head = Head.objects.select_for_update().get(pk=1)
    added = Event(
        serial=head.serial + 1,
        at=clock.now(),
        actor_id=actor.public_id if actor else "",
        actor_name=name_of(actor),
        event=event,
        subject_type=subject_type,
        subject_id=subject_id,
        organization_id=organization_id,
        data=plain(data),
        previous=head.digest,
    )
    added.digest = digest_of(added)
    added.save(force_insert=True)
    Head.objects.filter(pk=1).update(serial=added.serial, digest=added.digest)
    return added
