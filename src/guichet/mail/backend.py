"""Django's way to send mail, led into the outbox: whatever a library sends goes in with the transaction too."""

from collections.abc import Sequence
from html import escape

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from guichet.kernel.bilingual import ENGLISH, LANGUAGES
from guichet.mail.actions import post
from guichet.mail.texts import Composed, one_line


class OutboxBackend(BaseEmailBackend):
    """One letter per recipient, in the language now spoken; no copy among the messages of the portal."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Returns how many messages went in. Raises what django.core.mail raises for line breaks in headers."""
        for message in email_messages:
            message.message()  # Django's own check of the headers
            composed = Composed(one_line(str(message.subject)), str(message.body), _html_of(message))
            for address in message.recipients():
                post(composed, name="message", language=_spoken(), email=address, in_portal=False)
        return len(email_messages)


def _spoken() -> str:
    language = (get_language() or ENGLISH).split("-")[0]
    return language if language in LANGUAGES else ENGLISH


def _html_of(message: EmailMessage) -> str:
    for alternative in getattr(message, "alternatives", ()):
        if alternative[1] == "text/html":
            return str(alternative[0])
    paragraphs = str(message.body).strip().split("\n\n")
    return "\n".join(f"<p>{escape(paragraph).replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)
