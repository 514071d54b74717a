"""Putting letters in the outbox."""

from collections.abc import Mapping

from guichet.kernel.bilingual import Text
from guichet.kernel.people import Actor
from guichet.mail.models import Letter


def send(
    *,
    room: str,
    name: str,
    language: str,
    email: str,
    user: Actor | None = None,
    values: Mapping[str, object],
    organization_id: str = "",
    reference: str = "",
    in_portal: bool = True,
    override: Text | None = None,
) -> Letter:
    """Put one letter in the outbox, in the caller's transaction: rolled back, it was never written.

    ``values`` fill the text (see ``texts.compose``). ``in_portal`` False is for codes: no copy among the messages, and in
    production the body is blanked once it is sent.
    """
    raise NotImplementedError


def mark_read(*, actor: Actor, letter: Letter) -> None:
    """Note when its recipient first opened it."""
    raise NotImplementedError
