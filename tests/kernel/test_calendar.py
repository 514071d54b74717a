"""Business days: the checks of the published rule, an independent slow counter, and the names in French."""

import datetime as dt
from datetime import date

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from guichet.kernel.calendar import BusinessCalendar, CalendarDefinition, Count, OutsideCalendar

EASTER_MONDAY = {"rule": "easter", "offset": 1, "name": {"en": "Easter Monday", "fr": "Lundi de Pâques"}}
AUGUST = {
    "rule": "nth_weekday",
    "month": 8,
    "weekday": "monday",
    "nth": 1,
    "name": {"en": "Civic Holiday", "fr": "Premier lundi d’août"},
}
PUBLIC_SERVICE = {
    "base": {"library": "CA", "categories": ["public", "government"]},
    "extra": [EASTER_MONDAY, AUGUST],
    "names": {
        "Victoria Day": {"en": "Victoria Day", "fr": "Fête de Victoria"},
        "Boxing Day": {"en": "Boxing Day", "fr": "Lendemain de Noël"},
    },
}


def calendar(**changes: object) -> BusinessCalendar:
    return BusinessCalendar(CalendarDefinition.model_validate({**PUBLIC_SERVICE, **changes}))


FEDERAL = calendar()


@pytest.mark.parametrize(
    ("submitted", "earliest", "skipped"),
    [
        (date(2026, 1, 7), date(2026, 4, 1), []),
        (date(2026, 2, 4), date(2026, 5, 1), ["Good Friday", "Easter Monday"]),
        (date(2026, 5, 29), date(2026, 8, 25), ["Canada Day", "Civic Holiday"]),
    ],
)
def test_sixty_business_days_as_published(submitted, earliest, skipped):
    count = FEDERAL.add(submitted, 60)
    assert count.date == earliest
    assert [day.name.en for day in count.skipped] == skipped
    assert FEDERAL.subtract(earliest, 60).date == submitted


# A slow counter of its own: the statutory dates computed here from the calendar's definition in words, no library list.
def _easter(year: int) -> date:
    """The first Sunday after the first full moon of the ecclesiastical calendar on or after 21 March."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + dt.timedelta(days=moon - weekday)


def _slow_holidays(year: int) -> set[date]:
    def monday_before_25_may() -> date:
        return next(d for d in (date(year, 5, 24) - dt.timedelta(days=n) for n in range(7)) if d.weekday() == 0)

    def nth_monday(month: int, nth: int) -> date:
        mondays = [date(year, month, day) for day in range(1, 29) if date(year, month, day).weekday() == 0]
        return mondays[nth - 1]

    easter = _easter(year)
    kept = {
        easter - dt.timedelta(days=2),
        easter + dt.timedelta(days=1),
        monday_before_25_may(),
        nth_monday(8, 1),
        nth_monday(9, 1),
        nth_monday(10, 2),
    }
    fixed = [(1, 1), (7, 1), (9, 30), (11, 11), (12, 25), (12, 26)]
    for month, day in fixed:
        if date(year, month, day).weekday() < 5:
            kept.add(date(year, month, day))
    for month, day in fixed:
        moved = date(year, month, day)
        if moved.weekday() >= 5:
            while moved.weekday() >= 5 or moved in kept:
                moved += dt.timedelta(days=1)
            kept.add(moved)
    return kept


SLOW = {day for year in range(2023, 2037) for day in _slow_holidays(year)}


def _slowly(start: date, days: int) -> date:
    day = start
    while days:
        day += dt.timedelta(days=1)
        days -= day.weekday() < 5 and day not in SLOW
    return day


def test_every_day_through_2035_agrees_with_the_slow_counter():
    day = date(2024, 1, 1)
    while day <= date(2035, 12, 31):
        assert FEDERAL.is_business_day(day) == (day.weekday() < 5 and day not in SLOW), day
        day += dt.timedelta(days=1)


@given(start=st.dates(date(2024, 1, 1), date(2035, 6, 30)), days=st.integers(0, 120))
def test_adding_agrees_with_the_slow_counter(start, days):
    assert FEDERAL.add(start, days).date == _slowly(start, days)


@given(end=st.dates(date(2025, 1, 1), date(2035, 12, 31)), days=st.integers(0, 120))
def test_subtracting_gives_the_last_business_day_that_is_early_enough(end, days):
    found = FEDERAL.subtract(end, days).date
    assert FEDERAL.is_business_day(found)
    assert _slowly(found, days) <= end
    later = _slowly(found, 1)
    assert days == 0 or _slowly(later, days) > end


@given(start=st.dates(date(2024, 1, 1), date(2035, 6, 30)), days=st.integers(1, 120))
def test_skipped_names_each_holiday_on_a_weekday_on_the_way(start, days):
    count = FEDERAL.add(start, days)
    assert [day.date for day in count.skipped] == sorted(
        day for day in SLOW if start < day < count.date and day.weekday() < 5
    )


def test_moved_days_agree_with_the_librarys_own():
    observed = holidays.country_holidays("CA", years=range(2024, 2036), categories=("public", "government"))
    for day in observed:
        assert day.weekday() >= 5 or not FEDERAL.is_business_day(day), day


def test_christmas_on_a_saturday_is_kept_on_monday_and_boxing_day_on_tuesday():
    assert FEDERAL.holiday(date(2027, 12, 27)).en == "Christmas Day, observed"
    assert FEDERAL.holiday(date(2027, 12, 28)).fr == "Lendemain de Noël, congé reporté"
    assert FEDERAL.holiday(date(2027, 12, 25)) is None
    assert FEDERAL.is_business_day(date(2027, 12, 29))


def test_2028_has_new_year_canada_day_and_others_on_the_monday_after():
    kept = [date(2028, 1, 3), date(2028, 7, 3), date(2028, 10, 2), date(2028, 11, 13)]
    assert all(not FEDERAL.is_business_day(day) for day in kept)
    assert FEDERAL.is_business_day(date(2028, 1, 4))


def test_names_are_french_in_french():
    names = {day: FEDERAL.holiday(day).fr for day in (date(2026, 1, 1), date(2026, 5, 18), date(2026, 8, 3))}
    assert names == {
        date(2026, 1, 1): "Jour de l’an",
        date(2026, 5, 18): "Fête de Victoria",
        date(2026, 8, 3): "Premier lundi d’août",
    }
    english = [FEDERAL.holiday(day) for day in sorted(SLOW) if 2024 <= day.year <= 2035]
    assert all(text.en != text.fr for text in english)


def test_a_fixed_day_moves_only_when_told_to():
    def with_observed(value: str) -> BusinessCalendar:
        rule = {"rule": "fixed", "month": 6, "day": 21, "name": {"en": "Solstice", "fr": "Solstice"}}
        return calendar(extra=[{**rule, "observed": value}])

    assert with_observed("next_working_day").holiday(date(2026, 6, 22)).fr == "Solstice, congé reporté"
    assert with_observed("none").is_business_day(date(2026, 6, 22))
    assert not with_observed("none").is_business_day(date(2027, 6, 21))


def test_a_leap_day_is_a_holiday_in_leap_years_only():
    leap = calendar(extra=[{"rule": "fixed", "month": 2, "day": 29, "name": {"en": "Leap", "fr": "Bissextile"}}])
    assert leap.holiday(date(2028, 2, 29)).en == "Leap"
    assert leap.is_business_day(date(2027, 3, 1))


def test_single_dates_removals_and_shifts():
    changed = calendar(
        extra=[{"date": "2026-02-17", "name": {"en": "Closed", "fr": "Fermé"}}],
        remove=["Remembrance Day", "2026-09-30"],
        names={},
        shift=[{"date": "2026-07-01", "to": "2026-07-03"}],
    )
    assert changed.holiday(date(2026, 2, 17)).fr == "Fermé"
    assert changed.is_business_day(date(2026, 11, 11))
    assert changed.is_business_day(date(2026, 9, 30))
    assert not changed.is_business_day(date(2027, 9, 30))
    assert changed.is_business_day(date(2026, 7, 1))
    assert changed.holiday(date(2026, 7, 3)).en == "Canada Day"


def test_the_last_weekday_of_a_month():
    rule = {**AUGUST, "month": 5, "nth": -1}
    assert calendar(extra=[rule]).holiday(date(2027, 5, 31)).en == "Civic Holiday"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"base": {"library": "Atlantis"}}, "no such list"),
        ({"base": {"library": "CA", "categories": ["fun"]}}, "no such list"),
        ({"names": {"Moving Day": {"en": "Moving Day", "fr": "Fête du déménagement"}}}, "Moving Day"),
        ({"remove": ["Moving Day"]}, "Moving Day"),
        ({"extra": [{"rule": "lunar", "name": {"en": "x", "fr": "y"}}]}, "lunar"),
        ({"extra": [{"rule": "fixed", "month": 2, "day": 30, "name": {"en": "x", "fr": "y"}}]}, "no day 30"),
        ({"extra": [{**EASTER_MONDAY, "name": {"en": "Easter Monday", "fr": ""}}]}, "fr"),
        ({"first_year": 2030, "last_year": 2026}, "before"),
        ({"rest_days": [0, 1, 2, 3, 4, 5, 6]}, "every day"),
        ({"base": {"library": "JP"}, "names": {}}, "lacks one language"),
        ({"holydays": []}, "holydays"),
    ],
)
def test_a_wrong_definition_is_refused_with_the_reason(change, says):
    with pytest.raises(ValidationError, match=says):
        CalendarDefinition.model_validate({**PUBLIC_SERVICE, **change})


def test_a_definition_survives_json():
    definition = calendar(remove=["Remembrance Day", "2026-09-30"]).definition
    assert CalendarDefinition.model_validate_json(definition.model_dump_json()) == definition


def test_a_calendar_needs_no_country():
    assert BusinessCalendar(CalendarDefinition()).add(date(2026, 12, 24), 1).date == date(2026, 12, 25)


def test_counting_goes_on_by_the_rules_for_ten_years_on_either_side():
    short = calendar(first_year=2026, last_year=2026)
    assert short.horizon == date(2026, 12, 31)
    long = calendar(first_year=2020, last_year=2035)
    assert short.add(date(2026, 12, 1), 60) == long.add(date(2026, 12, 1), 60)
    assert short.subtract(date(2026, 1, 10), 60) == long.subtract(date(2026, 1, 10), 60)
    assert (short.covers(date(2026, 12, 31)), short.covers(date(2026, 1, 1), date(2027, 1, 1))) == (True, False)
    with pytest.raises(OutsideCalendar):
        short.add(date(2036, 12, 1), 60)
    with pytest.raises(OutsideCalendar):
        short.holiday(date(2037, 1, 1))
    with pytest.raises(OutsideCalendar):
        short.subtract(date(2016, 1, 10), 60)


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="negative"):
        FEDERAL.add(date(2026, 1, 7), -1)


def test_a_count_survives_being_written_down():
    count = FEDERAL.add(date(2026, 2, 4), 60)
    assert Count.read(count.document()) == count
