"""Keeps the web server and the worker running: starts them, starts again what dies, stops all of them cleanly."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
# A child that died this often within the window keeps dying: the portal is not up, and says so.
DEATHS, WINDOW_SECONDS = 5, 120.0
STOP_SECONDS = 30.0
TEND_SECONDS = 1.0
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """In the child: when its parent is killed outright, Linux ends the child too, and frees the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process to keep: its name in messages, its command and environment."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    start_at: float = 0.0

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C reaches the supervisor alone, which stops the rest in order."""
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            start_new_session=True,
            preexec_fn=die_with_parent,
            stdin=subprocess.DEVNULL,
        )

    def died(self, now: float) -> bool:
        """Note a death and when to start again; True when it has died too often."""
        assert self.process is not None  # noqa: S101 -- only a started child dies
        self.deaths = [moment for moment in self.deaths if now - moment < WINDOW_SECONDS] + [now]
        wait = min(FIRST_WAIT * 2 ** (len(self.deaths) - 1), LONGEST_WAIT)
        code, self.process, self.start_at = self.process.returncode, None, now + wait
        print(f"guichet: the {self.name} ended (exit code {code}); starting it again.", file=sys.stderr, flush=True)
        return len(self.deaths) >= DEATHS


class Supervisor:
    """Runs the children until a signal comes, or one of them keeps dying.

    ``tend`` is called every second: it looks after what is no child of ours.
    """

    def __init__(self, children: Sequence[Child], tend: Callable[[], None] = lambda: None) -> None:
        self.children = children
        self.tend = tend
        self._tended = 0.0
        self.stopping = False

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self, ready: Callable[[], bool], when_ready: Callable[[], None]) -> int:
        """Start everything and watch; call ``when_ready`` once, as soon as ``ready`` says so.

        Returns the exit code: 0 stopped by a signal, 1 given up.
        """
        signals = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        before = [signal.signal(number, self._on_signal) for number in signals]
        try:
            for child in self.children:
                child.start()
            told = False
            while not self.stopping:
                if not self._keep():
                    return 1
                if not told and ready():
                    told = True
                    when_ready()
                time.sleep(0.2)
            return 0
        finally:
            self._stop()
            for number, handler in zip(signals, before, strict=True):
                signal.signal(number, handler)

    def _keep(self) -> bool:
        """Start what is due again; False when a child keeps dying."""
        now = time.monotonic()
        if now - self._tended > TEND_SECONDS:
            self._tended = now
            self.tend()
        for child in self.children:
            if child.process is None:
                if now >= child.start_at:
                    child.start()
            elif child.process.poll() is not None and child.died(now):
                print(f"guichet: the {child.name} keeps ending; giving up.", file=sys.stderr, flush=True)
                return False
        return True

    def _stop(self) -> None:
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
