"""The real product for the journeys: ``./guichet up`` in a process of its own, and a real SMTP server to write to."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery-staple"
START_SECONDS = 180
LETTER_SECONDS = 30


def free_port() -> int:
    """A port that nothing uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None, "a letter without a plain text"
    return str(body.get_content())


def code_of(letter: EmailMessage) -> str:
    """The code that a letter carries: what stands alone on a line in capitals and digits."""
    found = re.search(r"^\W*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\W*$", text_of(letter), re.MULTILINE)
    assert found, f"no code in:\n{text_of(letter)}"
    return found.group(1)


class Mailbox:
    """Keeps every letter that arrives over SMTP; ``refusing`` makes it answer 451, as a relay in trouble does."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusing = False
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Called by the SMTP server for each letter."""
        if self.refusing:
            return "451 4.3.0 Come back later"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 2.0.0 Kept"

    @property
    def url(self) -> str:
        """For GUICHET_EMAIL_URL."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def start(self) -> None:
        """Begin to listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    def to(self, email: str, subject: str = "") -> list[EmailMessage]:
        """The letters to an address, oldest first, whose subject contains ``subject``."""
        return [
            letter
            for letter in self.letters
            if email.casefold() in letter["X-Envelope-To"].casefold() and subject in str(letter["Subject"])
        ]

    def wait(self, email: str, subject: str = "", *, count: int = 1, seconds: float = LETTER_SECONDS) -> EmailMessage:
        """The newest letter to an address, once ``count`` of them have come; fails after ``seconds``."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.to(email, subject)
            if len(found) >= count:
                return found[-1]
            time.sleep(0.1)
        came = [(letter["X-Envelope-To"], str(letter["Subject"])) for letter in self.letters]
        raise AssertionError(f"no letter {subject!r} to {email} within {seconds} s; came: {came}")


@dataclass
class Portal:
    """A running portal. ``output`` is what it printed; ``extra`` are settings on top of the demonstration's."""

    data: Path
    mailbox: Mailbox
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    password: str = PASSWORD
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def base_url(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> str:
        """Everything it printed so far."""
        path = self.data.with_suffix(".log")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def environment(self) -> dict[str, str]:
        """The environment of the process: none of this test run's own settings."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_"))}
        return {
            **own,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUNBUFFERED": "1",
            "GUICHET_EMAIL_URL": self.mailbox.url,
            "GUICHET_DEMO_PASSWORD": self.password,
            **self.extra,
        }

    def start(self) -> None:
        """Start it and wait until it is healthy; fails with what it printed."""
        command = [sys.executable, "-P", "-m", "guichet.config.cli", "up"]
        command += ["--port", str(self.port), "--data", str(self.data)]
        with self.data.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment(), stdout=log, stderr=log, cwd=ROOT)
        deadline = time.monotonic() + START_SECONDS
        while self.health() != 200:
            assert self.process.poll() is None, f"the portal ended:\n{self.output}"
            assert time.monotonic() < deadline, f"the portal did not start:\n{self.output}"
            time.sleep(0.2)

    def health(self) -> int:
        """The status of /healthz; 0 when nothing answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop it by a signal; returns its exit code. Stopping twice is nothing."""
        if self.process is None:
            return 0
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(number)
        return process.wait(60)
