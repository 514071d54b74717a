"""Dates, times, amounts and sizes as Canada writes them, in English and in French.

Source: ASSURANCE.md 1.6, after the Office québécois de la langue française and the Translation Bureau. French takes a
no-break space (U+00A0) in thousands, before $ and %, and around h; the first of the month is "1er"; hours have no a.m.
Django's and Babel's own Canadian formats differ from this, so these are written here.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from guichet.kernel.bilingual import FRENCH, known
from guichet.kernel.money import half_up

NBSP = "\u00a0"

_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
}
_SIZES = {"en": ("bytes", "KB", "MB", "GB"), "fr": ("octets", "ko", "Mo", "Go")}


def date(value: dt.date, language: str) -> str:
    """ "November 23, 2026"; "23 novembre 2026", "1er février 2026"."""
    month = _MONTHS[known(language)][value.month - 1]
    if language == FRENCH:
        return f"{'1er' if value.day == 1 else value.day} {month} {value.year}"
    return f"{month} {value.day}, {value.year}"


def short_date(value: dt.date, language: str = "en") -> str:
    """ "2026-11-23", the same in both languages (CAN/CSA-Z234.4)."""
    known(language)
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def time(value: dt.time | dt.datetime, language: str, *, seconds: bool = False) -> str:
    """ "2:30 p.m."; "14 h 30", "9 h". With ``seconds``: "2:30:05 p.m."; "14 h 30 min 5 s"."""
    if known(language) == FRENCH:
        if seconds:
            return f"{value.hour}{NBSP}h{NBSP}{value.minute:02}{NBSP}min{NBSP}{value.second}{NBSP}s"
        return f"{value.hour}{NBSP}h" + (f"{NBSP}{value.minute:02}" if value.minute else "")
    clock = f"{value.hour % 12 or 12}:{value.minute:02}" + (f":{value.second:02}" if seconds else "")
    return f"{clock} {'a.m.' if value.hour < 12 else 'p.m.'}"


def local_time(value: dt.datetime, language: str, zone: str) -> str:
    """The time of day to the second of an aware moment as seen in ``zone``: "2:30:05 p.m.", "14 h 30 min 5 s"."""
    return time(value.astimezone(ZoneInfo(zone)), language, seconds=True)


def moment(value: dt.datetime, language: str, zone: str, *, seconds: bool = False) -> str:
    """ "November 23, 2026, 2:30 p.m. (EST)"; "23 novembre 2026, 14 h 30 (HNE)": an aware moment as seen in ``zone``."""
    local = value.astimezone(ZoneInfo(zone))
    word = _zone_word(zone, language, local.replace(microsecond=0))
    return f"{date(local, language)}, {time(local, language, seconds=seconds)} ({word})"


def zone_name(zone: str, language: str) -> str:
    """ "Eastern Time"; "heure de l’Est": what people call the IANA zone."""
    return get_timezone_name(ZoneInfo(zone), locale=f"{known(language)}_CA")


def money(amount: Decimal | int, language: str) -> str:
    """ "$50,000", "$1,234.56"; "50 000 $", "1 234,56 $". Cents are shown when there are any."""
    cents = half_up(Decimal(amount))
    digits = _grouped(cents, language, 0 if cents == cents.to_integral_value() else 2)
    if language == FRENCH:
        return f"{digits}{NBSP}$"
    return f"-${digits[1:]}" if digits.startswith("-") else f"${digits}"


def integer(value: int, language: str) -> str:
    """ "1,234"; "1 234"."""
    return _grouped(Decimal(value), known(language), 0)


def decimal(value: Decimal | int, language: str, places: int | None = None) -> str:
    """ "1,234.5"; "1 234,5": with ``places`` decimals, or as many as the value has beyond closing zeros."""
    number = Decimal(value)
    if places is None:
        exponent = number.normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
    return _grouped(number, known(language), places)


def percent(value: Decimal | int, language: str) -> str:
    """``value`` in percent (50 for one half): "50%", "12.5%"; "50 %", "12,5 %"."""
    return decimal(value, language) + (f"{NBSP}%" if language == FRENCH else "%")


def file_size(size: int, language: str) -> str:
    """ "820 bytes", "1.5 MB"; "820 octets", "1,5 Mo": in powers of 1000, one decimal at most."""
    amount, unit = Decimal(size), 0
    while amount >= Decimal("999.5") and unit < len(_SIZES["en"]) - 1:
        amount, unit = amount / 1000, unit + 1
    amount = amount.quantize(Decimal("0.1") if unit and amount < 10 else Decimal(1), rounding=ROUND_HALF_UP)
    word = _SIZES[known(language)][unit]
    if size < 2 and not unit:
        # English says "0 bytes", French "0 octet"; both say one of it.
        word = word[:-1] if size == 1 or language == FRENCH else word
    return f"{decimal(amount, language)}{NBSP}{word}"


def _grouped(number: Decimal, language: str, places: int) -> str:
    text = f"{number:,.{places}f}"
    if set(text) <= set("-0.,"):
        text = text.removeprefix("-")  # a negative nothing is nothing
    if known(language) == FRENCH:
        return text.replace(",", NBSP).replace(".", ",")
    return text


@lru_cache(maxsize=256)
def _zone_word(zone: str, language: str, local: dt.datetime) -> str:
    return get_timezone_name(local, width="short", locale=f"{language}_CA")
