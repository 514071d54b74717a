"""How long a session lives: an idle limit that activity pushes back, and a total that nothing does.

The middleware of the pages asks ``alive`` on each request of a person who is signed in, and calls ``seen``.
"""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN = "session_began"
SEEN = "session_seen"
SHARED = "shared_computer"

# Activity is written down at most this often, so that reading pages does not write to the database each time.
GRAIN = dt.timedelta(minutes=1)


def begin(session: SessionBase, at: dt.datetime) -> None:
    """Start both clocks: the person has just signed in."""
    session[BEGAN] = session[SEEN] = at.isoformat()


def share(session: SessionBase, shared: bool) -> None:
    """Note whether others use the computer: then no page keeps anything on it."""
    session[SHARED] = shared


def is_shared(session: SessionBase) -> bool:
    """Whether the person said that others use the computer."""
    return bool(session.get(SHARED))


def seen(session: SessionBase, at: dt.datetime) -> None:
    """Note activity. A session that has no clocks yet gets them."""
    if BEGAN not in session:
        begin(session, at)
    elif at - _moment(session, SEEN) >= GRAIN:
        session[SEEN] = at.isoformat()


def alive(session: SessionBase, at: dt.datetime) -> bool:
    """Has neither limit passed? A session that has no clocks yet is alive."""
    return BEGAN not in session or at < ends_at(session)


def ends_at(session: SessionBase) -> dt.datetime:
    """When the session ends if nothing more is done; what the warning on the page counts down to."""
    idle = _moment(session, SEEN) + dt.timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return min(idle, total_ends_at(session))


def seconds_left(session: SessionBase, at: dt.datetime) -> int:
    """How long the session goes on if nothing more is done; the whole idle limit where it has no clocks yet."""
    if BEGAN not in session:
        return int(settings.SESSION_IDLE_SECONDS)
    return max(0, int((ends_at(session) - at).total_seconds()))


def total_ends_at(session: SessionBase) -> dt.datetime:
    """When the session ends whatever is done."""
    return _moment(session, BEGAN) + dt.timedelta(seconds=settings.SESSION_LIFETIME_SECONDS)


def _moment(session: SessionBase, key: str) -> dt.datetime:
    return dt.datetime.fromisoformat(session[key])
