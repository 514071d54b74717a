"""What the measurements share: two servers of one kind, a browser's requests over one connection, and time."""

import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

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
def served(application: str, environment: Mapping[str, str]) -> Iterator["Site"]:
    """A gunicorn with ``application`` (its module) on a port of its own, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *SERVER]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=dict(environment), cwd=ROOT)
    try:
        _wait(port, process)
        yield Site(port, process.pid)
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


class Site:
    """A running server."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid
        self.processes: list[psutil.Process] = []

    def look(self) -> None:
        """Find its processes: the first answers on the port before the others are there."""
        first = psutil.Process(self.pid)
        self.processes = [first, *first.children(recursive=True)]

    def worked(self) -> float:
        """Milliseconds that its processes have spent on a processor so far (Linux's own account, in nanoseconds)."""
        total = 0
        for process in self.processes:
            for task in Path(f"/proc/{process.pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e6


@dataclass(frozen=True)
class Cost:
    """What one request took, in milliseconds: by the clock, and of a processor in the web server's processes."""

    waited: float
    worked: float


class Browser:
    """One signed-in person on one connection that stays open."""

    def __init__(self, site: Site, session: str) -> None:
        self.site = site
        self.connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
        self.connection.connect()
        self.headers = {"Host": "localhost", "Accept-Language": "en", "Accept-Encoding": "identity"}
        self.headers |= {"Accept": "text/html, application/json"}
        self.cookies = {"guichet": session}

    def again(self) -> None:
        """Open the connection anew: a server closes one that has been idle while others were asked."""
        self.connection.close()
        self.connection.connect()
        self.site.look()

    def get(self, path: str) -> tuple[Cost, str]:
        """What the page took until it was there, and the page."""
        taken, response, body = self._send("GET", path, None)
        if response.status != 200:
            raise SystemExit(f"GET {path}: {response.status} {response.headers.get('Location', '')} {body[:300]!r}")
        return taken, body.decode()

    def post(self, path: str, fields: Mapping[str, Any]) -> Cost:
        """What a save took until its answer was there; it must be a redirect."""
        return self.sent(path, fields, (302, 303))

    def sent(self, path: str, fields: Mapping[str, Any], expected: tuple[int, ...] = (200,)) -> Cost:
        """What a request of a script took until its answer was there."""
        taken, response, body = self._send("POST", path, urlencode(fields, doseq=True))
        if response.status not in expected:
            raise SystemExit(f"POST {path}: {response.status} {body[:2000]!r}")
        return taken

    def _send(self, method: str, path: str, body: str | None) -> tuple[Cost, HTTPResponse, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**self.headers, "Cookie": cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        worked, began = self.site.worked(), time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        waited = (time.perf_counter() - began) * 1000
        time.sleep(0.002)  # the server tidies up after it has answered
        taken = Cost(waited, self.site.worked() - worked)
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


def median(costs: list[Cost], name: str) -> float:
    """The median of ``waited`` or ``worked``."""
    return statistics.median(getattr(cost, name) for cost in costs)
