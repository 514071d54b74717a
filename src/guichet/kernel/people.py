"""What the lower rooms need to know of a person, without knowing the accounts room above them."""

from typing import Protocol


class Actor(Protocol):
    """Somebody who acts. ``accounts.User`` fits; ``None`` stands for the system itself."""

    pk: int
    public_id: str
    name: str


def name_of(actor: Actor | None) -> str:
    """The name kept beside an act; empty for the system."""
    return actor.name if actor else ""
