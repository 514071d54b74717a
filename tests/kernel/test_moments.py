"""A time of day as a moment: once, twice, never."""

import datetime as dt

import pytest

from guichet.kernel.moments import moments


@pytest.mark.parametrize(
    ("wall", "found"),
    [
        ((2026, 2, 4, 12, 0), ["2026-02-04T12:00:00-05:00"]),
        ((2026, 5, 29, 12, 0), ["2026-05-29T12:00:00-04:00"]),
        ((2026, 3, 8, 1, 59), ["2026-03-08T01:59:00-05:00"]),
        ((2026, 3, 8, 2, 0), []),
        ((2026, 3, 8, 2, 30), []),
        ((2026, 3, 8, 3, 0), ["2026-03-08T03:00:00-04:00"]),
        ((2026, 11, 1, 0, 59), ["2026-11-01T00:59:00-04:00"]),
        ((2026, 11, 1, 1, 30), ["2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"]),
        ((2026, 11, 1, 2, 0), ["2026-11-01T02:00:00-05:00"]),
    ],
)
def test_what_the_clocks_of_toronto_show(wall, found):
    shown = dt.datetime(*wall)  # noqa: DTZ001 -- what a clock shows has no zone
    assert [moment.isoformat() for moment in moments(shown, "America/Toronto")] == found
