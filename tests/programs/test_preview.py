"""The preview: a package alone, nothing of a real portal, an organization out of a golden case."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from django.urls import reverse
from django.utils import translation

from guichet.accounts.models import User
from guichet.applications.models import Application
from guichet.config import demonstration, opening, preview
from guichet.config.cast import SIGNATORY
from guichet.config.prepare import publish_all
from guichet.eligibility.queries import has_met
from guichet.kernel import clock
from guichet.organizations.models import Organization
from guichet.programs.loading import load
from guichet.programs.queries import current_edition, programs, reception
from guichet.web.applicant.editions import family_slug
from tests.house.sources import ROOT
from tests.journeys.server import START_SECONDS, free_port
from tests.programs.packages import SHIPPED, changed, documented, example, write
from tests.programs.test_cases import SOUND


def test_nothing_of_a_real_portal_reaches_it(tmp_path):
    real = {"DATABASE_URL": "postgresql:///real", "GUICHET_EMAIL_URL": "smtp://real", "GUICHET_SECRET_KEY_FILE": "/key"}
    real |= {
        "GUICHET_MODE": "production",
        "GUICHET_DATA": "/srv/real",
        "GUICHET_PROGRAMS": "/srv/programs",
        "PATH": "/bin",
    }
    kept = preview.separate(real, tmp_path / "data", tmp_path / "programs")
    assert kept == {
        "PATH": "/bin",
        "GUICHET_MODE": "demonstration",
        "GUICHET_DATA": str(tmp_path / "data"),
        "GUICHET_PROGRAMS": str(tmp_path / "programs"),
    }


@pytest.mark.django_db
def test_the_first_case_that_may_apply_becomes_an_organization(tmp_path):
    folder = changed(tmp_path / "mine", "calendar.yaml", "first_year: 2030", "first_year: 2020")
    (folder / "cases").mkdir()
    (folder / "cases" / "first.yaml").write_text(SOUND, encoding="utf-8")
    preview.lay_out(folder, tmp_path / "shown")
    publish_all(tmp_path / "shown")
    demonstration.load("a long enough password", tmp_path / "shown")
    assert [edition.key for edition in programs()] == ["2030"]
    organization = Organization.objects.get()
    assert organization.legal_name == "Baie-Verte"
    assert has_met(organization, "village-grants")


@pytest.fixture
def sent_off(monkeypatch):
    """Sets the clock: the example's window is open in the spring of 2030."""

    def to(moment):
        monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment))

    to("2029-11-25T15:00:30+00:00")
    return to


def shown_as_in_preview(folder, shown):
    """The edition as the preview has it, published, with its demonstration."""
    preview.lay_out(folder, shown)
    publish_all(shown)
    demonstration.load("a long enough password", shown)
    return current_edition("village-grants")


def complete(folder):
    """The example, with a golden case of which an organization can be made."""
    edition = write(folder)
    (edition / "cases").mkdir()
    (edition / "cases" / "first.yaml").write_text(SOUND, encoding="utf-8")
    return edition


@pytest.mark.django_db
def test_an_application_to_next_year_s_edition_is_begun_before_its_window_opens(tmp_path, sent_off, client, capsys):
    folder = complete(tmp_path / "mine")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    edition = shown_as_in_preview(folder, tmp_path / "shown")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before  # the copy alone changes
    said = capsys.readouterr().out
    assert "the intake spring is open; as written, it opens on 2030-02-04 12:00-04:00." in said
    assert "the calendar is used from 2029 to 2031; as written, it has the years 2030 to 2031 only." in said
    assert edition.definition.begins == date(2030, 1, 1)
    assert edition.definition.lead_time == load(folder).definition.lead_time
    client.force_login(User.objects.get(email=SIGNATORY.email))
    for language, note in (("fr", "ouverte hors de sa période"), ("en", "preview: open ahead of its window")):
        with translation.override(language):
            family = family_slug(edition)
            assert note in client.get(reverse("applicant:new", args=[family])).content.decode()
            start = reverse("applicant:start", args=[family, "village-grants"])
    begun = client.post(start)
    assert begun.status_code == 302, begun.content.decode()
    assert Application.objects.get().edition_id == edition.id


@pytest.mark.django_db
def test_a_person_without_a_business_number_may_apply_where_the_question_may_stay_blank(tmp_path, sent_off):
    folder = complete(tmp_path / "mine")
    for name, before, after in (
        ("profile.yaml", "type: business_number", "type: business_number\n        required: false"),
        ("cases/first.yaml", 'number: "123026635", ', ""),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")
    shown_as_in_preview(folder, tmp_path / "shown")
    organization = Organization.objects.get()
    assert organization.business_number is None
    assert has_met(organization, "village-grants")


@pytest.mark.django_db
def test_an_edition_whose_window_has_closed_is_open_again_in_its_preview(tmp_path, sent_off, capsys):
    sent_off("2032-06-01T12:00:00+00:00")
    edition = shown_as_in_preview(complete(tmp_path / "mine"), tmp_path / "shown")
    said = capsys.readouterr().out
    assert "the intake spring is open; as written, it closed on 2030-05-29 12:00-03:00." in said
    assert "the calendar is used from 2030 to 2037" in said
    assert reception(edition, clock.now()).closes == datetime(2032, 7, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_an_edition_that_receives_applications_is_shown_as_it_is_written(tmp_path, sent_off, capsys):
    sent_off("2030-03-01T12:00:00+00:00")
    folder = complete(tmp_path / "mine")
    assert shown_as_in_preview(folder, tmp_path / "shown").hash == load(folder).hash
    assert capsys.readouterr().out == ""


def test_what_cannot_be_opened_without_a_fault_is_shown_as_written(tmp_path, sent_off, capsys, monkeypatch):
    monkeypatch.setattr(opening, "_TITLE", {"en": "{} <b>", "fr": "{}"})
    folder = complete(tmp_path / "mine")
    preview.lay_out(folder, tmp_path / "shown")
    assert load(tmp_path / "shown" / "village-grants" / "2030").hash == load(folder).hash
    assert capsys.readouterr().out.startswith("It is shown as written, since it cannot be opened for the preview:")


def test_a_package_without_cases_is_shown_without_an_organization(tmp_path):
    preview.lay_out(write(tmp_path / "mine"), tmp_path / "shown")
    assert not list((tmp_path / "shown").glob("*/demonstration.yaml"))


def test_tables_of_a_case_become_rows(tmp_path):
    folder = SHIPPED / "canexport-smes" / "2024-25"
    preview.lay_out(folder, tmp_path)
    text = (tmp_path / "canexport-smes" / "demonstration.yaml").read_text(encoding="utf-8")
    assert SIGNATORY.email in text
    assert '"owners": [{"name": "Marie Tremblay", "country": "CA", "share": "100"}]' in text


def test_one_edition_is_shown_at_a_time(tmp_path):
    folder = write(tmp_path / "mine", example())
    shutil.copytree(folder, folder.parent / "2031")
    with pytest.raises(SystemExit, match="has: 2030, 2031"):
        preview.lay_out(folder.parent, tmp_path / "shown")


# What stands for the portal: says that it runs, and ends in its own time once it is asked to.
PORTAL = """
import os, signal, sys, time
def leave(number, frame):
    time.sleep(0.3)
    os.write(1, b"left\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
os.write(1, b"runs\\n")
time.sleep(120)
"""
PREVIEW = (
    "import os, sys; from guichet.config.preview import run; sys.exit(run([sys.executable, '-c', sys.argv[1]], {}))"
)


def started(*arguments, **settings):
    """A process of the command line, whose output can be read, with none of the settings of this run."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_"))}
    return subprocess.Popen(
        [sys.executable, "-P", *arguments],
        env={**own, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_command_alone_stops_the_portal_in_order(number):
    with started("-c", PREVIEW, PORTAL) as command:
        assert command.stdout.readline() == "runs\n"
        (portal,) = psutil.Process(command.pid).children()
        os.kill(command.pid, number)
        assert command.wait(30) == 0
        assert command.stdout.read() == "left\n"
    assert not portal.is_running()


def test_a_second_signal_does_not_cut_the_end_short():
    with started("-c", PREVIEW, PORTAL) as command:
        assert command.stdout.readline() == "runs\n"
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(command.pid, number)
        assert command.wait(30) == 0
        assert command.stdout.read() == "left\n"


def test_killed_outright_the_command_takes_its_portal_with_it():
    with started("-c", PREVIEW, PORTAL) as command:
        assert command.stdout.readline() == "runs\n"
        (portal,) = psutil.Process(command.pid).children()
        command.kill()
        assert command.stdout.read() == "left\n"  # until nobody holds the other end
    psutil.wait_procs([portal], timeout=30)
    assert not portal.is_running()


@pytest.fixture
def kept():
    """A folder with a short path, as the socket of a database needs it."""
    with TemporaryDirectory(prefix="kept-") as folder:
        yield Path(folder)


def test_the_real_preview_killed_by_its_number_leaves_nothing(tmp_path, kept):
    port = str(free_port())
    arguments = ["program", "preview", str(write(tmp_path / "mine", documented())), "--port", port]
    with started("-m", "guichet.config.cli", *arguments, TMPDIR=str(kept)) as command:
        said = []
        deadline = time.monotonic() + START_SECONDS
        while not (said and said[-1].startswith("The portal answers")):
            line = command.stdout.readline()
            assert line and time.monotonic() < deadline, "".join(said)
            said.append(line)
        family = psutil.Process(command.pid).children(recursive=True)
        assert len(family) > 4  # the portal, its web server and worker, their own
        command.terminate()
        assert command.wait(60) == 0, command.stdout.read()
    _gone, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    assert list(kept.iterdir()) == []
