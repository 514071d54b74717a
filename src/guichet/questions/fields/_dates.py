"""Dates as people type them, in both languages."""

import re
import unicodedata
from datetime import date

_MONTHS = (
    ("january", "janvier", "jan", "janv"),
    ("february", "fevrier", "feb", "fev", "fevr"),
    ("march", "mars", "mar"),
    ("april", "avril", "apr", "avr"),
    ("may", "mai"),
    ("june", "juin", "jun"),
    ("july", "juillet", "jul", "juil"),
    ("august", "aout", "aug"),
    ("september", "septembre", "sep", "sept"),
    ("october", "octobre", "oct"),
    ("november", "novembre", "nov"),
    ("december", "decembre", "dec"),
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(
    r"(?:[a-z]+,? )?(?:le )?(\d{1,2})(?:er|st|nd|rd|th)?\.? (?:of )?([a-z]+)\.?,? (\d{4})", re.ASCII
)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)


def read_date(text: str) -> date | None:
    """``2026-04-01``, ``1er avril 2026``, ``April 1, 2026`` …; None for anything else.

    Never ``01/04/2026``: nobody can know which of its numbers is the month.
    """
    plain = _plain(text)
    for pattern, order in (
        (_ISO, (0, 1, 2)),
        (_COMPACT, (0, 1, 2)),
        (_DAY_FIRST, (2, 1, 0)),
        (_MONTH_FIRST, (2, 0, 1)),
    ):
        found = pattern.fullmatch(plain)
        if found:
            year, month, day = (found.groups()[place] for place in order)
            return _made(int(year), _NUMBER.get(month) or (int(month) if month.isdigit() else 0), int(day))
    return None


def _plain(text: str) -> str:
    """Small letters without accents, single spaces."""
    bare = unicodedata.normalize("NFKD", text.replace("‑", "-").replace("–", "-")).lower()
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
