"""Reading the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from guichet.kernel.identifiers import is_id
from guichet.kernel.people import Actor
from guichet.mail.models import Letter, LetterState


@dataclass(frozen=True)
class Page:
    """Some letters, and the key that the next page begins after ("" when there is none)."""

    letters: list[Letter]
    next: str


@dataclass(frozen=True)
class OutboxHealth:
    """How the outbox fares: letters waiting, since when the oldest waits, letters given up."""

    waiting: int
    oldest: datetime | None
    failed: int

    def late(self, now: datetime, limit: timedelta) -> bool:
        """True when a letter has waited longer than ``limit``."""
        return self.oldest is not None and now - self.oldest > limit


def letters_for(user: Actor, *, after: str = "", size: int = 20) -> Page:
    """The person's messages, newest first, ``size`` at a time, beginning after the key ``after``. One or two queries.

    An unknown key begins at the newest.
    """
    return _page(_messages(user), after, size)


def letter_for(user: Actor, public_id: str) -> Letter | None:
    """One of the person's own messages; None for anybody else's."""
    return _messages(user).filter(public_id=public_id).first()


def unread(user: Actor) -> int:
    """How many messages the person has not opened."""
    return _messages(user).filter(read_at=None).count()


def all_letters(*, after: str = "", size: int = 50) -> Page:
    """Every letter, newest first: for the demonstration's page of letters only."""
    return _page(Letter.objects.order_by("-pk"), after, size)


def letters_about(*, organization_id: str = "", reference: str = "", limit: int = 50) -> list[Letter]:
    """The letters about one organization or one application (none when neither is named), newest first. One query."""
    if not organization_id and not reference:
        return []
    letters = Letter.objects.filter(in_portal=True).order_by("-pk")
    if organization_id:
        letters = letters.filter(organization_id=organization_id)
    if reference:
        letters = letters.filter(reference=reference)
    return list(letters[:limit])


def outbox_health() -> OutboxHealth:
    """One query."""
    waiting = Q(state__in=(LetterState.QUEUED, LetterState.SENDING))
    found = Letter.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        failed=Count("pk", filter=Q(state=LetterState.FAILED)),
    )
    return OutboxHealth(**found)


def _messages(user: Actor) -> QuerySet[Letter]:
    return Letter.objects.filter(recipient_id=user.pk, in_portal=True).order_by("-pk")


def _page(letters: QuerySet[Letter], after: str, size: int) -> Page:
    last = letters.filter(public_id=after).values_list("pk", flat=True).first() if is_id(after) else None
    found = list((letters if last is None else letters.filter(pk__lt=last))[: size + 1])
    return Page(found[:size], found[size - 1].public_id if len(found) > size else "")
