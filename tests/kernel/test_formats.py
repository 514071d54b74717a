"""Canadian typography, exactly (ASSURANCE.md 1.6). "~" stands for U+00A0 here, so that it can be seen."""

import datetime as dt
from decimal import Decimal

import pytest

from guichet.kernel import formats


def seen(text: str) -> str:
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (dt.date(2026, 11, 23), "November 23, 2026", "23 novembre 2026"),
        (dt.date(2026, 2, 1), "February 1, 2026", "1er février 2026"),
        (dt.date(2026, 8, 31), "August 31, 2026", "31 août 2026"),
        (dt.date(2026, 12, 11), "December 11, 2026", "11 décembre 2026"),
    ],
)
def test_dates(value, en, fr):
    assert formats.date(value, "en") == en
    assert formats.date(value, "fr") == fr
    assert formats.short_date(value) == value.isoformat()


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (dt.time(14, 30), "2:30 p.m.", "14~h~30"),
        (dt.time(9, 0), "9:00 a.m.", "9~h"),
        (dt.time(9, 5), "9:05 a.m.", "9~h~05"),
        (dt.time(0, 0), "12:00 a.m.", "0~h"),
        (dt.time(12, 0), "12:00 p.m.", "12~h"),
    ],
)
def test_times(value, en, fr):
    assert formats.time(value, "en") == en
    assert seen(formats.time(value, "fr")) == fr


def test_zones_are_named_as_people_say():
    assert formats.zone_name("America/Toronto", "en") == "Eastern Time"
    assert formats.zone_name("America/Vancouver", "fr") == "heure du Pacifique"


def test_moments_name_the_zone_in_winter_and_in_summer():
    winter = dt.datetime(2026, 11, 23, 19, 30, 5, tzinfo=dt.UTC)
    summer = dt.datetime(2026, 7, 1, 13, 0, tzinfo=dt.UTC)
    zone = "America/Toronto"
    assert formats.moment(winter, "en", zone) == "November 23, 2026, 2:30 p.m. (EST)"
    assert seen(formats.moment(winter, "fr", zone)) == "23 novembre 2026, 14~h~30 (HNE)"
    assert formats.moment(summer, "en", zone) == "July 1, 2026, 9:00 a.m. (EDT)"
    assert seen(formats.moment(summer, "fr", zone)) == "1er juillet 2026, 9~h (HAE)"
    assert formats.moment(winter, "en", zone, seconds=True) == "November 23, 2026, 2:30:05 p.m. (EST)"
    assert seen(formats.moment(winter, "fr", zone, seconds=True)) == "23 novembre 2026, 14~h~30~min~5~s (HNE)"


@pytest.mark.parametrize(
    ("amount", "en", "fr"),
    [
        (50000, "$50,000", "50~000~$"),
        (Decimal("1234.56"), "$1,234.56", "1~234,56~$"),
        (Decimal("1234.50"), "$1,234.50", "1~234,50~$"),
        (Decimal("0.005"), "$0.01", "0,01~$"),
        (Decimal("-0.001"), "$0", "0~$"),
        (Decimal("-12.30"), "-$12.30", "-12,30~$"),
        (Decimal("100000000.00"), "$100,000,000", "100~000~000~$"),
        (Decimal(10) ** 40, "$10," + ",".join(["000"] * 13), "10~" + "~".join(["000"] * 13) + "~$"),
    ],
)
def test_amounts(amount, en, fr):
    assert formats.money(amount, "en") == en
    assert seen(formats.money(amount, "fr")) == fr


def test_numbers_and_percents():
    assert formats.integer(1234567, "en") == "1,234,567"
    assert seen(formats.integer(1234567, "fr")) == "1~234~567"
    assert seen(formats.integer(999, "fr")) == "999"
    assert formats.decimal(Decimal("1234.50"), "en") == "1,234.5"
    assert seen(formats.decimal(Decimal("1234.5"), "fr", 2)) == "1~234,50"
    assert formats.decimal(Decimal("1E+3"), "en") == "1,000"
    assert formats.percent(Decimal("50.0"), "en") == "50%"
    assert seen(formats.percent(Decimal("12.5"), "fr")) == "12,5~%"


@pytest.mark.parametrize(
    ("size", "en", "fr"),
    [
        (0, "0~bytes", "0~octet"),
        (1, "1~byte", "1~octet"),
        (820, "820~bytes", "820~octets"),
        (1000, "1~KB", "1~ko"),
        (1_536_000, "1.5~MB", "1,5~Mo"),
        (10_000_000, "10~MB", "10~Mo"),
        (999_999, "1~MB", "1~Mo"),
        (2_000_000_000_000, "2,000~GB", "2~000~Go"),
    ],
)
def test_file_sizes(size, en, fr):
    assert seen(formats.file_size(size, "en")) == en
    assert seen(formats.file_size(size, "fr")) == fr


@pytest.mark.parametrize(
    "call",
    [
        lambda: formats.date(dt.date(2026, 1, 1), "de"),
        lambda: formats.short_date(dt.date(2026, 1, 1), "de"),
        lambda: formats.time(dt.time(9), "de"),
        lambda: formats.money(1, "de"),
        lambda: formats.integer(1, "de"),
        lambda: formats.percent(1, "de"),
        lambda: formats.file_size(1, "de"),
    ],
)
def test_another_language_is_a_mistake(call):
    with pytest.raises(ValueError, match="de"):
        call()
