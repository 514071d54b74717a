"""Chapters of the Harmonized System, in our own short words, from ``goods.csv`` (code, en, fr)."""

import csv
from functools import lru_cache
from pathlib import Path

from guichet.kernel.bilingual import Text

_FILE = Path(__file__).with_name("goods.csv")


@lru_cache
def labels() -> dict[str, Text]:
    """Every chapter's title by its two digits. There is no chapter 77: it is kept free."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Text(en=row["en"], fr=row["fr"]) for row in csv.DictReader(lines)}


def dotted(code: str) -> str:
    """A code as people write it: ``0901.21``, ``0901.21.00``, ``0901.21.00.10``."""
    return ".".join([code[:4], *(code[at : at + 2] for at in range(4, len(code), 2))])
