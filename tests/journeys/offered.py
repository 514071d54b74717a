"""Copies of packages that are on offer today, whatever day it is: their windows are moved to the days around it."""

import re
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from guichet.kernel import clock
from tests.journeys.server import ROOT

ZONE = "America/Toronto"
SHIPPED = ROOT / "programs"
PDF = {"name": "document.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}


def noon(days: int) -> str:
    """Noon in the programs' zone, as many days from today, with its offset."""
    day = clock.today(ZONE) + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(ZONE)).isoformat()


def rewrite(file: Path, values: Mapping[str, Any]) -> None:
    """Give each key (with what stands before it on its line) another value; it must stand in the file once."""
    text = file.read_text(encoding="utf-8")
    for key, value in values.items():
        text, count = re.subn(rf"^{re.escape(key)}: \S+", f"{key}: {value}", text, flags=re.MULTILINE)
        assert count == 1, (file, key, count)
    file.write_text(text, encoding="utf-8")


def open_now(package: Path, folder: Path, *editions: str) -> Path:
    """A copy of a program below ``folder`` with these of its editions, the one window of each open for 30 days yet."""
    home = folder / package.name
    home.mkdir(parents=True)
    shutil.copy(package / "program.yaml", home)
    for key in editions:
        shutil.copytree(package / key, home / key)
        begun = clock.today(ZONE) - timedelta(days=60)
        rewrite(home / key / "edition.yaml", {"begins": begun, "    opens": noon(-30), "    closes": noon(30)})
    return home
