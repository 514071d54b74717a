"""Business days. The calendar is data of the program; the federal list comes from the ``holidays`` library.

The counting rule, stated once: the day of the act is not counted, rest days and holidays are not counted, and day N is
the result. A holiday on a day of rest is kept on the next working day, in the order of the calendar: Christmas on a
Saturday is kept on Monday the 27th, and Boxing Day on Tuesday the 28th.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from guichet.kernel.bilingual import Text
from guichet.kernel.calendar_definition import CalendarDefinition as CalendarDefinition
from guichet.kernel.calendar_definition import holidays_of_year

ONE_DAY = dt.timedelta(days=1)
# Years on either side of those that the calendar was written for, in which counts go on by its rules: pages that count
# from today must stand before the first of them and after the last.
MARGIN = 10


class OutsideCalendar(Exception):
    """The count would leave the calendar's years by more than MARGIN; ``date`` is where it stopped."""

    def __init__(self, date: dt.date) -> None:
        super().__init__(date.isoformat())
        self.date = date


@dataclass(frozen=True)
class Holiday:
    """A holiday on the date it is kept."""

    date: dt.date
    name: Text


@dataclass(frozen=True)
class Count:
    """How a date was reached: ``days`` business days from ``start``, with the holidays that were not counted."""

    start: dt.date
    days: int
    date: dt.date
    skipped: tuple[Holiday, ...]

    def document(self) -> dict[str, Any]:
        """The count in JSON types, to keep beside the date it explains."""
        return {
            "start": self.start.isoformat(),
            "days": self.days,
            "date": self.date.isoformat(),
            "skipped": [{"date": day.date.isoformat(), "name": day.name.model_dump()} for day in self.skipped],
        }

    @classmethod
    def read(cls, document: dict[str, Any]) -> Self:
        """The count that ``document()`` wrote down."""
        return cls(
            start=dt.date.fromisoformat(document["start"]),
            days=document["days"],
            date=dt.date.fromisoformat(document["date"]),
            skipped=tuple(
                Holiday(dt.date.fromisoformat(day["date"]), Text(**day["name"])) for day in document["skipped"]
            ),
        )


class BusinessCalendar:
    """The business days of one program. Building it costs some milliseconds: keep it with the edition."""

    def __init__(self, definition: CalendarDefinition) -> None:
        self.definition = definition
        self._rest = frozenset(definition.rest_days)
        self._holidays = self._keep()

    @property
    def horizon(self) -> dt.date:
        """The last date that the calendar was written for."""
        return dt.date(self.definition.last_year, 12, 31)

    def covers(self, *dates: dt.date) -> bool:
        """Whether the calendar was written for the years of all these dates."""
        return all(self.definition.first_year <= date.year <= self.definition.last_year for date in dates)

    def holiday(self, date: dt.date) -> Text | None:
        """The name of the holiday kept on ``date``, or None. Raises OutsideCalendar."""
        return self._holidays.get(self._known(date))

    def is_business_day(self, date: dt.date) -> bool:
        """True on a working day. Raises OutsideCalendar."""
        return self._known(date).weekday() not in self._rest and date not in self._holidays

    def add(self, start: dt.date, days: int) -> Count:
        """Day number ``days`` after ``start``, which is not counted itself.

        Raises ValueError for fewer than 0 days, OutsideCalendar.
        """
        return self._count(start, start, days, ONE_DAY)

    def subtract(self, end: dt.date, days: int) -> Count:
        """The last business day on which to act so that day number ``days`` is not after ``end``.

        The inverse of ``add`` between business days. ``Count.start`` is ``end``, ``Count.date`` the result.
        Raises ValueError for fewer than 0 days, OutsideCalendar.
        """
        last = end
        while not self.is_business_day(last):
            last -= ONE_DAY
        return self._count(end, last, days, -ONE_DAY)

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many business days come after ``first``, up to ``last``; below zero when ``last`` is earlier.

        Raises OutsideCalendar.
        """
        if last < first:
            return -self.between(last, first)
        self._known(last)
        days = (self._known(first) + ONE_DAY * step for step in range(1, (last - first).days + 1))
        return sum(1 for day in days if day.weekday() not in self._rest and day not in self._holidays)

    @property
    def holidays(self) -> tuple[dt.date, ...]:
        """Every day of the calendar's years on which a holiday is kept."""
        first, last = self.definition.first_year, self.definition.last_year
        return tuple(sorted(day for day in self._holidays if first <= day.year <= last))

    def _count(self, start: dt.date, first: dt.date, days: int, step: dt.timedelta) -> Count:
        if days < 0:
            raise ValueError("days must not be negative")
        date, left, skipped = self._known(first), days, []
        while left:
            date = self._known(date + step)
            name = self._holidays.get(date)
            if date.weekday() in self._rest:
                continue
            if name is not None:
                skipped.append(Holiday(date, name))
            else:
                left -= 1
        return Count(start=start, days=days, date=date, skipped=tuple(sorted(skipped, key=lambda day: day.date)))

    def _known(self, date: dt.date) -> dt.date:
        if not self.definition.first_year - MARGIN <= date.year <= self.definition.last_year + MARGIN:
            raise OutsideCalendar(date)
        return date

    def _keep(self) -> dict[dt.date, Text]:
        """Every holiday on the date it is kept, those on days of rest moved in the order of the calendar."""
        named = sorted(self._named(), key=lambda item: (item[0], not item[2]))
        kept = {date: name for date, name, moves in named if not (moves and date.weekday() in self._rest)}
        for date, name, moves in named:
            if moves and date.weekday() in self._rest:
                target = date
                while target.weekday() in self._rest or target in kept:
                    target += ONE_DAY
                kept[target] = Text(en=f"{name.en}, observed", fr=f"{name.fr}, congé reporté")
        for move in self.definition.shift:
            shifted = kept.pop(move.date, None)
            if shifted is not None:
                kept[move.to] = shifted
        return kept

    def _named(self) -> Iterator[tuple[dt.date, Text, bool]]:
        """(date, name, whether a day of rest moves it), one year either side so that moved days are complete."""
        for year in range(self.definition.first_year - MARGIN - 1, self.definition.last_year + MARGIN + 2):
            yield from holidays_of_year(self.definition, year)
