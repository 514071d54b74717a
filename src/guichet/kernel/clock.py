"""The one place that reads the clock, so that tests can move it."""

import datetime as dt
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def today(zone: str) -> dt.date:
    """The date it is now in ``zone`` (an IANA name such as "America/Toronto")."""
    return now().astimezone(ZoneInfo(zone)).date()
