"""``./guichet up``: what stops it is said in one sentence, with an exit code; a child that keeps dying ends it."""

import os
import socket
import subprocess
import sys
import time

import pytest

from guichet.config import up
from guichet.config.environment import SettingError
from guichet.config.supervisor import Child, Supervisor
from tests.house.sources import ROOT
from tests.journeys.server import free_port


def run(*arguments, **settings):
    """Exit code and output of the command line in a fresh Python."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_"))}
    result = subprocess.run(
        [sys.executable, "-P", "-m", "guichet.config.cli", *arguments],
        env={**own, "PYTHONPATH": str(ROOT / "src"), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return result.returncode, (result.stdout + result.stderr).strip()


def refused(*arguments, **settings):
    """The one sentence it ends with."""
    code, said = run(*arguments, **settings)
    assert code == 1
    sentence = said.removeprefix("Starting the embedded PostgreSQL\n")
    assert "\n" not in sentence
    return sentence


def test_a_used_port(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert f"port {port} on 127.0.0.1 cannot be used" in refused("up", "--port", port, "--data", str(tmp_path))


def test_a_port_that_cannot_be(tmp_path):
    assert "choose another one with --port" in refused("up", "--port", "70000", "--data", str(tmp_path))


def test_a_folder_that_cannot_be_written():
    assert "cannot be written" in refused("up", "--port", str(free_port()), "--data", "/proc/guichet")


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be written" in refused("up", "--port", str(free_port()), "--data", str(tmp_path / "file"))


def test_a_folder_that_the_embedded_database_cannot_use(tmp_path):
    said = refused("up", "--port", str(free_port()), "--data", str(tmp_path / "a b"))
    assert "because of ' ' in its path" in said


def test_a_database_that_cannot_be_reached(tmp_path):
    said = refused(
        *("up", "--port", str(free_port()), "--data", str(tmp_path)),
        DATABASE_URL="postgresql://somebody:secret-word@127.0.0.1:1/none",
    )
    assert said.startswith("guichet: DATABASE_URL names a database that cannot be reached")
    assert "secret-word" not in said


def test_a_setting_is_refused_before_anything_starts(tmp_path):
    said = refused("up", "--port", str(free_port()), "--data", str(tmp_path), GUICHET_MODE="production")
    assert said.startswith("guichet: GUICHET_SECRET_KEY is not set.")
    assert not (tmp_path / "postgres").exists()


def test_a_second_portal_on_one_data_folder_is_refused(tmp_path):
    with up.only_one(tmp_path), pytest.raises(SettingError, match="already runs"), up.only_one(tmp_path):
        pass


def test_demonstration_secrets_are_kept_and_private(tmp_path, monkeypatch):
    for name in ("GUICHET_SECRET_KEY", "GUICHET_DEMO_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    up.demonstration_defaults(tmp_path, 8000)
    first = os.environ["GUICHET_DEMO_PASSWORD"]
    monkeypatch.delenv("GUICHET_DEMO_PASSWORD")
    up.demonstration_defaults(tmp_path, 8000)
    assert os.environ["GUICHET_DEMO_PASSWORD"] == first
    assert (tmp_path / "demo-password").stat().st_mode & 0o077 == 0


def child(code, name="child"):
    return Child(name, [sys.executable, "-c", code], dict(os.environ))


def test_a_child_that_keeps_dying_ends_the_portal(monkeypatch, capfd):
    monkeypatch.setattr("guichet.config.supervisor.FIRST_WAIT", 0.01)
    steady = child("import time; time.sleep(60)", "steady")
    code = Supervisor([child("raise SystemExit(3)", "worker"), steady]).run(lambda: False, lambda: None)
    assert code == 1
    assert "the worker keeps ending; giving up" in capfd.readouterr().err
    assert steady.process.poll() is not None


def test_a_child_that_dies_once_is_started_again_and_a_stop_reaches_all(monkeypatch):
    monkeypatch.setattr("guichet.config.supervisor.FIRST_WAIT", 0.01)
    watched = child("import time; time.sleep(60)")
    supervisor, seen = Supervisor([watched]), []

    def ready():
        seen.append(watched.process.pid if watched.process else None)
        if len(seen) == 1:
            watched.process.kill()
            time.sleep(0.1)
        supervisor.stopping = len({pid for pid in seen if pid}) == 2
        return False

    assert supervisor.run(ready, lambda: None) == 0
    assert watched.process.poll() is not None
