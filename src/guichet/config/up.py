"""``./guichet up``: everything between an empty folder and a portal that answers, then keeps it running."""

import importlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType, ModuleType
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from guichet.config import build
from guichet.config import environment as env
from guichet.config.cast import ACCOUNTS
from guichet.config.embedded import Embedded
from guichet.config.supervisor import Child, Supervisor
from guichet.kernel.database import UnsafeDatabase, owned_tables, refuse_unsafe

WEB_PROCESSES, WEB_THREADS = 2, 4
LETTERS_PAGE = "/en/letters-sent/"


def say(text: str) -> None:
    """One line of progress."""
    print(text, flush=True)


def check_port(host: str, port: int) -> None:
    """Raises SettingError when the port cannot be had; two servers must never share one silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the web server does: a port whose last connections are merely fading out is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise env.SettingError(
                f"port {port} on {host} cannot be used ({reason}); choose another one with --port."
            ) from error


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Raises SettingError when another portal runs from the same data folder."""
    with (data / "up.lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError as error:
            raise env.SettingError(f"another portal already runs from the data folder {data}.") from error
        yield


def _kept(path: Path, make: str) -> str:
    """The secret kept in the data folder, made at the first start; readable by its owner alone."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(make)
    return path.read_text(encoding="utf-8").strip()


def demonstration_defaults(data: Path, port: int) -> None:
    """In demonstration mode, what production must be given is made and kept in the data folder."""
    os.environ.setdefault("GUICHET_BASE_URL", f"http://localhost:{port}")
    if not env.secret("GUICHET_SECRET_KEY", ""):
        os.environ["GUICHET_SECRET_KEY"] = _kept(data / "secret-key", secrets.token_urlsafe(50))
    if not env.text("GUICHET_DEMO_PASSWORD", ""):
        words = "-".join(secrets.token_hex(2) for _ in range(4))
        os.environ["GUICHET_DEMO_PASSWORD"] = _kept(data / "demo-password", words)


def _try(url: str, setting: str) -> None:
    try:
        refuse_unsafe(url)
    except UnsafeDatabase as error:
        raise env.SettingError(
            f"the database runs with {error.setting} {error.value} and would lose saved answers;"
            f" switch it {'on' if error.value == 'off' else 'off'}."
        ) from error
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise env.SettingError(f"{setting} names a database that cannot be reached ({reason}).") from error


def served_database() -> tuple[str, str]:
    """The owner's (or "") and the application's address of a PostgreSQL given by settings; both are tried."""
    application = env.secret("DATABASE_URL")
    owner = env.secret("GUICHET_OWNER_DATABASE_URL", "")
    _try(application, "DATABASE_URL")
    if owner:
        _try(owner, "GUICHET_OWNER_DATABASE_URL")
    return owner, application


def _step(step: str, environment: dict[str, str]) -> None:
    code = subprocess.call([sys.executable, "-P", "-m", "guichet.config.prepare", step], env=environment)
    if code:
        raise SystemExit(code if code > 0 else 1)


def prepare(settings: ModuleType, owner: str, application: str) -> dict[str, str]:
    """Tables, catalogue, fonts, static files, packages, demonstration; returns the children's environment."""
    built = [build.catalogues(settings.PACKAGE, settings.BUILD), build.fonts(settings.BUILD)]
    if any(built):
        say("Built the fonts and the French catalogue")
    common = {**os.environ, "DJANGO_SETTINGS_MODULE": "guichet.config.settings"}
    # The owner's address stays out of the web server and the worker, which must not be able to use it.
    for name in ("GUICHET_OWNER_DATABASE_URL", "GUICHET_OWNER_DATABASE_URL_FILE", "DATABASE_URL_FILE"):
        common.pop(name, None)
    if owner or not settings.PRODUCTION:
        _step("owner", {**common, **_owner_environment(owner, application)})
    if settings.PRODUCTION and (owned := owned_tables(application)):
        raise env.SettingError(
            f"the role of DATABASE_URL owns {len(owned)} tables ({owned[0]}, ...); serve with a role that owns none"
            " (docs/operating.md)."
        )
    served = {**common, "DATABASE_URL": application}
    _step("application", served)
    return served


def _owner_environment(owner: str, application: str) -> dict[str, str]:
    role = str(conninfo_to_dict(application).get("user", ""))
    if not owner or conninfo_to_dict(owner).get("user", "") == role:
        return {"DATABASE_URL": owner or application}
    return {"DATABASE_URL": owner, "GUICHET_APPLICATION_ROLE": role}


def children(host: str, port: int, environment: dict[str, str]) -> list[Child]:
    """The two processes that make the portal."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [sys.executable, "-P", "-m", "gunicorn", "guichet.config.wsgi", "--bind", address]
    web += ["--worker-class", "gthread", "--workers", str(WEB_PROCESSES), "--threads", str(WEB_THREADS)]
    web += ["--no-control-socket", "--graceful-timeout", "20", "--log-level", "warning"]
    worker = [sys.executable, "-P", "-m", "guichet.config.worker"]
    return [Child("web server", web, environment), Child("worker", worker, environment)]


def healthy(host: str, port: int) -> bool:
    """Whether /healthz answers that all is well."""
    connection = HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=5)  # noqa: S104
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(os.environ["GUICHET_BASE_URL"]).netloc})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(settings: ModuleType) -> None:
    """Say where the portal is, and who may try it."""
    say(f"\nThe portal answers at {settings.BASE_URL} (Ctrl-C stops it).")
    if settings.DEMONSTRATION:
        say(f"Demonstration accounts, all with the password {os.environ['GUICHET_DEMO_PASSWORD']}")
        for account in ACCOUNTS:
            say(f"  {account.email:<24} {account.part}")
        say(f"Every letter sent is shown at {settings.BASE_URL}{LETTERS_PAGE}\n")


@contextmanager
def database(data: Path) -> Iterator[tuple[str, str, Callable[[], None]]]:
    """The owner's and the application's addresses, and what looks after the server while the portal runs.

    An embedded server runs as long as this does.
    """
    if env.secret("DATABASE_URL", ""):
        yield (*served_database(), lambda: None)
        return
    say("Starting the embedded PostgreSQL")
    server = Embedded(data)
    try:
        _try(server.application_url, "the data folder")
        yield server.owner_url, server.application_url, server.tend
    finally:
        # Only one portal runs from a data folder, so nobody is left to use it.
        server.stop(always=True)


def load_settings(data: Path, port: int) -> ModuleType:
    """The settings, checked before anything is started; raises SettingError."""
    if env.text("GUICHET_MODE", "demonstration") == "demonstration":
        demonstration_defaults(data, port)
    given = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_URL_FILE") if name in os.environ}
    if not given:
        os.environ["DATABASE_URL"] = "postgresql:///embedded"
    try:
        return importlib.import_module("guichet.config.settings")
    finally:
        if not given:
            del os.environ["DATABASE_URL"]


def _exit(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def up(*, host: str, port: int, data: Path) -> int:
    """Start the portal and keep it until a signal comes; returns the exit code.

    Raises SettingError, one sentence, when the port, the folder, the database or a setting cannot be used.
    """
    check_port(host, port)
    # Before the supervisor listens, SIGTERM is an ordinary way out, so that the database is stopped as well.
    signal.signal(signal.SIGTERM, _exit)
    with only_one(data):
        settings = load_settings(data, port)
        with database(data) as (owner, application, tend):
            environment = prepare(settings, owner, application)
            say("Starting the web server and the worker")
            supervisor = Supervisor(children(host, port, environment), tend)
            return supervisor.run(lambda: healthy(host, port), lambda: welcome(settings))
