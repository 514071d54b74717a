"""Putting letters in the outbox."""

from collections.abc import Mapping

from django.db import transaction

from guichet.kernel import clock, identifiers
from guichet.kernel.bilingual import Text, known
from guichet.kernel.people import Actor
from guichet.mail import jobs
from guichet.mail.delivery import sender
from guichet.mail.models import Letter
from guichet.mail.texts import Composed, compose


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

    ``values`` fill the text (see ``texts.compose``). ``in_portal`` False is for codes: no copy among the messages, and
    in production the body is blanked once it is sent.
    Raises ValueError for an address with a line break or without @, and what ``texts.compose`` raises.
    """
    composed = compose(room=room, name=name, language=language, values=values, override=override)
    return post(
        composed,
        name=name,
        language=language,
        email=email,
        user=user,
        organization_id=organization_id,
        reference=reference,
        in_portal=in_portal,
    )


def post(
    composed: Composed,
    *,
    name: str,
    language: str,
    email: str,
    user: Actor | None = None,
    organization_id: str = "",
    reference: str = "",
    in_portal: bool = True,
) -> Letter:
    """Put a letter whose words are ready in the outbox. Raises ValueError for an impossible address."""
    if "@" not in email or any(sign.isspace() or not sign.isprintable() for sign in email):
        raise ValueError(f"not an address: {email!r}")
    public_id = identifiers.new_id()
    letter = Letter(
        public_id=public_id,
        name=name,
        recipient_email=email,
        recipient_id=user.pk if user else None,
        language=known(language),
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        organization_id=organization_id,
        reference=reference,
        in_portal=in_portal,
        message_id=f"<{public_id}@{sender().rsplit('@', 1)[-1]}>",
    )
    with transaction.atomic(savepoint=False):
        letter.save(force_insert=True)
        jobs.send_letter.defer(letter_id=letter.pk)
    return letter


def mark_read(*, actor: Actor, letter: Letter) -> None:
    """Note when its recipient first opened it; nobody else's reading counts."""
    Letter.objects.filter(pk=letter.pk, recipient_id=actor.pk, read_at=None).update(read_at=clock.now())
