"""The checks of a form: every rule speaks of questions that exist, of kinds that fit, and never in a circle."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from guichet.kernel.bilingual import Text
from guichet.programs.reading import Steps
from guichet.questions.definitions import Form, Question, Section
from guichet.questions.expressions import Node, Operator, Scope

Found = Iterator[tuple[Steps, str]]


def items(form: Form) -> Iterator[tuple[Steps, Section | Question, str | None]]:
    """Sections, questions and the questions inside them: (way in the form's document, it, its table or None)."""
    for at, section in enumerate(form.sections):
        yield ("sections", at), section, None
        for way, question, _group in section.placed():
            steps = ("sections", at, *way)
            yield steps, question, None
            for inner, part, _group in question.placed():
                yield (*steps, *inner), part, question.key


@dataclass(frozen=True)
class Labelled:
    """Something with a label beside others: its key, the way to it in the form, and the rules under which it shows."""

    key: str
    label: Text
    steps: Steps
    visible: tuple[Operator, ...] = ()


def groups(form: Form) -> Iterator[list[Labelled]]:
    """What stands beside each other: questions of a section or a group, columns of a table, options of a question."""
    for at, section in enumerate(form.sections):
        beside: dict[str | None, list[Labelled]] = {None: []}
        for way, question, group in section.placed():
            beside.setdefault(group.key if group else None, []).append(_labelled(question, ("sections", at, *way)))
        yield from beside.values()
    for steps, item, _table in items(form):
        if isinstance(item, Question):
            columns: dict[str | None, list[Labelled]] = {}
            for inner, part, group in item.placed():
                columns.setdefault(group.key if group else None, []).append(_labelled(part, (*steps, *inner)))
            yield from columns.values()
            choices = enumerate(getattr(item, "choices", ()))
            yield [Labelled(each.key, each.label, (*steps, "choices", index)) for index, each in choices]


def _labelled(question: Question, steps: Steps) -> Labelled:
    return Labelled(question.key, question.label, steps, (question.visible,) if question.visible is not None else ())


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
    circles = list(_circles(scope.form))
    yield from circles
    yield from _too_early(scope.form, {steps[:-1] for steps, _sentence in circles})


def _too_early(form: Form, circles: set[Steps]) -> Found:
    """A condition that reads a question that comes later: what is shown would change above the reader's eyes."""
    places = {path: place for place, (path, _question) in enumerate(form.paths())}
    reached = 0  # how many questions come before what is looked at
    for steps, item, table in items(form):
        if isinstance(item, Question):
            reached += 1
        for name, rule in _rules(item):
            if name[0] == "checks" or any(way[: len(steps)] == steps for way in circles):
                continue
            reads = (read.replace("*.", f"{table}.") for read in rule.reads())
            late = sorted(path for path in reads if places.get(path, -1) >= reached)
            if late:
                yield (*steps, *name), f"this condition reads {late[0]!r}, which is asked later; ask it before"


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
        for way, question, group in section.placed():
            steps = ("sections", section_at, *way)
            above = of_section | _reads(question) | (_reads(group) if group else frozenset())
            depends[question.key], ways[question.key] = above, steps
            for inner, part, holder in question.placed():
                path = f"{question.key}.{part.key}"
                read = _reads(part) | (_reads(holder) if holder else frozenset())
                own = {each.replace("*.", f"{question.key}.") for each in read}
                depends[path], ways[path] = above | own, (*steps, *inner)
    for path in depends:
        if path in _reached(path, depends):
            question = form.question(path)
            mend = f"let one of {_circle(path, depends)} read another question"
            if question.visible is None and isinstance(getattr(question, "value", None), Node):
                yield (*ways[path], "value"), f"{path!r} is worked out from itself, in a circle; {mend}"
            else:
                yield (
                    (*ways[path], "visible"),
                    f"whether {path!r} is shown depends on its own answer, in a circle; {mend}",
                )


def _circle(path: str, depends: dict[str, frozenset[str]]) -> str:
    """Who stands in the circle with it, itself included, in the order of their names."""
    around = [each for each in sorted(depends) if each in _reached(path, depends) and path in _reached(each, depends)]
    return ", ".join(map(repr, around))


def _reads(item: Any) -> frozenset[str]:
    """What decides whether it is shown and, for a calculation, what it is worth."""
    nodes = (item.visible, getattr(item, "value", None))
    return frozenset().union(*(node.reads() for node in nodes if isinstance(node, Node)))


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
