"""Sectors and subsectors of NAICS Canada 2022, from ``industries.csv`` (code, en, fr)."""

import csv
from functools import lru_cache
from pathlib import Path

from guichet.kernel.bilingual import Text

_FILE = Path(__file__).with_name("industries.csv")


@lru_cache
def labels() -> dict[str, Text]:
    """Every class's titles by its code; a sector may be a range ("31-33"). A sector stands before its subsectors."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Text(en=row["en"], fr=row["fr"]) for row in csv.DictReader(lines)}
