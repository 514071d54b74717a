"""What the digest of an event is taken over."""

from datetime import UTC

from guichet.audit.models import Event
from guichet.kernel.canonical import sha256


def digest_of(event: Event) -> str:
    """SHA-256 over every column but the digest itself, the previous digest among them."""
    return sha256(
        {
            "serial": event.serial,
            "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor_id": event.actor_id,
            "actor_name": event.actor_name,
            "event": event.event,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "organization_id": event.organization_id,
            "data": event.data,
            "previous": event.previous,
        }
    )
