"""The shape of a program's ``calendar.yaml``, and the holidays that it names, year by year.

    first_year: 2024                # the years the calendar is known for; both have defaults
    last_year: 2040
    rest_days: [saturday, sunday]   # the default
    base: {library: CA, categories: [public, government]}     # optional; a country of the ``holidays`` library
    extra:
      - {rule: easter, offset: 1, name: {en: Easter Monday, fr: Lundi de Pâques}}
      - {rule: nth_weekday, month: 8, weekday: monday, nth: 1, name: {en: …, fr: …}}      # nth -1 is the last
      - {rule: fixed, month: 12, day: 24, name: {en: …, fr: …}, observed: next_working_day}  # default: none
      - {rule: date, date: 2026-02-17, name: {en: …, fr: …}}     # "rule: date" may be left out
    names: {"Victoria Day": {en: Victoria Day, fr: Fête de Victoria}}   # by the library's English name
    remove: ["Boxing Day", 2026-09-30]      # by the library's English name, or one date
    shift: [{date: 2027-12-27, to: 2027-12-24}]   # the holiday kept on ``date`` is kept on ``to``

Holidays of the base that fall on a day of rest always move to the next working day.
"""

import calendar as gregorian
import datetime as dt
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, Self

import holidays
from dateutil.easter import easter  # type: ignore[import-untyped]
from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from guichet.kernel.bilingual import LANGUAGES, Text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekday(value: Any) -> Any:
    """A weekday by its English name, as the packages write it, or by its number."""
    return WEEKDAYS.index(value) if value in WEEKDAYS else value


Weekday = Annotated[int, BeforeValidator(_weekday), Field(ge=0, le=6)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Base(_Frozen):
    """A country's list in the ``holidays`` library."""

    library: str
    categories: tuple[str, ...] = ("public",)

    @model_validator(mode="after")
    def _exists(self) -> Self:
        try:
            _library_names(self.library, self.categories, 2026)
        except (NotImplementedError, ValueError) as error:
            raise ValueError(f"the holidays library has no such list: {error}") from error
        return self


class EasterRule(_Frozen):
    """A number of days from Easter Sunday."""

    rule: Literal["easter"]
    offset: int
    name: Text

    def of_year(self, year: int) -> tuple[dt.date, bool] | None:
        return easter(year) + dt.timedelta(days=self.offset), False


class NthWeekdayRule(_Frozen):
    """The nth weekday of a month; -1 is the last."""

    rule: Literal["nth_weekday"]
    month: int = Field(ge=1, le=12)
    weekday: Weekday
    nth: Literal[1, 2, 3, 4, -1]
    name: Text

    def of_year(self, year: int) -> tuple[dt.date, bool] | None:
        days = [
            day
            for day in gregorian.Calendar().itermonthdates(year, self.month)
            if day.month == self.month and day.weekday() == self.weekday
        ]
        return days[self.nth - 1 if self.nth > 0 else self.nth], False


class FixedRule(_Frozen):
    """The same day each year."""

    rule: Literal["fixed"]
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    name: Text
    observed: Literal["none", "next_working_day"] = "none"

    @model_validator(mode="after")
    def _real(self) -> Self:
        if self.day > gregorian.monthrange(2024, self.month)[1]:
            raise ValueError(f"month {self.month} has no day {self.day}")
        return self

    def of_year(self, year: int) -> tuple[dt.date, bool] | None:
        if self.day > gregorian.monthrange(year, self.month)[1]:  # 29 February
            return None
        return dt.date(year, self.month, self.day), self.observed == "next_working_day"


class DateRule(_Frozen):
    """One day, once."""

    rule: Literal["date"] = "date"
    date: dt.date
    name: Text

    def of_year(self, year: int) -> tuple[dt.date, bool] | None:
        return (self.date, False) if self.date.year == year else None


class Shift(_Frozen):
    """A holiday kept on another day, this once."""

    date: dt.date
    to: dt.date


def _rule_of(value: Any) -> str | None:
    return value.get("rule", "date") if isinstance(value, dict) else getattr(value, "rule", None)


ExtraRule = Annotated[
    Annotated[EasterRule, Tag("easter")]
    | Annotated[NthWeekdayRule, Tag("nth_weekday")]
    | Annotated[FixedRule, Tag("fixed")]
    | Annotated[DateRule, Tag("date")],
    Discriminator(_rule_of),
]


class CalendarDefinition(_Frozen):
    """Which days are not business days. See the module's docstring for the file."""

    first_year: int = Field(default=2020, ge=1970)
    last_year: int = Field(default=2040, le=2100)
    rest_days: tuple[Weekday, ...] = (5, 6)
    base: Base | None = None
    extra: tuple[ExtraRule, ...] = ()
    names: dict[str, Text] = Field(default_factory=dict)
    remove: tuple[Annotated[dt.date | str, Field(union_mode="left_to_right")], ...] = ()
    shift: tuple[Shift, ...] = ()

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.last_year < self.first_year:
            raise ValueError("last_year is before first_year")
        if len(set(self.rest_days)) > 6:
            raise ValueError("every day of the week is a day of rest")
        missing = [name for name in (*self.names, *self.remove) if isinstance(name, str) and name not in self.library]
        if missing:
            raise ValueError(f"no such holiday in the base list: {', '.join(missing)}")
        untranslated = [name for name, text in self.library.items() if text is None and name not in self.names]
        if untranslated:
            raise ValueError(f"the library lacks one language; give names for: {', '.join(sorted(untranslated))}")
        return self

    @cached_property
    def library(self) -> dict[str, Text | None]:
        """Every name of the base list in its years, by its English name; None where a language is missing."""
        if self.base is None:
            return {}
        return {
            name: text
            for year in range(self.first_year, self.last_year + 1)
            for _date, name, text in _library_names(self.base.library, self.base.categories, year)
        }


def holidays_of_year(definition: CalendarDefinition, year: int) -> Iterator[tuple[dt.date, Text, bool]]:
    """(date, name, whether a day of rest moves it) for each holiday that begins in ``year``."""
    if definition.base is not None:
        for date, key, text in _library_names(definition.base.library, definition.base.categories, year):
            name = definition.names.get(key, text)
            if name is not None and key not in definition.remove and date not in definition.remove:
                yield date, name, True
    for rule in definition.extra:
        found = rule.of_year(year)
        if found is not None and found[0] not in definition.remove:
            yield found[0], rule.name, found[1]


@lru_cache(maxsize=512)
def _library_names(
    country: str, categories: tuple[str, ...], year: int
) -> tuple[tuple[dt.date, str, Text | None], ...]:
    """(date, English name, Text) of a country's list, without the library's own moved days."""
    by_language = {
        language: _library_list(country, categories, year, spoken)
        for language, spoken in _spoken(country).items()
        if spoken is not None
    }
    english = by_language.get("en") or _library_list(country, categories, year, None)
    both = len(by_language) == len(LANGUAGES)
    return tuple(
        (
            date,
            name,
            Text(en=name.replace("'", "’"), fr=by_language["fr"][date][position].replace("'", "’")) if both else None,
        )
        for date, names in english.items()
        for position, name in enumerate(names)
    )


def _spoken(country: str) -> dict[str, str | None]:
    """For each of our languages, the code under which the library speaks it for ``country``."""
    supported = holidays.country_holidays(country).supported_languages
    return {
        language: next((code for code in sorted(supported) if code.split("_")[0] == language), None)
        for language in LANGUAGES
    }


def _library_list(
    country: str, categories: tuple[str, ...], year: int, language: str | None
) -> dict[dt.date, list[str]]:
    found = holidays.country_holidays(
        country, years=year, observed=False, expand=False, categories=categories, language=language
    )
    return {date: found.get_list(date) for date in sorted(found)}
