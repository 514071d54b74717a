"""Sending one letter of the outbox, and what becomes of it."""

from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from html import escape
from typing import cast

from django.conf import settings
from django.db.models import F

from guichet.kernel import clock
from guichet.mail import transport
from guichet.mail.models import Letter, LetterState

PATIENCE = timedelta(days=3)
# Seconds before the next try; the last one repeats.
WAITS = (10, 20, 30, 60, 120, 300, 900, 1800, 3600, 7200, 14400)


class TryAgain(Exception):
    """The letter waits for another try in ``seconds``."""

    def __init__(self, seconds: int, why: str) -> None:
        super().__init__(why)
        self.seconds = seconds


class NotThere(Exception):
    """No such letter. The worker's own jobs defer outside their transaction: it may be committed in a moment."""


def deliver(letter_id: int) -> None:
    """Send a letter that is not yet sent; note the server's answer. A letter already sent or given up is left alone.

    Raises TryAgain while the server cannot take it, for three days; then, or when it refuses for good, it has failed.
    Raises NotThere when no letter has this id.
    """
    claimed = Letter.objects.filter(pk=letter_id, state__in=(LetterState.QUEUED, LetterState.SENDING))
    taken = claimed.update(state=LetterState.SENDING, tries=F("tries") + 1)
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        raise NotThere(letter_id)
    if not taken:
        return
    try:
        answer = transport.deliver(
            cast(transport.Transport, settings.MAIL_TRANSPORT),
            message_of(letter),
            sender=sender(),
            recipient=address_of(letter.recipient_email),
        )
    except transport.Refused as refused:
        _note(letter, LetterState.FAILED, refused.answer)
    except transport.NotNow as not_now:
        wait = WAITS[min(letter.tries, len(WAITS)) - 1]
        if clock.now() + timedelta(seconds=wait) > letter.created_at + PATIENCE:
            _note(letter, LetterState.FAILED, not_now.answer)
            return
        _note(letter, LetterState.QUEUED, not_now.answer)
        raise TryAgain(wait, str(not_now)) from not_now
    else:
        _note(letter, LetterState.SENT, answer)


def message_of(letter: Letter) -> EmailMessage:
    """The letter as it goes over the wire: text and HTML, its language named, the same Message-ID at every try.

    Raises ValueError when a header would hold a line break.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(settings.PORTAL_NAME[letter.language], addr_spec=sender())
    message["To"] = address_of(letter.recipient_email)
    message["Subject"] = letter.subject
    message["Date"] = letter.created_at
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(page_of(letter), subtype="html", cte="quoted-printable")
    for part in message.walk():
        part["Content-Language"] = letter.language
    return message


def sender() -> str:
    """The bare address letters come from, whether or not the setting has a name before it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def page_of(letter: Letter) -> str:
    """The letter's HTML as a page of its own."""
    title = escape(letter.subject)
    return (
        f'<!DOCTYPE html>\n<html lang="{letter.language}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n{letter.body}</body></html>\n"
    )


def address_of(email: str) -> str:
    """``email`` with its domain as mail servers spell it (IDNA)."""
    local, at, domain = email.rpartition("@")
    if domain.isascii():
        return email
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return email


def _note(letter: Letter, state: LetterState, answer: transport.Answer) -> None:
    noted: dict[str, object] = {"state": state, "answer": str(answer)[:500]}
    if state == LetterState.SENT:
        noted["sent_at"] = clock.now()
        if settings.PRODUCTION and not letter.in_portal:
            noted |= {"text": "", "html": ""}  # a code has done its work
    Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(**noted)
