"""The start, the stop and the accidents in between, of the real product on its own data folder."""

import json
import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from tests.journeys.server import ROOT, Mailbox, Portal


@pytest.fixture(scope="module")
def own(tmp_path_factory, mailbox: Mailbox):
    """A portal that may be ill-treated."""
    portal = Portal(tmp_path_factory.mktemp("start") / "data", mailbox)
    portal.start()
    yield portal
    portal.stop()


def postmaster(portal: Portal) -> psutil.Process:
    return psutil.Process(int((portal.data / "postgres" / "postmaster.pid").read_text().split()[0]))


def child(portal: Portal, module: str) -> psutil.Process:
    assert portal.process is not None
    (found,) = [one for one in psutil.Process(portal.process.pid).children() if module in one.cmdline()]
    return found


def until(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_it_prints_where_it_is_and_who_may_try_it(own: Portal):
    until(lambda: "The portal answers at" in own.output)
    assert own.base_url in own.output
    for name in ("signatory", "colleague", "newcomer", "stranger", "officer", "admin"):
        assert f"{name}@demo.example" in own.output
    assert own.password in own.output


def test_health_tells_three_things_and_nothing_else(own: Portal):
    connection = HTTPConnection("127.0.0.1", own.port, timeout=15)
    connection.request("GET", "/healthz")
    assert set(json.loads(connection.getresponse().read())) == {"database", "worker", "version"}
    connection.close()


def test_a_second_portal_on_the_same_folder_is_refused(own: Portal):
    command = [sys.executable, "-P", "-m", "guichet.config.cli", "up", "--port", "0", "--data", str(own.data)]
    second = subprocess.run(command, env=own.environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "another portal already runs" in second.stderr


def test_the_processes_that_serve_do_not_know_the_owner(own: Portal):
    for module in ("gunicorn", "guichet.config.worker"):
        environment = child(own, module).environ()
        assert "guichet_app" in environment["DATABASE_URL"]
        assert "guichet_owner" not in " ".join(environment.values())


def test_a_worker_a_web_server_and_a_database_that_are_killed_come_back(own: Portal):
    for process in (child(own, "guichet.config.worker"), child(own, "gunicorn"), postmaster(own)):
        process.kill()
        time.sleep(2)
        until(lambda: own.health() == 200)
    assert "the embedded PostgreSQL ended; starting it again" in own.output


def test_the_supervisor_s_death_takes_the_processes_with_it_and_the_next_start_goes_on(own: Portal):
    children = [child(own, "gunicorn"), child(own, "guichet.config.worker")]
    own.stop(signal.SIGKILL)
    until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in children))
    own.start()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_and_the_next_start_is_quick_and_keeps_the_data(own: Portal, number: int):
    everything = [child(own, "gunicorn"), child(own, "guichet.config.worker"), postmaster(own)]
    assert own.stop(number) == 0
    assert own.health() == 0
    assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in everything)
    began = time.monotonic()
    own.start()
    assert time.monotonic() - began < 30  # three seconds on a quiet machine
    assert "Preparing the tables" not in own.output.rsplit("Starting the embedded PostgreSQL", 1)[1]


def test_secrets_and_uploads_are_for_the_owner_of_the_process_alone(own: Portal):
    for path in (own.data / "secret-key", own.data / "files"):
        if path.exists():
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_first_start_that_is_interrupted_can_be_made_again(tmp_path: Path, mailbox: Mailbox):
    portal = Portal(tmp_path / "data", mailbox)
    command = [sys.executable, "-P", "-m", "guichet.config.cli", "up", "--port", str(portal.port)]
    for seconds in (0.8, 1.2, 3):
        first = subprocess.Popen([*command, "--data", str(portal.data)], env=portal.environment(), cwd=ROOT)
        time.sleep(seconds)
        first.terminate()
        first.wait(60)
        assert not (portal.data / "postgres" / "postmaster.pid").exists()
    portal.start()
    portal.stop()


def test_running_as_root_opens_no_folder_to_reading(tmp_path: Path, mailbox: Mailbox):
    if os.geteuid() != 0:
        pytest.skip("only root has another system user for the database")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    portal = Portal(closed / "data", mailbox)
    portal.start()
    try:
        assert closed.stat().st_mode & 0o777 == 0o711
    finally:
        portal.stop()
