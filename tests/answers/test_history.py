"""The history as people read it: runs of typing are one entry, pages go on by key, an index is used."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from guichet.answers import actions, history
from guichet.answers.actions import Change
from guichet.answers.models import AnswerChange
from tests import people

START = datetime(2026, 1, 7, 20, 0, tzinfo=UTC)


@pytest.fixture
def sheet(db):
    return actions.create_sheet()


@pytest.fixture
def ann(db):
    return people.person("Ann")


@pytest.fixture
def ben(db):
    return people.person("Ben")


def write(sheet, who, path, value, seconds):
    """One value, so many seconds after the start."""
    now = AnswerChange.objects.filter(sheet=sheet, path=path).count()
    with time_machine.travel(START + timedelta(seconds=seconds), tick=False):
        actions.save(actor=who, sheet=sheet, changes=[Change(path, value, now)])


def told(found):
    return [(entry.path, entry.before, entry.value, entry.values, entry.by) for entry in found]


def test_what_one_person_types_in_one_go_is_one_entry_that_shows_the_last(sheet, ann):
    for second, text in enumerate(["W", "We", "We s", "We sell"]):
        write(sheet, ann, "capacity", text, second)
    found = history.entries(sheet)
    assert told(found) == [("capacity", None, "We sell", 4, "Ann")]
    assert (found[0].version, found[0].at) == (4, START + timedelta(seconds=3))
    assert AnswerChange.objects.filter(sheet=sheet).count() == 4, "all are kept"


def test_a_pause_another_person_and_another_answer_begin_an_entry(sheet, ann, ben):
    pause = int(history.TOGETHER.total_seconds())
    write(sheet, ann, "capacity", "One", 0)
    write(sheet, ann, "capacity", "One two", pause)  # still together
    write(sheet, ann, "title", "T", pause + 1)
    write(sheet, ann, "capacity", "One two three", 2 * pause + 1)  # a second too late
    write(sheet, ben, "capacity", "Four", 2 * pause + 2)
    assert told(history.entries(sheet)) == [
        ("capacity", "One two three", "Four", 1, "Ben"),
        ("capacity", "One two", "One two three", 1, "Ann"),
        ("title", None, "T", 1, "Ann"),
        ("capacity", None, "One two", 2, "Ann"),
    ]


def test_what_stood_before_an_answer_was_emptied_is_an_entry_however_quick_it_was(sheet, ann):
    for second, text in enumerate(["We", "We sell", None, "N", "New"]):
        write(sheet, ann, "capacity", text, second)
    assert told(history.entries(sheet)) == [
        ("capacity", None, "New", 2, "Ann"),
        ("capacity", "We sell", None, 1, "Ann"),
        ("capacity", None, "We sell", 2, "Ann"),
    ]


def test_the_portal_s_own_values_stand_alone(sheet):
    write(sheet, None, "capacity", "One", 0)
    write(sheet, None, "capacity", "Two", 1)
    assert told(history.entries(sheet)) == [("capacity", "One", "Two", 1, ""), ("capacity", None, "One", 1, "")]


def test_every_value_can_be_asked_for(sheet, ann):
    for second, text in enumerate(["W", "We", "We s"]):
        write(sheet, ann, "capacity", text, second)
    write(sheet, ann, "title", "T", 9)
    assert told(history.entries(sheet, path="capacity", every=True)) == [
        ("capacity", "We", "We s", 1, "Ann"),
        ("capacity", "W", "We", 1, "Ann"),
        ("capacity", None, "W", 1, "Ann"),
    ]


def test_questions_narrow_it_a_table_with_its_cells_and_no_name_that_only_begins_alike(sheet, ann):
    for path in ("step", "steps", "steps.rowrowrow1.cost", "steps_more", "other"):
        write(sheet, ann, path, "x", 0)
    assert [entry.path for entry in history.entries(sheet, keys=["steps"])] == ["steps.rowrowrow1.cost", "steps"]


def test_pages_go_on_by_key_and_miss_nothing_while_others_write(sheet, ann, ben):
    for number in range(5):
        write(sheet, ann, f"q{number}", "x", number)
    first = history.entries(sheet, limit=2)
    write(sheet, ben, "q0", "new", 10)
    second = history.entries(sheet, limit=2, before=first[-1].id)
    third = history.entries(sheet, limit=2, before=second[-1].id)
    assert [entry.path for entry in [*first, *second, *third]] == ["q4", "q3", "q2", "q1", "q0"]


def test_two_statements_whatever_the_length_and_the_newest_by_an_index(sheet, ann, django_assert_num_queries):
    at = START
    rows = [
        AnswerChange(
            sheet=sheet, path=f"q{number % 50}", value="x" * 20, version=number // 50 + 1,
            changed_by=ann, changed_by_name="Ann", changed_at=at + timedelta(seconds=number * 20),
        )
        for number in range(10_000)
    ]  # fmt: skip
    AnswerChange.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE answers_answerchange")
    with django_assert_num_queries(2) as captured:
        assert len(history.entries(sheet)) == 20
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {captured[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan
    assert "answers_change_newest" in plan or "answers_answerchange_pkey" in plan


def test_a_version_and_the_last_place_of_a_row(sheet, ann):
    write(sheet, ann, "steps.rowrowrow1", 3, 0)
    write(sheet, ann, "steps.rowrowrow1", None, 1)
    assert history.change(sheet, "steps.rowrowrow1", 1).value == 3
    assert history.change(sheet, "steps.rowrowrow1", 9) is None
    assert history.last_position(sheet, "steps.rowrowrow1") == 3
    assert history.last_position(sheet, "steps.other") is None
