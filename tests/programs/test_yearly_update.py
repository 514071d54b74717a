"""The example of a yearly update in docs/programs.md is what the two editions that ship say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.programs.packages import ROOT, SHIPPED

BEFORE, AFTER = (SHIPPED / "canexport-smes" / key for key in ("2024-25", "2026-27"))
FIGURES = ("begins", "numbers", "service_standards", "lead_time", "intakes")


def figures(data: Any, way: str = "") -> Iterator[tuple[str, str]]:
    """(way, value) of every figure; texts are told elsewhere."""
    if isinstance(data, dict):
        for key, value in data.items():
            if not {"en", "fr"} & set(value if isinstance(value, dict) else ()):
                yield from figures(value, f"{way}.{key}".lstrip("."))
    elif isinstance(data, list):
        for value in data:
            name = value["key"] if isinstance(value, dict) and "key" in value else ""
            yield from figures(value, f"{way}.{name}".rstrip("."))
    elif not way.endswith(".key"):
        yield way, str(data)


def of_edition(folder: Path) -> dict[str, str]:
    """The figures of an edition by their ways; the arithmetic of costs is told by excerpts."""
    document = YAML(typ="safe", pure=True).load((folder / "edition.yaml").read_text(encoding="utf-8"))
    kept = {name: document[name] for name in FIGURES}
    return dict(figures(kept))


def rows() -> list[str]:
    """The table as it must stand in the documentation."""
    before, after = of_edition(BEFORE), of_edition(AFTER)
    names = [name for name in {**after, **before} if before.get(name) != after.get(name)]
    return [f"| `{name}` | {before.get(name, '–')} | {after.get(name, '–')} |" for name in names]


def test_the_table_names_every_figure_that_differs():
    text = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    told = text.split("| figure of `edition.yaml` | 2024-25 | 2026-27 |\n| --- | --- | --- |\n")[1].split("\n\n")[0]
    assert told.splitlines() == rows(), "\n".join(rows())


def test_each_excerpt_stands_in_its_edition():
    text = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    excerpt = text.split("```diff\n")[1].split("```")[0]
    lines = excerpt.splitlines()
    assert {line[0] for line in lines} == {"-", "+"}
    for sign, folder in (("-", BEFORE), ("+", AFTER)):
        whole = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))
        written = [line[1:].strip() for line in lines if line.startswith(sign)]
        assert written
        assert [line for line in written if line not in whole] == []
