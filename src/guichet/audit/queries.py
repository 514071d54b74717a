"""Reading the log, and proving it whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from guichet.audit.chain import digest_of, linked
from guichet.audit.models import Event, Head, Link

# A page shows no more: what is older is in the log all the same.
LATEST = 200


@dataclass(frozen=True)
class BrokenLink:
    """The first place where the chain does not hold. ``event`` is None where the event itself is missing."""

    serial: int
    reason: str
    event: Event | None = None


def events_of(subject_type: str, subject_id: str, *, limit: int = LATEST) -> list[Event]:
    """What happened to one object: the latest ``limit`` events, oldest first."""
    return _latest(Event.objects.filter(subject_type=subject_type, subject_id=subject_id), limit)


def events_for_organization(organization_id: str, *, limit: int = LATEST) -> list[Event]:
    """What happened around one organization: the latest ``limit`` events, oldest first."""
    return _latest(Event.objects.filter(organization_id=organization_id), limit)


def broken_links() -> BrokenLink | None:
    """The first event that does not fit the chain, or None when the log is whole. Reads every event.

    Reasons: "missing" (an event or a link is gone, also off the end), "moved" (the link does not continue the one
    before), "changed" (an event is not what its digest says), "unlinked" (an event was put in beside the chain).
    """
    head = Head.objects.get(pk=1)
    serial, digest = 0, ""
    for link, event in _links(head.serial):
        if link.serial != serial + 1:
            return BrokenLink(serial + 1, "missing")
        if event is None:
            return BrokenLink(link.serial, "missing")
        if event.digest != digest_of(event):
            return BrokenLink(link.serial, "changed", event)
        if link.previous != digest or link.digest != linked(digest, event.digest):
            return BrokenLink(link.serial, "moved", event)
        serial, digest = link.serial, link.digest
    if (serial, digest) != (head.serial, head.digest):
        return BrokenLink(serial + 1, "missing")
    stray = Event.objects.filter(link=None).order_by("pk").first()
    return BrokenLink(serial + 1, "unlinked", stray) if stray else None


def _latest(events: QuerySet[Event], limit: int) -> list[Event]:
    return list(events.order_by("-pk")[:limit])[::-1]


def _links(last: int, size: int = 2000) -> Iterator[tuple[Link, Event | None]]:
    """Every link to ``last``, with its event; None where the event is gone. Two queries for each ``size`` links."""
    after = 0
    while links := list(Link.objects.filter(serial__gt=after, serial__lte=last).order_by("serial")[:size]):
        events = Event.objects.in_bulk([link.event_id for link in links])
        for link in links:
            yield link, events.get(link.event_id)
        after = links[-1].serial
