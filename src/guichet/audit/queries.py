"""Reading the log, and proving it whole."""

from dataclasses import dataclass

from guichet.audit.chain import digest_of
from guichet.audit.models import Event, Head


@dataclass(frozen=True)
class BrokenLink:
    """The first place where the chain does not hold. ``event`` is None when events are missing at the end."""

    serial: int
    reason: str
    event: Event | None = None


def events_of(subject_type: str, subject_id: str) -> list[Event]:
    """What happened to one object, oldest first."""
    return list(Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("serial"))


def events_for_organization(organization_id: str) -> list[Event]:
    """What happened around one organization, oldest first."""
    return list(Event.objects.filter(organization_id=organization_id).order_by("serial"))


def broken_links() -> BrokenLink | None:
    """The first event that does not fit the chain, or None when the log is whole. Reads every event.

    Reasons: "missing" (a gap in the serials, or events cut off the end), "moved" (it does not continue the one
    before), "changed" (its digest is not that of its columns).
    """
    head = Head.objects.get(pk=1)
    serial, digest = 0, ""
    for event in Event.objects.filter(serial__lte=head.serial).order_by("serial").iterator(chunk_size=2000):
        if event.serial != serial + 1:
            return BrokenLink(serial + 1, "missing", event)
        if event.previous != digest:
            return BrokenLink(event.serial, "moved", event)
        if event.digest != digest_of(event):
            return BrokenLink(event.serial, "changed", event)
        serial, digest = event.serial, event.digest
    if (serial, digest) != (head.serial, head.digest):
        return BrokenLink(serial + 1, "missing")
    return None
