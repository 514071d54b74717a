"""What can never happen in a form: questions never shown, checks never satisfied, options always refused."""

from collections.abc import Iterator

from guichet.programs.conditions import Conditions, Divisions
from guichet.programs.definitions import EditionDefinition
from guichet.programs.forms import items
from guichet.programs.reading import Steps
from guichet.questions import rules
from guichet.questions.definitions import Question, Section
from guichet.questions.expressions import Node, Operator

Found = Iterator[tuple[Steps, str]]


def unreachable(edition: EditionDefinition, name: str) -> Found:
    """(way, sentence) for each condition of the form ``name`` that can never hold.

    What stands inside something that is never shown is not named again.
    """
    conditions = Conditions(edition, name)
    hidden: list[Steps] = []
    for steps, item, table in items(getattr(edition, name)):
        if any(steps[: len(way)] == way for way in hidden):
            continue
        around = _around(conditions, item, table)
        if item.visible is not None and (reason := conditions.never(*around, item.visible, within=table)):
            hidden.append(steps)
            what = "question" if isinstance(item, Question) else "section"
            yield (name, *steps, "visible"), f"this {what} is never shown: {reason}. Mend the condition, or remove it"
        elif isinstance(item, Question):
            shown = (*around, item.visible) if item.visible is not None else around
            yield from _inside(conditions, item, (name, *steps), shown, table)


def criteria(edition: EditionDefinition) -> Found:
    """(way, sentence) for each criterion that no organization can meet."""
    conditions = Conditions(edition, "profile")
    for index, criterion in enumerate(edition.criteria):
        if reason := conditions.never(criterion.rule):
            yield ("criteria", index, "rule"), f"nobody can meet this criterion: {reason}"


def divisions(edition: EditionDefinition, name: str) -> Found:
    """(way, sentence) for each division by a constant zero in the rules and calculations of a form."""
    found = Divisions(edition, name)
    for steps, item, _table in items(getattr(edition, name)):
        for key, node in _nodes(item):
            if found.by_zero(node):
                yield (name, *steps, *key), "this divides by zero, always; mend the number that it divides by"


def criteria_divisions(edition: EditionDefinition) -> Found:
    """The same for the rules of the criteria."""
    found = Divisions(edition, "profile")
    for index, criterion in enumerate(edition.criteria):
        if found.by_zero(criterion.rule):
            yield ("criteria", index, "rule"), "this divides by zero, always; mend the number that it divides by"


def _around(conditions: Conditions, item: Section | Question, table: str | None) -> tuple[Operator, ...]:
    if isinstance(item, Section):
        return ()
    return conditions.outside(f"{table}.{item.key}" if table else item.key)


def _inside(
    conditions: Conditions, question: Question, steps: Steps, shown: tuple[Operator, ...], table: str | None
) -> Found:
    required = question.required
    if isinstance(required, Operator) and (reason := conditions.never(*shown, required, within=table)):
        yield (*steps, "required"), f"this is never required: {reason}. Write required: false, or mend the condition"
    for index, check in enumerate(question.checks):
        way = (*steps, "checks", index, "rule")
        if reason := conditions.never(*shown, check.rule, within=table):
            yield way, f"nothing can satisfy this check: {reason}"
            return
    yield from _refused(conditions, question, steps, table)


def _refused(conditions: Conditions, question: Question, steps: Steps, table: str | None) -> Found:
    """Options that can be picked and that the question's own checks refuse whatever else is answered."""
    term = {"row": question.key} if table else {"answer": question.key}
    word = "includes" if question.kind == "keys" else "equals"
    for at, choice in enumerate(getattr(question, "choices", ())):
        picked = rules.parse({word: [term, choice.key]})
        if any(conditions.never(picked, check.rule, within=table) for check in question.checks):
            yield (
                (*steps, "choices", at, "key"),
                f"the option {choice.key!r} can be picked, and is then always refused by a check; remove it",
            )


def _nodes(item: Section | Question) -> Iterator[tuple[Steps, Node]]:
    for key in ("visible", "required", "value"):
        node = getattr(item, key, None)
        if isinstance(node, Node):
            yield (key,), node
    for index, check in enumerate(getattr(item, "checks", ())):
        yield ("checks", index, "rule"), check.rule
