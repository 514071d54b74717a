"""Whether conditions can hold at all, worked out from what is written, for checking packages.

A rule is written out as alternatives, each a list of demands on answers; an alternative fails when its demands leave
no answer. What a rule reads must be answered, and so be shown: the conditions of the question that is read are added.
What is not understood is taken to be possible, so that nothing is refused that could happen.
"""

from guichet.programs.definitions import EditionDefinition
from guichet.programs.demands import Demands, Names
from guichet.questions.definitions import Question, Section
from guichet.questions.expressions import Node, Operator, Term, walk
from guichet.questions.terms._kinds import read_as
from guichet.questions.terms._reading import find

# More alternatives than this are not written out: the rule is taken to be possible.
_ALTERNATIVES = 200

Literal = tuple[Operator, bool]
Alternative = tuple[Literal, ...]


class _TooMany(Exception):
    """A rule has too many alternatives to look at."""


class Conditions:
    """The conditions of the form ``name`` of an edition; ``within`` a table, ``{row: …}`` reads its columns."""

    def __init__(self, edition: EditionDefinition, name: str) -> None:
        self.form = getattr(edition, name)
        self.names = Names(self.form, None if name == "profile" else edition.profile, edition.numbers)

    def never(self, *rules: Operator, within: str | None = None) -> str:
        """Why the rules can never all hold, naming what is in the way; empty when they can, or when it is not known."""
        names = self.names.within(within)
        try:
            alternatives = _conjoined([_written_out(rule, True) for rule in rules])
            reasons = [self._fails(alternative, names) for alternative in alternatives]
        except _TooMany:
            return ""
        return reasons[0] if all(reasons) else ""

    def together(self, first: tuple[Operator, ...], second: tuple[Operator, ...]) -> bool:
        """Whether what shows under the first rules can be seen beside what shows under the second."""
        return not (first and second and self.never(*first, *second))

    def outside(self, path: str) -> tuple[Operator, ...]:
        """The conditions of what stands around the question at ``path``: its section, and its table or group."""
        table, *inside = path.split(".")
        section: Section = self.form.section_of(path)
        holders = (self.form.question(table) if inside else None, self.form.group_of(path))
        around = (section.visible, *(holder.visible for holder in holders if holder is not None))
        return tuple(rule for rule in around if rule is not None)

    def _fails(self, alternative: Alternative, names: Names) -> str:
        """Why an alternative is impossible, its questions being shown; empty when it is possible."""
        demands, shown = Demands(names), set[str]()
        waiting = [alternative]
        while waiting:
            for rule, wanted in waiting.pop():
                reason = demands.take(rule, wanted)
                if reason:
                    return reason
            for path in sorted(demands.answered - shown):
                shown.add(path)
                found = [_written_out(rule, True) for rule in self._conditions(path)]
                # One alternative is a further demand; of several, any may hold: that is not followed.
                waiting += [alternatives[0] for alternatives in found if len(alternatives) == 1]
        return ""

    def _conditions(self, path: str) -> tuple[Operator, ...]:
        question: Question | None = find(self.form, path)
        if question is None:
            return ()
        own = (question.visible,) if question.visible is not None and "." not in path else ()
        return (*self.outside(path), *own)


class Divisions:
    """The divisions in rules and calculations whose divisor is a plain zero."""

    def __init__(self, edition: EditionDefinition, name: str) -> None:
        self.names = Conditions(edition, name).names

    def by_zero(self, *nodes: Node) -> bool:
        """Whether some term among these divides by a constant that is zero (a term says so by its ``divisor``)."""
        return any(self._is_zero(node) for root in nodes for node in walk(root))

    def _is_zero(self, node: Node) -> bool:
        divisor = getattr(node, "divisor", None)
        if not isinstance(divisor, Term):
            return False
        value = self.names.constant(divisor)
        return (read_as(value, "number") if isinstance(value, str) else value) == 0


def _written_out(rule: Operator, wanted: bool) -> list[Alternative]:
    """The alternatives in which the rule is ``wanted``."""
    if rule.name == "not":
        return _written_out(rule.child, not wanted)  # type: ignore[attr-defined]
    if rule.name not in ("all", "any"):
        return [((rule, wanted),)]
    parts = [_written_out(child, wanted) for child in rule.children]  # type: ignore[attr-defined]
    if (rule.name == "all") is wanted:
        return _conjoined(parts)
    return [alternative for part in parts for alternative in part]


def _conjoined(parts: list[list[Alternative]]) -> list[Alternative]:
    """Every choice of one alternative from each part. Raises _TooMany."""
    result: list[Alternative] = [()]
    for part in parts:
        if len(result) * len(part) > _ALTERNATIVES:
            raise _TooMany
        result = [(*one, *other) for one in result for other in part]
    return result
