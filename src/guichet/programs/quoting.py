"""A figure is written once, in edition.yaml; options refer to it, and texts quote it, so that none can disagree.

An option such as ``ceiling: {number: contribution_maximum}`` takes the number of that name. In any text of a package,
``{numbers.revenue_minimum:money}`` becomes “$100,000” and « 100 000 $ »: the name is the path of a value in
edition.yaml, the format one of FORMATS, or none for a plain number or a word.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from guichet.kernel import decimals, formats
from guichet.kernel.bilingual import LANGUAGES
from guichet.kernel.near import meant
from guichet.programs.reading import Steps

_QUOTE = re.compile(r"\{([^{}\n]*)\}")
# In a letter {name} is filled when it is written; what has a point or a colon can only be a figure.
_FIGURE = re.compile(r"\{([^{}\n]*[.:][^{}\n]*)\}")
_NAME = re.compile(r"([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)(?::([a-z]+))?")

FORMATS: dict[str, Callable[[Decimal, str], str]] = {
    "money": formats.money,
    "percent": lambda value, language: formats.percent(value * 100, language),
    "number": lambda value, language: formats.decimal(value, language),
    "year": lambda value, language: f"{value:f}",  # 2030, never 2,030
}


# The options that may refer to a number; elsewhere ``{number: key}`` is a term of a rule.
OPTIONS = frozenset(("share", "floor", "ceiling", "days", "profile_examination", "min", "max", "places")) | frozenset(
    ("max_length", "rows_min", "rows_max", "max_files", "max_bytes", "rate", "limit", "in_all", "decision")
)


class BadQuote(Exception):
    """A quote that cannot be filled; the message says why."""


def refer(data: Any, numbers: dict[str, Any], steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Put the edition's numbers where options of ``data`` refer to them; (way, sentence) where there is none."""
    for way, holder, name in references(data, steps):
        if isinstance(name, str) and name in numbers:
            holder[way[-1]] = numbers[name]
        else:
            yield way, f"the edition has no number {name!r}{meant(name, numbers)}"


def references(data: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any, Any]]:
    """Each option that refers to a number: (way, what holds it, the name of the number)."""
    for key, value in _items(data):
        if key in OPTIONS and isinstance(value, dict) and set(value) == {"number"}:
            yield (*steps, key), data, value["number"]
        else:
            yield from references(value, (*steps, key))


def no_figures(numbers: dict[str, Any]) -> set[str]:
    """The names of those numbers that are none, as the grammar says where they stand: \"75 %\", 4 000 $."""
    return {name for name, value in numbers.items() if isinstance(value, str) and decimals.read(value) is None}


def _items(data: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)


def texts(data: Any, steps: Steps = ()) -> Iterator[tuple[Steps, dict[str, str]]]:
    """Every bilingual text in plain data, with the way to it: mappings whose keys are languages."""
    if isinstance(data, dict) and data and set(data) <= set(LANGUAGES):
        if all(isinstance(value, str) for value in data.values()):
            yield steps, data
        return
    for key, value in _items(data):
        yield from texts(value, (*steps, key))


def unused(document: dict[str, Any]) -> Iterator[tuple[Steps, str]]:
    """(way, sentence) for each figure of ``numbers`` that no rule, no option and no text takes."""
    numbers = document.get("numbers")
    if not isinstance(numbers, dict):
        return
    taken = set(_taken(document))
    for name in numbers:
        if name not in taken:
            yield ("numbers", name), f"nothing uses the number {name!r}; remove it, or refer to it where it is meant"


def _taken(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield from (quote.split(":")[0].removeprefix("numbers.") for quote in _QUOTE.findall(data))
    elif isinstance(data, dict) and set(data) == {"number"}:
        yield str(data["number"])
    else:
        for _key, value in _items(data):
            yield from _taken(value)


def fill(text: str, language: str, edition: dict[str, Any], *, letter: bool = False) -> str:
    """``text`` with its quotes filled from ``edition`` (the data of edition.yaml). Raises BadQuote."""
    return _pattern(letter).sub(lambda found: _value(found[1], language, edition), text)


def quotes(text: str, *, letter: bool = False) -> list[str]:
    """What ``text`` quotes, sorted: both languages must quote the same."""
    return sorted(_pattern(letter).findall(text))


def _pattern(letter: bool) -> re.Pattern[str]:
    return _FIGURE if letter else _QUOTE


def _values(data: dict[str, Any], before: str = "") -> Iterator[str]:
    """The names of the values of edition.yaml: ``cost.share``."""
    for key, value in data.items():
        yield f"{before}{key}"
        if isinstance(value, dict):
            yield from _values(value, f"{before}{key}.")


def _value(quote: str, language: str, edition: dict[str, Any]) -> str:
    parsed = _NAME.fullmatch(quote)
    if parsed is None:
        raise BadQuote(f"{{{quote}}} is not a value of edition.yaml; write for example {{cost.ceiling:money}}")
    name, wanted = parsed[1], parsed[2] or "number"
    if wanted not in FORMATS:
        near, known = meant(wanted, FORMATS), ", ".join(sorted(FORMATS))
        raise BadQuote(f"{{{quote}}}: there is no format {wanted!r}{near}; the formats are {known}")
    value: Any = edition
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            raise BadQuote(f"{{{quote}}}: edition.yaml has no value {name!r}{meant(name, _values(edition))}")
        value = value[part]
    if isinstance(value, dict) and set(value) == set(LANGUAGES):
        return str(value[language])
    if isinstance(value, dict | list):
        raise BadQuote(f"{{{quote}}}: {name!r} is not one value")
    if value is None or isinstance(value, bool):
        return ""  # no figure, and reported as such where it stands
    # A figure that reads as words or as a section number ("8.3" of the guide) is quoted as it stands.
    if parsed[2] is None and isinstance(value, str):
        return value
    number = decimals.read(str(value))
    if number is not None:
        return FORMATS[wanted](number, language)
    if name.startswith("numbers.") or name.rpartition(".")[2] in OPTIONS:
        return ""  # no figure, and reported as such where it stands
    raise BadQuote(f"{{{quote}}}: {name!r} is not a number")
