"""The daily seal: what it holds, that it is chained, and that damage under it is named."""
# ruff: noqa: S608 -- the statements are this file’s own

import datetime as dt
import os
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from guichet.audit import actions, sealing
from guichet.audit.models import Event, Link, Seal
from guichet.kernel import merkle
from guichet.kernel.canonical import sha256
from tests.kernel.together import together

DAY = dt.timedelta(days=1)


def record(**data):
    event = actions.record(actor=None, event="thing_done", subject_type="thing", subject_id="s1", **data)
    connection.check_constraints()  # links the event, as the commit would
    return event


def next_day():
    """A day that is not sealed: the database may hold seals that other tests committed."""
    last = sealing.latest()
    return last.day + DAY if last else dt.date(2026, 1, 7)


@pytest.mark.django_db
def test_it_holds_what_was_done_since_the_last_one():
    sealing.seal(next_day())
    events = [record(number=number) for number in range(5)]
    made = sealing.seal(next_day())
    assert made.events == 5
    assert made.root == merkle.root([bytes.fromhex(event.digest) for event in events])
    made.refresh_from_db()
    assert made.digest == sha256(sealing.document(made))
    empty = sealing.seal(next_day())
    assert (empty.events, empty.first, empty.previous) == (0, made.last + 1, made.digest)
    assert empty.root == merkle.root([])
    assert sealing.broken_seal() is None


@pytest.mark.django_db
def test_a_day_is_sealed_once_and_in_order():
    made = sealing.seal(next_day())
    record()
    assert sealing.seal(made.day) == made
    assert sealing.seal(made.day - DAY) == made
    assert Seal.objects.filter(serial__gt=made.serial).count() == 0


def test_two_workers_at_once_make_one(committed):
    with transaction.atomic():
        record()
    day = next_day()
    made = together(*[lambda: sealing.seal(day)] * 6)
    assert {seal.serial for seal in made} == {made[0].serial}
    assert Seal.objects.filter(day=day).count() == 1
    assert sealing.broken_seal() is None


@pytest.mark.django_db
def test_it_costs_the_same_for_any_number_of_events(django_assert_num_queries):
    sealing.seal(next_day())
    for number in range(30):
        record(number=number)
    day = next_day()
    with django_assert_num_queries(6):  # two of them open and close the savepoint
        sealing.seal(day)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [lambda: Seal.objects.update(root="x"), lambda: Seal.objects.all().delete()])
def test_the_database_refuses_changes(act):
    sealing.seal(next_day())
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


@pytest.mark.django_db
def test_older_seals_come_by_key(django_assert_num_queries):
    made = [sealing.seal(next_day()) for _ in range(5)][::-1]
    with django_assert_num_queries(1):
        assert sealing.seals(limit=3) == made[:3]
    assert sealing.seals(before=made[2].serial, limit=2) == made[3:]


# Damage --------------------------------------------------------------------------------------------------------------
@contextmanager
def damaged(statement, parameters, table):
    """The owner of the tables switches the triggers off and does damage; afterwards the rows are put back."""
    with psycopg.connect(os.environ["GUICHET_OWNER_DATABASE_URL"]) as owner:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {table}")
        owner.execute(statement, parameters)
        owner.commit()
        try:
            yield
        finally:
            owner.execute(f"DELETE FROM {table}")
            owner.execute(f"INSERT INTO {table} SELECT * FROM kept")
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            owner.commit()


@pytest.fixture
def three(committed):
    """Three seals of two events each, committed."""
    made = []
    for _ in range(3):
        with transaction.atomic():
            record(number=1)
            record(number=2)
        made.append(sealing.seal(next_day()))
    return made


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("root = repeat('0', 64)", "changed"),
        ("day = day + 4000", "changed"),
        ("sealed_at = sealed_at + interval '1 microsecond'", "changed"),
        ("last = last - 1", "changed"),
        ("previous = repeat('1', 64)", "changed"),
        ("digest = repeat('2', 64)", "changed"),
    ],
)
def test_a_seal_that_was_touched_is_named(three, change, reason):
    second = three[1]
    with damaged(f"UPDATE audit_seal SET {change} WHERE serial = %s", [second.serial], "audit_seal"):
        assert sealing.broken_seal() == sealing.BrokenSeal(second.serial, reason)
    assert sealing.broken_seal() is None


def test_a_seal_that_is_gone_is_named(three):
    with damaged("DELETE FROM audit_seal WHERE serial = %s", [three[1].serial], "audit_seal"):
        assert sealing.broken_seal() == sealing.BrokenSeal(three[1].serial, "missing")


def test_a_seal_made_anew_over_a_changed_log_does_not_fit_the_next(three):
    """Whoever rewrites one seal, digest and all, would have to rewrite every later one, and those that others keep."""
    second = three[1]
    second.root = merkle.root([b"another"])
    second.digest = sha256(sealing.document(second))
    statement = "UPDATE audit_seal SET root = %s, digest = %s WHERE serial = %s"
    with damaged(statement, [second.root, second.digest, second.serial], "audit_seal"):
        assert sealing.broken_seal() == sealing.BrokenSeal(second.serial, "events")


def test_one_event_changed_by_raw_sql_is_found_under_its_seal(three):
    event = Event.objects.get(link=Link.objects.get(serial=three[1].first))
    with damaged("UPDATE audit_event SET digest = repeat('3', 64) WHERE id = %s", [event.pk], "audit_event"):
        assert sealing.broken_seal() == sealing.BrokenSeal(three[1].serial, "events")
