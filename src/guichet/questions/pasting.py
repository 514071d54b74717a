"""Rows pasted from a spreadsheet: tab-separated cells, in the order of the table's columns."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from guichet.kernel.bilingual import LANGUAGES
from guichet.questions.definitions import Question
from guichet.questions.values import JSON, VALUE_LIMIT, Unreadable


@dataclass(frozen=True)
class Read:
    """What was understood: cells by column for each row; ``left`` the lines that were not taken, ``why``: of
    "columns" (more cells than columns), "rows" (beyond the limit)."""

    rows: tuple[dict[str, JSON], ...]
    left: str
    why: tuple[str, ...]


def columns(table: Question) -> list[Question]:
    """The columns that can be pasted, in their order."""
    return [part for part in table.parts() if part.stored and not part.uploads]


def read_rows(table: Question, text: str, language: str, room: int) -> Read:
    """At most ``room`` rows. What a column cannot read is kept as typed; a line of headings is skipped.

    Nothing is lost: lines that are not taken are given back as they came.
    """
    asked = columns(table)
    rows: list[dict[str, JSON]] = []
    left: list[str] = []
    why: list[str] = []
    for number, (line, cells) in enumerate(_lines(text)):
        if not any(cells) or (number == 0 and _is_heading(table, cells)):
            continue
        reason = "columns" if len(cells) > len(asked) or any(len(cell) > VALUE_LIMIT for cell in cells) else ""
        reason = reason or ("rows" if len(rows) >= room else "")
        if reason:
            left.append(line)
            why.append(reason)
            continue
        rows.append({part.key: _value(part, cell, language) for part, cell in zip(asked, cells, strict=False)})
    return Read(tuple(rows), "\n".join(left), tuple(dict.fromkeys(why)))


def _value(part: Question, cell: str, language: str) -> JSON:
    value = part.parse(cell, language)
    return value.as_value() if isinstance(value, Unreadable) else value


def _lines(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each line as it came, and its cells without outer spaces; empty cells at the end are dropped.

    Spreadsheets put cells that hold line ends or quotation marks between quotation marks.
    """
    for cells in _cells(text):
        line = "\t".join(f'"{cell.replace(chr(34), 2 * chr(34))}"' if _quotes(cell) else cell for cell in cells)
        tidy = [cell.strip() for cell in cells]
        while tidy and not tidy[-1]:
            tidy.pop()
        yield line, tidy


def _quotes(cell: str) -> bool:
    return "\n" in cell or cell.startswith('"')


def _cells(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), dialect="excel-tab"))
    except csv.Error:  # a cell beyond what the reader takes: there are no quotes in it worth reading
        return [line.split("\t") for line in text.split("\n")]


def _is_heading(table: Question, cells: list[str]) -> bool:
    """Whether a line says what the columns are called: at least half of its cells do."""
    called = [text for part in columns(table) for text in (part.label, table.name_of(part.key))]
    labels = {_plain(text.in_(language)) for text in called for language in LANGUAGES}
    named = [cell for cell in cells if cell]
    return 2 * sum(_plain(cell) in labels for cell in named) >= max(len(named), 1)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\u00a0", " ").casefold().split())
