"""What the measurements share: two servers of one kind, a browser's requests over one connection, and time."""

import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
SERVER = [
    "--worker-class",
    "gthread",
    "--workers",
    "2",
    "--threads",
    "4",
    "--keep-alive",
    "30",
]  # as ./guichet up has it
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@contextmanager
def served(application: str, environment: Mapping[str, str]) -> Iterator[int]:
    """A gunicorn with ``application`` (module:name) on a port of its own, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *SERVER]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=dict(environment), cwd=ROOT)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while time.monotonic() - began < 60:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


class Browser:
    """One signed-in person on one connection that stays open."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.connect()
        self.headers = {"Host": "localhost", "Accept-Language": "en", "Accept-Encoding": "identity"}
        self.cookies = {"guichet": session}

    def again(self) -> None:
        """Open the connection anew: a server closes one that has been idle while others were asked."""
        self.connection.close()
        self.connection.connect()

    def get(self, path: str) -> tuple[float, str]:
        """Milliseconds until the whole page was there, and the page."""
        taken, response, body = self._send("GET", path, None)
        if response.status != 200:
            raise SystemExit(f"GET {path}: {response.status} {response.headers.get('Location', '')} {body[:300]!r}")
        return taken, body.decode()

    def post(self, path: str, fields: Mapping[str, Any]) -> float:
        """Milliseconds until the answer to a save was there; it must be a redirect."""
        taken, response, body = self._send("POST", path, urlencode(fields, doseq=True))
        if response.status not in (302, 303):
            raise SystemExit(f"POST {path}: {response.status} {body[:2000]!r}")
        return taken

    def _send(self, method: str, path: str, body: str | None) -> tuple[float, HTTPResponse, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**self.headers, "Cookie": cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        taken = (time.perf_counter() - began) * 1000
        for header in response.headers.get_all("Set-Cookie") or ():
            name, _equals, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        return taken, response, content


def token(html: str) -> str:
    """The form's own token against forged requests."""
    found = _TOKEN.search(html)
    if found is None:
        raise SystemExit("the page has no form")
    return found[1]


def middle(values: list[float]) -> str:
    """``median (first to ninth decile)``."""
    deciles = statistics.quantiles(values, n=10)
    return f"{statistics.median(values):7.2f} ({deciles[0]:.2f}–{deciles[-1]:.2f})"
