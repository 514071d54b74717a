"""The walk of docs/programs.md from last year's edition to next year's, taken word for word from the document.

Its blocks are done in their order: ``diff`` is written into the files that it names, ``console`` is run: a line that
begins with ``$`` is a command, what follows is what it must print. So the document cannot rot.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.programs.packages import ROOT, SHIPPED

TITLE = "### The steps, walked"
BEFORE, AFTER = "programs/canexport-smes/2024-25", "programs/canexport-smes/2025-26"
_BLOCK = re.compile(r"^```(?P<kind>diff|console)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One command with what it must print, or the changes of one block (``command`` is empty)."""

    command: str
    text: str


def steps() -> Iterator[Step]:
    """The walk, in its order."""
    document = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    section = document.split(f"{TITLE}\n")[1].split("\n## ")[0].split("\n### ")[0]
    for block in _BLOCK.finditer(section):
        if block["kind"] == "diff":
            yield Step("", block["text"])
            continue
        for command in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            line, _, printed = command.partition("\n")
            yield Step(line, printed)


def ready(home: Path) -> Path:
    """The program as it stood last year, below ``home``; the folder of what will be next year's edition."""
    for key in ("2025-26", "2026-27"):
        shutil.rmtree(home / "programs" / "canexport-smes" / key, ignore_errors=True)
    shutil.copytree(
        SHIPPED / "canexport-smes",
        home / "programs" / "canexport-smes",
        ignore=shutil.ignore_patterns("2026-27"),
        dirs_exist_ok=True,
    )
    return home / AFTER


def change(edition: Path, text: str) -> None:
    """Write a block of changes into the files of an edition: each hunk must stand there once."""
    for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        name, _, hunks = part.partition("\n")
        file = edition / name
        written = file.read_text(encoding="utf-8")
        for hunk in hunks.strip("\n").split("\n\n"):
            lines = hunk.splitlines()
            before = "".join(f"{line[1:]}\n" for line in lines if line[:1] in "- ")
            after = "".join(f"{line[1:]}\n" for line in lines if line[:1] in "+ ")
            assert written.count(before) == 1, (name, before)
            written = written.replace(before, after)
        file.write_text(written, encoding="utf-8")


def run(command: str, home: Path, **environment: str) -> str:
    """What a command prints, errors included, run from ``home`` as the document has it run beside ``programs``."""
    words = command.split()
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_"))}
    if words[0] == "./guichet":
        words[:1] = [sys.executable, "-P", "-m", "guichet.config.cli"]
    done = subprocess.run(
        words,
        cwd=home,
        env={**own, "PYTHONPATH": str(ROOT / "src"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout
