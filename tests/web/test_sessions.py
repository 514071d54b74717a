"""A session ends on the server, is explained, and leads back to the same page; no cache keeps private pages."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache

from tests import people

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)
PRIVATE = "/en/messages/"
STAY = "/en/session/"


@pytest.fixture
def somebody(client):
    cache.clear()
    user = people.person("Ana Roy", password=people.PASSWORD)
    with time_machine.travel(START, tick=False):
        client.force_login(user)
        client.get(PRIVATE)
    return user


def after(**more):
    return time_machine.travel(START + dt.timedelta(**more), tick=False)


def signed_in(client):
    return client.get(PRIVATE).status_code == 200


def test_two_hours_without_activity_end_the_session(client, somebody):
    with after(minutes=119):
        assert signed_in(client)
    with after(minutes=119 + 121):
        assert not signed_in(client)


def test_staying_pushes_the_end_back(client, somebody):
    with after(minutes=110):
        assert client.post(STAY).json() == {"ends_in": settings.SESSION_IDLE_SECONDS}
    with after(minutes=220):
        assert signed_in(client)


def test_twelve_hours_end_the_session_whatever_is_done(client, somebody):
    for hour in range(1, 12):
        with after(hours=hour):
            assert signed_in(client)
    with after(hours=12, minutes=1):
        assert not signed_in(client)


def test_the_ended_session_leads_to_an_explanation_and_back_to_the_page(client, somebody):
    with after(hours=3):
        response = client.get(f"{PRIVATE}?page=2")
        assert response.headers["Location"] == "/en/log-in/?next=%2Fen%2Fmessages%2F%3Fpage%3D2&ended=1"
        assert "Your session has ended" in client.get(response.headers["Location"]).content.decode()
        typed = {"login": somebody.email, "password": people.PASSWORD, "next": f"{PRIVATE}?page=2"}
        assert client.post("/en/log-in/", typed).headers["Location"] == f"{PRIVATE}?page=2"


def test_signing_in_never_leads_to_another_site(client, somebody):
    client.logout()
    typed = {"login": somebody.email, "password": people.PASSWORD, "next": "https://elsewhere.example/"}
    assert "elsewhere" not in client.post("/en/log-in/", typed).headers["Location"]


def test_a_page_within_the_same_minute_does_not_write_the_session(client, somebody, django_assert_num_queries):
    with after(seconds=61):
        client.get(PRIVATE)
    before = Session.objects.get().session_data
    with after(seconds=62):
        client.get(PRIVATE)
    assert Session.objects.get().session_data == before


def test_private_pages_are_kept_by_no_cache(client, somebody):
    with after(seconds=1):
        assert "no-store" in client.get(PRIVATE).headers["Cache-Control"]
        assert "no-store" in client.get("/en/").headers["Cache-Control"]


def test_public_pages_cost_no_query_for_the_session(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/en/privacy/")
    assert "no-store" not in response.headers.get("Cache-Control", "")


def test_staying_needs_a_session(client):
    assert client.post(STAY).status_code == 403
    assert client.get(STAY).status_code == 302
