"""The clocks of a session: two hours without activity, twelve in all."""

import datetime as dt

from django.contrib.sessions.backends.base import SessionBase

from guichet.accounts import sessions

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def after(**time: int) -> dt.datetime:
    return NOON + dt.timedelta(**time)


def begun() -> SessionBase:
    session = SessionBase()
    sessions.begin(session, NOON)
    return session


def test_it_ends_after_two_hours_without_activity():
    session = begun()
    assert sessions.ends_at(session) == after(hours=2)
    assert sessions.alive(session, after(hours=2, seconds=-1))
    assert not sessions.alive(session, after(hours=2))


def test_activity_pushes_the_end_back():
    session = begun()
    sessions.seen(session, after(minutes=90))
    assert sessions.alive(session, after(hours=3))
    assert not sessions.alive(session, after(hours=3, minutes=30))


def test_nothing_pushes_the_end_past_twelve_hours():
    session = begun()
    for hour in range(1, 12):
        sessions.seen(session, after(hours=hour))
    assert sessions.ends_at(session) == sessions.total_ends_at(session) == after(hours=12)
    assert not sessions.alive(session, after(hours=12))


def test_activity_is_written_down_at_most_once_a_minute():
    session = begun()
    session.modified = False
    sessions.seen(session, after(seconds=59))
    assert not session.modified
    sessions.seen(session, after(seconds=60))
    assert session.modified


def test_a_session_without_clocks_gets_them_when_it_is_first_seen():
    session = SessionBase()
    assert sessions.alive(session, NOON)
    sessions.seen(session, NOON)
    assert sessions.ends_at(session) == after(hours=2)
