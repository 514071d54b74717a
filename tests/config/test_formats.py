"""Django's own formatting, as the pages of each language get it."""

import datetime

import pytest
from django.utils import formats, translation

MOMENT = datetime.datetime(2026, 2, 1, 14, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "date", "time", "number"),
    [
        ("en", "February 1, 2026", "2:05 p.m.", "1,234.50"),
        ("fr", "1 février 2026", "14\u00a0h\u00a005", "1\u00a0234,50"),
    ],
)
def test_dates_times_and_numbers_are_canadian(language, date, time, number):
    with translation.override(language):
        assert formats.date_format(MOMENT, "DATE_FORMAT") == date
        assert formats.time_format(MOMENT, "TIME_FORMAT") == time
        assert formats.number_format(1234.5, 2, use_l10n=True, force_grouping=True) == number
