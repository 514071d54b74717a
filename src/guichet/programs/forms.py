"""The checks of a form: every rule speaks of questions that exist, of kinds that fit, and never in a circle."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from guichet.programs.reading import Steps
from guichet.questions.definitions import Form, Question, Section
from guichet.questions.expressions import Operator, Scope

Found = Iterator[tuple[Steps, str]]


def items(form: Form) -> Iterator[tuple[Steps, Section | Question, str | None]]:
    """Sections, questions and the questions inside them: (way in the form's document, it, its table or None)."""
    for at, section in enumerate(form.sections):
        yield ("sections", at), section, None
        for index, question in enumerate(section.questions):
            steps = ("sections", at, "questions", index)
            yield steps, question, None
            for inner, part in enumerate(question.parts()):
                yield (*steps, "columns", inner), part, question.key


def check_form(scope: Scope) -> Found:
    """(way in the form's document, sentence) for each fault of the rules of ``scope.form``."""
    for steps, item, table in items(scope.form):
        here = replace(scope, table=table)
        for name, rule in _rules(item):
            for sentence in rule.check(here):
                yield (*steps, *name), sentence
        if isinstance(item, Question):
            for sentence in item.check(here):
                yield steps, sentence
    yield from _circles(scope.form)


def _rules(item: Section | Question) -> Iterator[tuple[Steps, Operator]]:
    for name in ("visible", "required"):
        rule = getattr(item, name, None)
        if isinstance(rule, Operator):
            yield (name,), rule
    for index, check in enumerate(getattr(item, "checks", ())):
        yield ("checks", index, "rule"), check.rule


def _circles(form: Form) -> Found:
    """A question whose being shown depends, by whatever way round, on its own answer."""
    depends: dict[str, frozenset[str]] = {}
    ways: dict[str, Steps] = {}
    for section_at, section in enumerate(form.sections):
        of_section = _reads(section)
        for index, question in enumerate(section.questions):
            steps = ("sections", section_at, "questions", index)
            above = of_section | _reads(question)
            depends[question.key], ways[question.key] = above, steps
            for inner, part in enumerate(question.parts()):
                path = f"{question.key}.{part.key}"
                own = {read.replace("*.", f"{question.key}.") for read in _reads(part)}
                depends[path], ways[path] = above | own, (*steps, "columns", inner)
    for path in depends:
        if path in _reached(path, depends):
            yield (*ways[path], "visible"), f"whether {path!r} is shown depends on its own answer, in a circle"


def _reads(item: Any) -> frozenset[str]:
    return item.visible.reads() if item.visible is not None else frozenset()


def _reached(path: str, depends: dict[str, frozenset[str]]) -> set[str]:
    """Every question on which the showing of ``path`` depends, directly or not."""
    reached: set[str] = set()
    waiting = list(depends[path])
    while waiting:
        found = waiting.pop()
        if found in reached:
            continue
        reached.add(found)
        waiting.extend(depends.get(found, ()))
    return reached
