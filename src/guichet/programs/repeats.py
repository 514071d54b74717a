"""Keys that are given again, found in what was written: each at the place where it stands for the second time."""

from collections.abc import Iterator
from typing import Any

from guichet.programs.reading import Steps

Repeat = tuple[Steps, str, Steps]


def repeats(document: dict[str, Any]) -> Iterator[Repeat]:
    """(way to the second key, the key, way to the first) in every list of things with a ``key``.

    The questions of a form are one list, whatever their sections and groups: a path never says in which it stands. So
    are the columns of a table.
    """
    yield from _lists(document, ())
    for name, form in document.items():
        sections = form.get("sections") if isinstance(form, dict) else None
        if isinstance(sections, list):
            places = [(at, section) for at, section in enumerate(sections)]
            yield from _among([found for at, each in places for found in _questions(each, (name, "sections", at))])


def _questions(holder: Any, way: Steps) -> Iterator[tuple[Steps, Any]]:
    """The questions of a section, and those of the groups in it."""
    questions = holder.get("questions") if isinstance(holder, dict) else None
    for index, question in enumerate(questions if isinstance(questions, list) else ()):
        here = (*way, "questions", index)
        yield here, question
        yield from _questions(question, here)


def _lists(data: Any, steps: Steps) -> Iterator[Repeat]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(value, (*steps, key))
    elif isinstance(data, list):
        if steps[-1:] != ("questions",):
            places = [((*steps, index), item) for index, item in enumerate(data)]
            inside = [found for way, item in places for found in ((way, item), *_questions(item, way))]
            yield from _among(inside if steps[-1:] == ("columns",) else places)
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
