"""Reading the two files of a list, English and French, as their publishers give them: every fault, at its place.

Columns are found by their headings; where these are not known (those of Statistics Canada's French file are not
published anywhere we could read), by the place that the column has in the published file, if what stands there fits.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guichet.classifications.errors import Fault, ListFaults
from guichet.questions.finding import words_of
from guichet.questions.lists import level

# The largest files that are read, and the most codes: far more than any list of its kind has.
_MOST_BYTES = 50_000_000
_MOST_CODES = 100_000
_LONGEST_TITLE = 1000
# Faults beyond these are not told: one wrong column is wrong in every line.
_TOLD = 50


@dataclass(frozen=True)
class Published:
    """How a list is published: its codes, and where the code and the title stand."""

    name: str
    code: re.Pattern[str]
    levels: frozenset[int]
    code_headings: frozenset[str]
    title_headings: frozenset[str]
    places: tuple[tuple[int, int, int], ...]  # (number of columns, place of the code, place of the title)
    loses_zeros: bool


_TITLES = frozenset(
    {
        *("title", "titles", "class title", "class titles", "description", "descriptions", "titre", "titres"),
        *("titre de la classe", "titre de classe", "titres de classes", "titres des classes", "intitule", "libelle"),
        *("designation", "designations"),
    }
)
PUBLISHED = {
    # Statistics Canada: Level, Hierarchical structure, Code, Parent, Class title, Superscript, Class definition.
    "naics": Published(
        name="naics",
        code=re.compile(r"\d\d-\d\d|\d{2,6}", re.ASCII),
        levels=frozenset({2, 3, 4, 5, 6}),
        code_headings=frozenset({"code", "codes", "code scian", "naics code", "code du scian"}),
        title_headings=_TITLES,
        places=((7, 2, 4), (6, 2, 4), (2, 0, 1)),
        loses_zeros=False,
    ),
    "hs": Published(
        name="hs",
        code=re.compile(r"(\d\d){1,5}", re.ASCII),
        levels=frozenset({2, 4, 6, 8, 10}),
        code_headings=frozenset({"code", "codes", "hs", "hs code", "code sh", "sh", "commodity code", "commodity"}),
        title_headings=_TITLES,
        places=((2, 0, 1),),
        loses_zeros=True,
    ),
}


@dataclass(frozen=True)
class Title:
    """One title with its place in its file."""

    text: str
    line: int
    column: int


def read(published: Published, english: Path, french: Path) -> dict[str, tuple[str, str]]:
    """Codes with both titles, in the order of the English file. Raises ListFaults."""
    faults: list[Fault] = []
    found = [_File(published, path, faults).titles() for path in (english, french)]
    if not faults:
        faults += [*_alone(found[0], found[1], english, french, "French")]
        faults += [*_alone(found[1], found[0], french, english, "English")]
        faults += [*_alike(found, french), *_orphans(found[0], english)]
    if faults:
        raise ListFaults(faults[:_TOLD])
    return {code: (title.text, found[1][code].text) for code, title in found[0].items()}


class _File:
    """One file: its encoding, its columns, its lines."""

    def __init__(self, published: Published, path: Path, faults: list[Fault]) -> None:
        self.published = published
        self.path = path
        self.faults = faults

    def titles(self) -> dict[str, Title]:
        """The titles by their codes; faults are gathered."""
        found: dict[str, Title] = {}
        try:
            if self.path.stat().st_size > _MOST_BYTES:
                self._fault(1, 1, f"the file is larger than {_MOST_BYTES // 1_000_000} MB; this is no list of codes")
                return found
            encoding = _encoding(self.path)
            with self.path.open(encoding=encoding, newline="") as lines:
                self._read(lines, found)
        except (OSError, UnicodeDecodeError) as error:
            self._fault(1, 1, f"the file cannot be read ({getattr(error, 'strerror', None) or 'not a text file'})")
        return found

    def _read(self, lines: Iterator[str], found: dict[str, Title]) -> None:
        first = next(lines, "")
        heading = next(csv.reader([first], delimiter=_delimiter(first)), [])
        rows = csv.reader(lines, delimiter=_delimiter(first))
        places: tuple[int, int] | None = None
        before = len(self.faults)
        try:
            for row in rows:
                if not any(cell.strip() for cell in row):
                    continue
                places = places or self._places(heading, row)
                if places is None or len(found) >= _MOST_CODES or len(self.faults) >= _TOLD:
                    break
                self._take(row, rows.line_num + 1, places, found)
        except csv.Error as error:
            self._fault(rows.line_num + 1, 1, f"this line cannot be read as CSV ({error})")
        if not found and len(self.faults) == before:
            self._fault(2, 1, "there is no code in the file")
        elif len(found) >= _MOST_CODES:
            self._fault(rows.line_num + 1, 1, f"there are more than {_MOST_CODES:,} codes; this is no list of codes")

    def _places(self, heading: list[str], row: list[str]) -> tuple[int, int] | None:
        """Where the code and the title stand: by the headings, else by the published order if what is there fits."""
        names = [words_of(name) for name in heading]
        code = next((at for at, name in enumerate(names) if name in self.published.code_headings), None)
        title = next((at for at, name in enumerate(names) if name in self.published.title_headings), None)
        if code is not None and title is not None:
            return code, title
        for count, code_at, title_at in self.published.places:
            fits = len(heading) == count == len(row) and self._code(row[code_at])
            if fits and re.search(r"[^\W\d]{3}", row[title_at]):
                return code_at, title_at
        missing = [name for name, at in (("codes", code), ("titles", title)) if at is None]
        self._fault(
            1,
            1,
            f"no column of {' and of '.join(missing)} was found; the headings are: {', '.join(heading) or 'none'}. "
            "Name the column of the codes “Code” and that of the titles “Title” or “Titre”",
        )
        return None

    def _take(self, row: list[str], line: int, places: tuple[int, int], found: dict[str, Title]) -> None:
        code_at, title_at = places
        if len(row) <= max(places):
            self._fault(line, len(row), f"the line has {len(row)} fields; the title should be field {title_at + 1}")
            return
        code, title = self._code(row[code_at]), _tidy(row[title_at])
        if not code:
            self._fault(line, code_at + 1, self._not_a_code(row[code_at]))
        elif code in found:
            self._fault(line, code_at + 1, f"the code {code} stands in line {found[code].line} already")
        elif not title:
            self._fault(line, title_at + 1, f"the code {code} has no title")
        elif len(title) > _LONGEST_TITLE:
            self._fault(line, title_at + 1, f"the title of {code} has more than {_LONGEST_TITLE:,} characters")
        else:
            found[code] = Title(title, line, title_at + 1)

    def _code(self, text: str) -> str:
        """The code in a cell, without what separates its digits; empty when it is none."""
        code = re.sub(r"[\s.]", "", text).replace("–", "-")
        fits = self.published.code.fullmatch(code) and level(code) in self.published.levels
        return code if fits else ""

    def _not_a_code(self, text: str) -> str:
        digits = re.sub(r"\D", "", text)
        if self.published.loses_zeros and len(digits) % 2:
            return f"{text!r} has {len(digits)} digits; a spreadsheet may have dropped the 0 at its beginning"
        return f"{text!r} is not a code of this list"

    def _fault(self, line: int, column: int, message: str) -> None:
        self.faults.append(Fault(str(self.path), line, column, message))


def _alone(here: Mapping[str, Title], there: Mapping[str, Title], file: Path, other: Path, missing: str) -> list[Fault]:
    """Codes that only one of the files has: both languages are needed."""
    return [
        Fault(str(file), title.line, title.column, f"{code} has no {missing} title: it is not in {other}")
        for code, title in here.items()
        if code not in there
    ]


def _alike(found: list[dict[str, Title]], french: Path) -> list[Fault]:
    """The same file given twice, or both in one language."""
    english, other = found
    same = sum(title.text == other[code].text for code, title in english.items() if code in other)
    if len(english) < 10 or same < 0.9 * len(english):
        return []
    return [Fault(str(french), 2, 1, "its titles are those of the English file; give the French one as the second")]


def _orphans(titles: Mapping[str, Title], file: Path) -> list[Fault]:
    """Codes whose upper level is missing although the file has that level: lines were lost."""
    levels = sorted({level(code) for code in titles})
    starts = set(titles)
    for code in titles:
        first, _, last = code.partition("-")
        starts.update(str(number) for number in range(int(first), int(last or first) + 1) if last)
    faults = []
    for code, title in titles.items():
        above = max((digits for digits in levels if digits < level(code)), default=None)
        if above and code[:above] not in starts:
            message = f"{code} stands under {code[:above]}, which is not in the file"
            faults.append(Fault(str(file), title.line, title.column, message))
    return faults


def _encoding(path: Path) -> str:
    """UTF-8, with or without its mark; else what older programs of offices write."""
    try:
        with path.open(encoding="utf-8", newline="") as text:
            while text.read(1 << 16):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _tidy(title: str) -> str:
    """One line, typographic apostrophes."""
    return " ".join(re.sub(r"(?<=\w)'(?=\w)", "’", title).split())
