"""The published seals, and the nightly job that makes them and sends them to who keeps them elsewhere."""

import datetime as dt
import hashlib

import pytest
import rfc8785
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import translation

from guichet.audit import actions, sealing
from guichet.config import jobs
from guichet.kernel import formats
from guichet.mail.models import Letter

DAY = dt.timedelta(days=1)


@pytest.fixture
def night(db):
    """The clock stands in the night after a day that is not sealed; returns that day."""
    last = sealing.latest()
    day = (last.day if last else dt.date(2026, 1, 6)) + DAY
    actions.record(actor=None, event="thing_done", subject_type="thing", subject_id="s1")
    connection.check_constraints()
    with time_machine.travel(dt.datetime.combine(day + DAY, dt.time(6, 23), dt.UTC), tick=False):
        yield day


def address(name, language):
    with translation.override(language):
        return reverse(f"public:{name}")


def test_the_job_seals_the_day_that_is_over_once(night, settings):
    settings.SEAL_EMAILS = []
    jobs.seal.func(0)
    made = sealing.latest()
    assert made.day == night
    jobs.seal.func(0)
    assert sealing.latest() == made
    assert not Letter.objects.filter(name="daily_seal").exists()


def test_the_day_is_over_where_the_portal_lives(night):
    with time_machine.travel(dt.datetime.combine(night + DAY, dt.time(4, 30), dt.UTC), tick=False):  # 23:30 there
        jobs.seal.func(0)
    assert getattr(sealing.latest(), "day", None) != night


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_sent_to_who_keeps_it(night, settings, language):
    settings.SEAL_EMAILS, settings.LANGUAGE_CODE = ["notary@example.org", "archive@example.org"], language
    jobs.seal.func(0)
    made = sealing.latest()
    letters = Letter.objects.filter(name="daily_seal").order_by("pk")
    assert [letter.recipient_email for letter in letters] == ["notary@example.org", "archive@example.org"]
    assert formats.date(night, language) in letters[0].subject
    assert made.digest in letters[0].text
    assert f"{settings.BASE_URL}{address('seals', language)}" in letters[0].text


def test_anybody_reads_them(client, night, language):
    jobs.seal.func(0)
    made = sealing.latest()
    html = client.get(address("seals", language)).content.decode()
    assert f'<time datetime="{night.isoformat()}">{formats.date(night, language)}</time>' in html
    assert made.digest in html


def test_a_program_can_recompute_them(client, night):
    jobs.seal.func(0)
    for one in client.get(address("seals_json", "en")).json()["seals"]:
        assert hashlib.sha256(rfc8785.dumps(one["seal"])).hexdigest() == one["digest"]


@pytest.mark.parametrize("typed", ["", "x", "-1", "0", "9" * 30, "²", "9223372036854775808"])
def test_an_address_that_is_none_shows_the_newest(client, night, typed):
    jobs.seal.func(0)
    assert sealing.latest().digest in client.get(address("seals", "en"), {"before": typed}).content.decode()


def test_older_ones_are_on_the_next_page(client, night, language, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("guichet.web.public.seals.SHOWN", 2)
    made = [sealing.seal(night + number * DAY) for number in range(5)]
    with django_assert_num_queries(1):
        first = client.get(address("seals", language)).content.decode()
    assert made[4].digest in first
    assert made[2].digest not in first
    second = client.get(address("seals", language), {"before": made[3].serial}).content.decode()
    assert made[2].digest in second
    assert f'rel="next" href="?before={made[1].serial}"' in second
