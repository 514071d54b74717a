"""A real SMTP server that accepts, puts off, refuses or hangs up, as a test tells it."""

import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Server:
    """``received`` are the messages the server took; ``at_rcpt`` and ``at_data`` what it answers, None to accept.

    ``hang_up`` closes the line in the middle of DATA; ``hang_up_late`` takes the message, and closes it before the 250.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.at_mail: str | None = None
        self.at_rcpt: str | None = None
        self.at_data: str | None = None
        self.hang_up = False
        self.hang_up_late = False
        self.port = 0

    async def handle_MAIL(self, server: SMTP, session, envelope, address, options) -> str:
        if self.at_mail:
            return self.at_mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session, envelope, address, options) -> str:
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:
        if self.hang_up:
            server.transport.abort()
            return "421 never heard"
        if self.at_data:
            return self.at_data
        self.received.append(message_from_bytes(envelope.content, policy=email.policy.default))
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if self.hang_up_late:
            server.transport.abort()
        return "250 2.0.0 queued as 42"


@contextmanager
def running() -> Iterator[Server]:
    """A server on a free port of this machine."""
    server = Server()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
