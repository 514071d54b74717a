"""The lead time of every published program that has the federal calendar, against dates that are known."""

from datetime import date
from pathlib import Path

import pytest

from guichet.applications import queries
from guichet.programs import queries as programs
from guichet.programs.actions import publish

FOLDER = Path(__file__).resolve().parents[2] / "programs" / "canexport-smes" / "2024-25"


@pytest.mark.parametrize(
    ("submitted", "earliest", "skipped"),
    [
        (date(2026, 1, 7), date(2026, 4, 1), 0),
        (date(2026, 2, 4), date(2026, 5, 1), 2),  # Good Friday, Easter Monday
        (date(2026, 5, 29), date(2026, 8, 25), 2),  # 1 July, first Monday of August
    ],
)
def test_sixty_business_days_of_the_public_service(db, submitted, earliest, skipped):
    publish(actor=None, folder=FOLDER)
    count = queries.earliest_start(programs.current_edition("canexport-smes"), submitted)
    assert (count.start, count.days, count.date, len(count.skipped)) == (submitted, 60, earliest, skipped)
