"""Speaking to the mail server: one letter, one answer."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TypedDict


class Transport(TypedDict):
    """``settings.MAIL_TRANSPORT``: scheme smtp, smtp+starttls, smtps or demonstration."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    timeout: float


@dataclass(frozen=True)
class Answer:
    """What the server said last."""

    code: int
    text: str

    @property
    def good(self) -> bool:
        return 200 <= self.code <= 299

    def __str__(self) -> str:
        return f"{self.code or ''} {self.text}".strip()


class Refused(Exception):
    """The server will never take this letter (5xx to the recipient or the content). ``answer`` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer))
        self.answer = answer


class NotNow(Exception):
    """The server cannot be reached, or asks to come again (4xx)."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer))
        self.answer = answer


def deliver(transport: Transport, message: EmailMessage, *, sender: str, recipient: str) -> Answer:
    """Hand ``message`` to the server and return its final 250.

    Raises Refused when the server will not have this recipient or this letter, NotNow for everything that somebody can
    mend or that passes: no server, no sign-in, our own address refused, "come again". A line that breaks after the
    message went and before the 250 counts as NotNow: the letter may arrive twice, with one Message-ID, but never not.
    """
    if transport["scheme"] == "demonstration":
        return Answer(0, "demonstration")
    if not recipient.isascii():
        raise Refused(Answer(553, "the address is not ASCII"))
    try:
        server = _connected(transport, sender.rsplit("@", 1)[-1])
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(_told(error)) from error
    try:
        return _hand_over(server, message.as_bytes(), sender, recipient)
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(_told(error)) from error
    finally:
        _leave(server)


def _connected(transport: Transport, our_name: str) -> smtplib.SMTP:
    host, port, timeout = transport["host"], transport["port"], transport["timeout"]
    if transport["scheme"] == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, our_name, timeout=timeout, context=context)
    else:
        server = smtplib.SMTP(host, port, our_name, timeout=timeout)
    try:
        if transport["scheme"] == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if transport["user"]:
            server.login(transport["user"], transport["password"])
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _hand_over(server: smtplib.SMTP, message: bytes, sender: str, recipient: str) -> Answer:
    opening = _answer(server.mail(sender))
    if not opening.good:
        raise NotNow(opening)
    named = _answer(server.rcpt(recipient))
    if not named.good:
        raise _failure(named)
    try:
        taken = _answer(server.data(message))
    except smtplib.SMTPDataError as error:
        taken = Answer(error.smtp_code, _words(error.smtp_error))
    if not taken.good:
        raise _failure(taken)
    return taken


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; whatever the server answers now, the letter's fate is settled."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _failure(answer: Answer) -> Refused | NotNow:
    # 530 and 535 speak of our own credentials, which the operator will mend, not of the letter.
    return Refused(answer) if 500 <= answer.code <= 599 and answer.code not in (530, 535) else NotNow(answer)


def _answer(reply: tuple[int, bytes]) -> Answer:
    return Answer(reply[0], _words(reply[1]))


def _told(error: Exception) -> Answer:
    if isinstance(error, smtplib.SMTPResponseException):
        return Answer(error.smtp_code, _words(error.smtp_error))
    return Answer(0, f"{type(error).__name__}: {error}")


def _words(raw: bytes | str) -> str:
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
