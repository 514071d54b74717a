"""The log only grows, and shows where it was touched."""

import datetime as dt
import os
from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, transaction

from guichet.audit import actions, queries
from guichet.audit.models import Event, Head
from tests.kernel.together import together


def record(subject: str = "s1", **data):
    return actions.record(actor=None, event="thing_done", subject_type="thing", subject_id=subject, **data)


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_what(person):
    ada = person("Ada")
    event = actions.record(
        actor=ada, event="case_concluded", subject_type="case", subject_id="c1", organization_id="o1",
        outcome="met", amount=Decimal("1.50"), due=dt.date(2026, 4, 1), typed="\x00",
    )  # fmt: skip
    event.refresh_from_db()
    assert (event.actor_id, event.actor_name) == (ada.public_id, "Ada")
    assert event.data == {"outcome": "met", "amount": "1.50", "due": "2026-04-01", "typed": ""}
    assert queries.events_of("case", "c1") == [event]
    assert queries.events_for_organization("o1") == [event]
    assert queries.events_of("case", "c2") == []


@pytest.mark.django_db
def test_each_event_carries_the_digest_of_the_one_before():
    first, second = record(), record()
    assert second.serial == first.serial + 1
    assert second.previous == first.digest
    assert queries.broken_links() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act",
    [
        lambda: Event.objects.update(event="other"),
        lambda: Event.objects.all().delete(),
        lambda: Head.objects.all().delete(),
        lambda: Head.objects.create(id=2),
    ],
)
def test_the_database_refuses_changes(act):
    record()
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def test_a_rolled_back_act_leaves_no_event(committed):
    before = Event.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        record()
        raise RuntimeError
    assert Event.objects.count() == before
    assert queries.broken_links() is None


def test_many_at_once_make_one_chain(committed):
    outcomes = together(*[lambda n=n: [record(f"thing{n}") for _ in range(10)] for n in range(8)])
    serials = sorted(event.serial for events in outcomes for event in events)
    assert serials == list(range(serials[0], serials[0] + 80))
    assert queries.broken_links() is None


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ('UPDATE audit_event SET data = \'{"outcome": "other"}\' WHERE serial = %s', "changed"),
        ("UPDATE audit_event SET actor_name = 'Somebody else' WHERE serial = %s", "changed"),
        ("UPDATE audit_event SET at = at + interval '1 microsecond' WHERE serial = %s", "changed"),
        ("UPDATE audit_event SET previous = 'x' WHERE serial = %s", "moved"),
        ("DELETE FROM audit_event WHERE serial = %s", "missing"),
    ],
)
def test_damage_by_somebody_above_the_triggers_is_found_at_its_place(committed, damage, reason):
    """The owner switches the triggers off, does damage, and it is named; then the damage is rolled back."""
    hit = record(outcome="met").serial
    record()
    with psycopg.connect(os.environ["GUICHET_OWNER_DATABASE_URL"]) as owner:
        owner.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        owner.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM audit_event WHERE serial = %s", [hit])
        owner.execute(damage, [hit])
        owner.commit()
        try:
            broken = queries.broken_links()
        finally:
            owner.execute("DELETE FROM audit_event WHERE serial = %s", [hit])
            owner.execute("INSERT INTO audit_event SELECT * FROM kept")
            owner.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    assert (broken.serial, broken.reason) == (hit, reason)
    assert queries.broken_links() is None


def test_a_log_cut_off_at_its_end_is_found(committed):
    last = record()
    with psycopg.connect(os.environ["GUICHET_OWNER_DATABASE_URL"]) as owner:
        owner.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        owner.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM audit_event WHERE serial = %s", [last.serial])
        owner.execute("DELETE FROM audit_event WHERE serial = %s", [last.serial])
        owner.commit()
        try:
            broken = queries.broken_links()
        finally:
            owner.execute("INSERT INTO audit_event SELECT * FROM kept")
            owner.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    assert (broken.serial, broken.reason, broken.event) == (last.serial, "missing", None)
