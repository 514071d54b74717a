"""Packages for tests: the example of docs/programs.md, whole or with one thing changed, and the ones that ship."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "programs"
KEY = "village-grants/2030"

_BLOCK = re.compile(r"^```yaml\n# (?P<file>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def documented() -> dict[str, str]:
    """{file: text} of the example in the documentation; its first line, a comment, is the file's name."""
    documentation = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    return {found["file"]: f"# {found['file']}\n{found['text']}" for found in _BLOCK.finditer(documentation)}


def example() -> dict[str, str]:
    """The same without its golden cases: what is part of the edition."""
    return {name: text for name, text in documented().items() if "/cases/" not in name}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write a package below ``folder``; the edition's folder."""
    for name, text in (files or example()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / KEY


def changed(folder: Path, file: str, before: str, after: str) -> Path:
    """The example with one text replaced in one file; fails when there is nothing to replace."""
    files = example()
    name = file if file == "village-grants/program.yaml" else f"{KEY}/{file}"
    assert before in files[name], f"{before!r} is not in {name}"
    files[name] = files[name].replace(before, after, 1)
    return write(folder, files)


def shipped() -> list[Path]:
    """Every edition that ships with the product."""
    return sorted(path.parent for path in SHIPPED.glob("*/*/edition.yaml"))


def every() -> list[Path]:
    """Those, and the packages of the tests: what is asked of a package is asked of all."""
    return [*shipped(), *sorted(path.parent for path in (ROOT / "tests" / "packages").glob("*/*/edition.yaml"))]
