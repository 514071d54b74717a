"""An edition is published once, and from then on never changes; the program's names may."""

import datetime as dt
import re
import shutil
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from guichet.audit.models import Event
from guichet.config import cli
from guichet.kernel import clock
from guichet.programs import queries
from guichet.programs.actions import differences, publish
from guichet.programs.errors import EditionFrozen, PackageFaults, UnknownProgram
from guichet.programs.loading import load
from guichet.programs.models import Edition, Program
from tests.programs.packages import KEY, changed, example, write
from tests.programs.test_cases import SOUND

pytestmark = pytest.mark.django_db

PROGRAM = "village-grants/program.yaml"


def at(monkeypatch, *moment: int) -> None:
    """Let it be that moment in Halifax."""
    now = dt.datetime(*moment, tzinfo=ZoneInfo("America/Halifax"))
    monkeypatch.setattr(clock, "now", lambda: now)


def next_year(folder):
    files = {
        name.replace("/2030/", "/2031/"): re.sub("(begins|opens|closes): 2030", r"\1: 2031", text)
        for name, text in example().items()
        if name != PROGRAM
    }
    write(folder, files)
    return folder / "village-grants" / "2031"


def test_published_and_read_back_the_edition_is_what_was_loaded(tmp_path):
    folder = write(tmp_path)
    edition = publish(actor=None, folder=folder)
    assert queries.current_edition("village-grants").definition == load(folder).definition
    assert edition.hash == load(folder).hash
    assert Event.objects.get(event="edition_published").subject_id == KEY


def test_publishing_the_same_again_changes_nothing(tmp_path):
    folder = write(tmp_path)
    first = publish(actor=None, folder=folder)
    again = publish(actor=None, folder=folder)
    assert (again.pk, again.published_at) == (first.pk, first.published_at)
    assert Event.objects.count() == 1


def test_a_published_edition_refuses_a_change_and_names_the_places(tmp_path):
    publish(actor=None, folder=write(tmp_path / "a"))
    other = changed(tmp_path / "b", "edition.yaml", "people_maximum: 5000", "people_maximum: 6000")
    with pytest.raises(EditionFrozen) as refused:
        publish(actor=None, folder=other)
    assert "numbers.people_maximum" in refused.value.params["differences"]
    assert queries.current_edition("village-grants").numbers["people_maximum"] == 5000


def test_the_database_refuses_too(tmp_path):
    publish(actor=None, folder=write(tmp_path))
    for statement in (
        "UPDATE programs_edition SET hash = 'x'",
        "DELETE FROM programs_edition",
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Edition.objects.count() == 1


def test_names_and_mailboxes_may_change_at_any_time(tmp_path):
    publish(actor=None, folder=write(tmp_path / "a"))
    publish(actor=None, folder=changed(tmp_path / "b", PROGRAM, "help@villages", "aide@villages"))
    assert queries.current_edition("village-grants").definition.program.mailbox.help == "aide@villages.example"
    event = Event.objects.get(event="program_changed")
    assert event.data["changed"] == ["mailbox.help"]


def test_a_package_with_a_fault_is_not_published(tmp_path):
    with pytest.raises(PackageFaults):
        publish(actor=None, folder=changed(tmp_path, "profile.yaml", "type: integer", "type: intger"))
    assert not Program.objects.exists()


def test_the_current_edition_is_the_one_that_has_begun_last_by_the_programs_clock(tmp_path, monkeypatch):
    first = publish(actor=None, folder=write(tmp_path))
    publish(actor=None, folder=next_year(tmp_path))
    at(monkeypatch, 2029, 6, 1)
    assert queries.current_edition("village-grants").key == "2030", "before any has begun, the first"
    at(monkeypatch, 2030, 12, 31, 23, 59)
    assert queries.current_edition("village-grants").key == "2030"
    assert [each.key for each in queries.programs()] == ["2030"]
    at(monkeypatch, 2031, 1, 1, 0, 0)
    assert queries.current_edition("village-grants").key == "2031"
    assert [each.key for each in queries.programs()] == ["2031"]
    assert queries.edition(first.pk).key == "2030"


def test_an_edition_costs_one_query_and_is_read_once(tmp_path, django_assert_num_queries):
    publish(actor=None, folder=write(tmp_path))
    once = queries.current_edition("village-grants").definition
    with django_assert_num_queries(1):
        assert queries.current_edition("village-grants").definition is once
    with django_assert_num_queries(1):
        assert queries.programs()[0].definition is once


def test_an_unknown_program_is_refused():
    with pytest.raises(UnknownProgram):
        queries.current_edition("no-such")
    with pytest.raises(UnknownProgram):
        queries.edition(0)


def test_an_intake_opens_and_closes_to_the_second(tmp_path):
    publish(actor=None, folder=write(tmp_path))
    edition = queries.current_edition("village-grants")
    zone = ZoneInfo("America/Halifax")
    opens, closes = dt.datetime(2030, 2, 4, 12, tzinfo=zone), dt.datetime(2030, 5, 29, 12, tzinfo=zone)
    second = dt.timedelta(seconds=1)
    assert [queries.is_open(edition, moment) for moment in (opens - second, opens, closes - second, closes)] == [
        False,
        True,
        True,
        False,
    ]


def test_differences_are_named_to_the_place():
    before = {"a": [{"b": 1}, {"b": 2}], "c": {"d": 1}, "e": 1}
    after = {"a": [{"b": 1}, {"b": 3}], "c": {"d": 1, "f": 2}, "e": [1]}
    assert differences(before, after) == ["a.1.b", "c.f", "e"]
    assert differences(before, before) == []
    assert differences({"a": {}}, {"a": {"b": None}}) == ["a.b"]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("program", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_checks_and_publishes_every_edition_below_a_folder(tmp_path):
    write(tmp_path)
    next_year(tmp_path)
    assert run("check", str(tmp_path)) == "village-grants/2030: no fault\nvillage-grants/2031: no fault\n"
    assert not Edition.objects.exists()
    run("publish", str(tmp_path))
    run("publish", str(tmp_path / "village-grants"))
    assert Edition.objects.count() == 2


def test_the_command_prints_each_fault_and_fails(tmp_path):
    folder = changed(tmp_path, "profile.yaml", "type: integer", "type: intger")
    out = StringIO()
    with pytest.raises(CommandError, match="1 fault") as failed:
        call_command("program", "check", str(folder), stdout=out)
    assert out.getvalue().startswith("village-grants/2030/profile.yaml:13:15: there is no type 'intger'")
    assert failed.value.returncode == 1


def test_the_command_says_what_differs_from_the_published_edition(tmp_path):
    publish(actor=None, folder=write(tmp_path / "a"))
    other = changed(tmp_path / "b", "letters.yaml", "{}", "{}\n")
    run("publish", str(other))
    other = changed(tmp_path / "b", "edition.yaml", "One intake", "An intake")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("program", "publish", str(other), stdout=out)
    assert "intake_note.en" in out.getvalue()


def test_the_command_says_when_there_is_no_edition(tmp_path):
    with pytest.raises(CommandError, match="no edition here"):
        run("check", str(tmp_path))


def test_differences_of_cases_are_counted_as_such(tmp_path):
    folder = write(tmp_path)
    (folder / "cases").mkdir()
    wrong = SOUND.replace("people: met", "people: not_met").replace("refusals: []", "refusals: [intake_closed]")
    (folder / "cases" / "first.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(CommandError, match=r"^2 differences\.$"):
        run("test", str(folder))
    other = folder.parent / "2031"
    shutil.copytree(folder, other)
    profile = (other / "profile.yaml").read_text(encoding="utf-8")
    (other / "profile.yaml").write_text(profile.replace("type: integer", "type: intger"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"^2 differences and 1 fault\.$"):
        run("test", str(folder.parent))


@pytest.mark.parametrize(("given", "code"), [([], 2), (["publsh"], 2), (["--help"], 0)])
def test_the_command_without_an_act_says_which_there_are(capsys, given, code):
    assert cli.main(["program", *given]) == code
    said = capsys.readouterr()
    assert (said.out or said.err) == ("usage: ./guichet program {check,publish,test,translated,schema,preview} DIR\n")
    assert bool(said.out) is (code == 0)
