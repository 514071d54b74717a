"""The daily seal: one digest over everything that was done since the last one, chained to it, and published.

Whoever has kept one digest of ours can have the portal show, years later, that nothing before it was changed. A
submission is in it by the event that carries its digest.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guichet.audit.models import Head, Link, Seal
from guichet.kernel import clock, merkle
from guichet.kernel.canonical import sha256

FORMAT = "guichet.seal/1"


@dataclass(frozen=True)
class BrokenSeal:
    """The first seal that does not hold. Reasons: "missing" (a serial is left out), "moved" (it does not continue the
    one before), "changed" (it is not what its digest says), "events" (the log is not what was sealed)."""

    serial: int
    reason: str


def seal(day: dt.date) -> Seal:
    """Seal what was linked since the last seal, under the name of ``day``, which must be over; once for each day.

    Days on which nothing ran are in the next seal. Four statements, and one for each thousand events.
    """
    with transaction.atomic():
        # The lock lets one seal be made at a time; an act that commits meanwhile goes into the next one.
        head = Head.objects.select_for_update().get(pk=1)
        before = latest()
        if before is not None and before.day >= day:
            return before
        first = before.last + 1 if before else 1
        new = Seal(
            serial=before.serial + 1 if before else 1,
            day=day,
            first=first,
            last=head.serial,
            root=merkle.root([bytes.fromhex(digest) for _serial, digest in _digests(first, head.serial)]),
            previous=before.digest if before else "",
            sealed_at=clock.now(),
        )
        new.digest = sha256(document(new))
        new.save(force_insert=True)
    return new


def document(kept: Seal) -> dict[str, Any]:
    """The seal in JSON types, without its digest: what the digest is taken over, and what is published."""
    return {
        "format": FORMAT,
        "serial": kept.serial,
        "day": kept.day.isoformat(),
        "first": kept.first,
        "last": kept.last,
        "root": kept.root,
        "previous": kept.previous,
        "sealed_at": kept.sealed_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


def latest() -> Seal | None:
    """The last seal, if there is one."""
    return Seal.objects.order_by("-serial").first()


def seals(*, before: int | None = None, limit: int = 60) -> list[Seal]:
    """The seals below serial ``before``, the newest first. One statement, on the primary key."""
    found = Seal.objects.filter(serial__lt=before) if before else Seal.objects.all()
    return list(found.order_by("-serial")[:limit])


def broken_seal() -> BrokenSeal | None:
    """The first seal that does not hold, or None. Reads every link; ``queries.broken_links`` proves the links."""
    serial, last, digest = 0, 0, ""
    for kept in Seal.objects.order_by("serial").iterator(chunk_size=500):
        if kept.serial != serial + 1:
            return BrokenSeal(serial + 1, "missing")
        if kept.digest != sha256(document(kept)):
            return BrokenSeal(kept.serial, "changed")
        if (kept.previous, kept.first) != (digest, last + 1):
            return BrokenSeal(kept.serial, "moved")
        sealed = [bytes.fromhex(each) for _serial, each in _digests(kept.first, kept.last)]
        if len(sealed) != kept.events or merkle.root(sealed) != kept.root:
            return BrokenSeal(kept.serial, "events")
        serial, last, digest = kept.serial, kept.last, kept.digest
    return None


def _digests(first: int, last: int, size: int = 1000) -> Iterator[tuple[int, str]]:
    """Serial and digest of each event from link ``first`` to ``last``. An event that is gone is left out."""
    while first <= last:
        upto = min(first + size - 1, last)
        found = Link.objects.filter(serial__gte=first, serial__lte=upto).order_by("serial")
        yield from found.values_list("serial", "event__digest")
        first = upto + 1
