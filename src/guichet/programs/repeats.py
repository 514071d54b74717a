"""Keys that are given again, found in what was written: each at the place where it stands for the second time."""

from collections.abc import Iterator
from typing import Any

from guichet.programs.reading import Steps

Repeat = tuple[Steps, str, Steps]


def repeats(document: dict[str, Any]) -> Iterator[Repeat]:
    """(way to the second key, the key, way to the first) in every list of things with a ``key``.

    The questions of a form are one list, whatever their sections: a path never says in which section it stands.
    """
    yield from _lists(document, ())
    for name, form in document.items():
        sections = form.get("sections") if isinstance(form, dict) else None
        if isinstance(sections, list):
            ways = [
                (name, "sections", at, "questions", index)
                for at, section in enumerate(sections)
                if isinstance(section, dict) and isinstance(section.get("questions"), list)
                for index in range(len(section["questions"]))
            ]
            yield from _among([(way, form["sections"][way[2]]["questions"][way[4]]) for way in ways])


def _lists(data: Any, steps: Steps) -> Iterator[Repeat]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(value, (*steps, key))
    elif isinstance(data, list):
        if steps[-1:] != ("questions",):
            yield from _among([((*steps, index), item) for index, item in enumerate(data)])
        for index, item in enumerate(data):
            yield from _lists(item, (*steps, index))


def _among(items: list[tuple[Any, Any]]) -> Iterator[Repeat]:
    seen: dict[str, Steps] = {}
    for way, item in items:
        key = item.get("key") if isinstance(item, dict) else None
        if not isinstance(key, str):
            continue
        if key in seen:
            yield (*way, "key"), key, seen[key]
        else:
            seen[key] = (*way, "key")
