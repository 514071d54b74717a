"""What the digests of the log are taken over. The database computes links itself (migration 0002); this checks them."""

import hashlib
from datetime import UTC

from guichet.audit.models import Event
from guichet.kernel.canonical import sha256


def digest_of(event: Event) -> str:
    """SHA-256 over every column of the event but its key and the digest itself, as canonical JSON."""
    return sha256(
        {
            "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor_id": event.actor_id,
            "actor_name": event.actor_name,
            "event": event.event,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "organization_id": event.organization_id,
            "data": event.data,
        }
    )


def linked(previous: str, digest: str) -> str:
    """The digest of a link: over the link before it, and the event that it holds."""
    return hashlib.sha256((previous + digest).encode()).hexdigest()
