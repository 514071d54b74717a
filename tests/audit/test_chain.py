"""The log only grows, and shows where it was touched."""
# ruff: noqa: S608 -- the statements are this file’s own

import datetime as dt
import os
import threading
from contextlib import contextmanager
from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from guichet.audit import actions, queries
from guichet.audit.chain import digest_of
from guichet.audit.models import Event, Head, Link
from guichet.kernel.identifiers import new_id
from guichet.mail.models import Letter
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
def test_a_page_shows_the_latest_events_oldest_first():
    subject = new_id()
    made = [record(subject, number=number) for number in range(4)]
    assert queries.events_of("thing", subject) == made
    assert queries.events_of("thing", subject, limit=2) == made[2:]


def test_each_link_carries_the_digest_of_the_one_before(committed):
    with transaction.atomic():
        first, second = record(), record()
        assert not Link.objects.filter(event__in=[first, second]).exists()  # not before the act is committed
    one, two = Link.objects.get(event=first), Link.objects.get(event=second)
    assert two.serial == one.serial + 1
    assert two.previous == one.digest
    assert queries.broken_links() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act",
    [
        lambda: Event.objects.update(event="other"),
        lambda: Event.objects.all().delete(),
        lambda: Link.objects.update(digest="x"),
        lambda: Link.objects.all().delete(),
        lambda: Head.objects.all().delete(),
        lambda: Head.objects.create(id=2),
    ],
)
def test_the_database_refuses_changes(act):
    record()
    connection.check_constraints()  # links the event, as the commit would
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


@pytest.mark.django_db
def test_an_event_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        record()


def test_a_rolled_back_act_leaves_no_event(committed):
    before = Event.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        record()
        raise RuntimeError
    assert Event.objects.count() == before
    assert queries.broken_links() is None


def test_many_at_once_make_one_chain(committed):
    before = Head.objects.get().serial
    outcomes = together(*[lambda n=n: [record(f"thing{n}") for _ in range(10)] for n in range(8)])
    assert sum(len(events) for events in outcomes) == 80
    assert Head.objects.get().serial == before + 80
    assert queries.broken_links() is None


def test_acts_that_record_early_and_lock_late_do_not_wait_in_a_circle(committed):
    """One act records and then locks a row; the other has locked that row and then records."""
    row = Letter.objects.create(recipient_email="a@b.example", language="en", subject="s", message_id=new_id())
    recorded, locked = threading.Event(), threading.Event()

    def early():
        with transaction.atomic():
            record()
            recorded.set()
            locked.wait(5)
            Letter.objects.select_for_update().get(pk=row.pk)

    def late():
        with transaction.atomic():
            Letter.objects.select_for_update().get(pk=row.pk)
            locked.set()
            recorded.wait(5)
            record()

    assert together(early, late) == [None, None]
    assert queries.broken_links() is None


@contextmanager
def damaged(*statements, serials):
    """The owner switches the triggers off and does damage; afterwards everything is put back."""
    tables = ("audit_event", "audit_link")
    with psycopg.connect(os.environ["GUICHET_OWNER_DATABASE_URL"]) as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")
        for statement in statements:
            owner.execute(statement, [serials] * statement.count("%s"))
        owner.commit()
        try:
            yield
        finally:
            for table in tables:
                owner.execute(f"DELETE FROM {table}")
                owner.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
            owner.commit()
            for table in tables:
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


EVENT = "(SELECT event_id FROM audit_link WHERE serial = %s)"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (f'UPDATE audit_event SET data = \'{{"outcome": "other"}}\' WHERE id = {EVENT}', "changed"),
        (f"UPDATE audit_event SET actor_name = 'Somebody else' WHERE id = {EVENT}", "changed"),
        (f"UPDATE audit_event SET at = at + interval '1 microsecond' WHERE id = {EVENT}", "changed"),
        ("UPDATE audit_link SET previous = 'x' WHERE serial = %s", "moved"),
        ("UPDATE audit_link SET digest = 'x' WHERE serial = %s", "moved"),
        ("DELETE FROM audit_link WHERE serial = %s", "missing"),
        (f"DELETE FROM audit_event WHERE id = {EVENT}", "missing"),
    ],
)
def test_damage_by_somebody_above_the_triggers_is_found_at_its_place(committed, damage, reason):
    hit = Link.objects.get(event=record(outcome="met")).serial
    record()
    with damaged(damage, serials=hit):
        broken = queries.broken_links()
    assert (broken.serial, broken.reason) == (hit, reason)
    assert queries.broken_links() is None


def test_an_event_whose_digest_was_made_anew_is_found_by_its_link(committed):
    event = record(outcome="met")
    event.data = {"outcome": "other"}
    with damaged(
        f"UPDATE audit_event SET data = '{{\"outcome\": \"other\"}}', digest = '{digest_of(event)}' WHERE id = {EVENT}",
        serials=Link.objects.get(event=event).serial,
    ):
        assert queries.broken_links().reason == "moved"


def test_a_log_cut_off_at_its_end_is_found(committed):
    last = Link.objects.get(event=record()).serial
    with damaged(
        f"DELETE FROM audit_event WHERE id = {EVENT}", "DELETE FROM audit_link WHERE serial = %s", serials=last
    ):
        broken = queries.broken_links()
    assert (broken.serial, broken.reason, broken.event) == (last, "missing", None)


def test_an_event_put_in_beside_the_chain_is_found(committed):
    serial = Link.objects.get(event=record()).serial
    columns = "at, actor_id, actor_name, event, subject_type, subject_id, organization_id, data, digest"
    with damaged(
        f"INSERT INTO audit_event ({columns}) SELECT {columns} FROM audit_event WHERE id = {EVENT}", serials=serial
    ):
        assert queries.broken_links().reason == "unlinked"
    assert queries.broken_links() is None


def test_a_temporary_table_of_the_same_name_does_not_lead_the_link_astray(committed):
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("audit_head", "audit_link"):
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT * FROM public.{table}")
        event = record()
    assert Link.objects.filter(event=event).exists()
    assert queries.broken_links() is None
