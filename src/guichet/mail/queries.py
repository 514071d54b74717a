"""Reading the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from guichet.kernel.people import Actor
from guichet.mail.models import Letter


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
    """The person's messages, newest first, ``size`` at a time, beginning after the key ``after``."""
    raise NotImplementedError


def letter_for(user: Actor, public_id: str) -> Letter | None:
    """One of the person's own messages; None for anybody else's."""
    raise NotImplementedError


def unread(user: Actor) -> int:
    """How many messages the person has not opened."""
    raise NotImplementedError


def all_letters(*, after: str = "", size: int = 50) -> Page:
    """Every letter, newest first: for the demonstration's page of letters only."""
    raise NotImplementedError


def outbox_health() -> OutboxHealth:
    """One query."""
    raise NotImplementedError
