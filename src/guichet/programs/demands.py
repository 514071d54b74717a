"""What an alternative of a rule demands of each answer, and whether any answer is left."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

from guichet.questions.context import Context
from guichet.questions.definitions import Form, Question
from guichet.questions.expressions import Operator, Term
from guichet.questions.rules._comparison import align
from guichet.questions.terms._reading import find

# The comparisons, by the order of left and right that they allow.
_ORDERS = {
    "equals": "=",
    "less_than": "<",
    "at_most": "<=",
    "more_than": ">",
    "at_least": ">=",
    "on_or_before": "<=",
    "on_or_after": ">=",
}
_ALL = frozenset("<=>")
_MIRROR = {"<": ">", ">": "<", "=": "="}
# Terms that are one answer; others are taken over rows, or worked out.
_ANSWERS = ("answer", "row", "profile")


@dataclass(frozen=True)
class Names:
    """What terms mean in a form: its questions, those of the profile, and the edition's numbers."""

    form: Form
    profile: Form | None
    numbers: Mapping[str, Decimal]
    table: str | None = None

    def within(self, table: str | None) -> "Names":
        """The same, seen from inside the rows of a table."""
        return replace(self, table=table)

    def constant(self, term: Term) -> Any:
        """The value of a term that reads no answer and no date of the day; None for others."""
        return None if term.reads() else term.value(Context(self.form, {}, numbers=self.numbers))

    def path(self, term: Term) -> str:
        """The path in this form of the answer that a term is; empty when it is none, or stands in the profile."""
        if term.name == "row" and self.table:
            return f"{self.table}.{term.arguments}"
        return str(term.arguments) if term.name == "answer" else ""

    def question(self, term: Term) -> Question | None:
        """The question whose answer a term is; None when it is none."""
        if term.name == "profile":
            return find(self.profile, str(term.arguments))
        path = self.path(term)
        return find(self.form, path) if path else None


@dataclass
class Mark:
    """What is demanded of one value so far. ``blank``: must be, must not be, or nothing said."""

    low: Any = None
    high: Any = None
    low_open: bool = False
    high_open: bool = False
    among: frozenset[Any] | None = None
    refused: set[Any] = field(default_factory=set)
    included: set[str] = field(default_factory=set)
    blank: bool | None = None
    whole: bool = False

    def limit(self, orders: frozenset[str], value: Any) -> None:
        """The value must stand in one of these orders to a constant."""
        if orders == {"="}:
            self.among = frozenset({value}) if self.among is None else self.among & {value}
        elif "=" not in orders and orders != {"<"} and orders != {">"}:
            self.refused.add(value)
        elif "<" in orders and (self.high is None or (value, "=" in orders) < (self.high, not self.high_open)):
            self.high, self.high_open = value, "=" not in orders
        elif ">" in orders and (self.low is None or (value, "=" not in orders) > (self.low, self.low_open)):
            self.low, self.low_open = value, "=" not in orders

    def empty(self) -> bool:
        """Whether no value is left."""
        if self.among is not None:
            return not any(self._fits(value) for value in self.among)
        if self.low is None or self.high is None:
            return False
        low, high = self.low, self.high
        if self.whole:
            low = floor(low) + 1 if self.low_open else ceil(low)
            high = ceil(high) - 1 if self.high_open else floor(high)
            return bool(low > high)
        return bool(low > high or (low == high and (self.low_open or self.high_open or low in self.refused)))

    def _fits(self, value: Any) -> bool:
        if value in self.refused:
            return False
        if isinstance(value, bool) or not isinstance(value, Decimal | date):
            return True
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return bool(above and below)


class Demands:
    """The demands of one alternative, taken one after the other."""

    def __init__(self, names: Names) -> None:
        self.names = names
        # Paths of the questions of this form that must be answered.
        self.answered: set[str] = set()
        self._marks: dict[str, Mark] = {}
        self._pairs: dict[tuple[str, str], frozenset[str]] = {}
        self._outcomes: dict[str, bool] = {}

    def take(self, rule: Operator, wanted: bool) -> str:
        """Add what the rule being ``wanted`` demands; why nothing is left, empty when something is."""
        if self._outcomes.setdefault(repr(rule.source), wanted) is not wanted:
            return "the same condition would have to hold and not to hold"
        if rule.name in _ORDERS:
            orders = frozenset(_ORDERS[rule.name])
            return self._compare(rule.left, rule.right, orders if wanted else _ALL - orders)  # type: ignore[attr-defined]
        if rule.name == "one_of":
            return self._one_of(rule, wanted)
        if rule.name == "answered":
            return self._blank(rule.left, not wanted)  # type: ignore[attr-defined]
        if rule.name == "includes":
            return self._includes(rule, wanted)
        return ""

    def _compare(self, left: Term, right: Term, orders: frozenset[str]) -> str:
        constants = self.names.constant(left), self.names.constant(right)
        if constants[0] is not None and constants[1] is not None:
            first, second = align(*constants)
            order = "=" if first == second else "<" if _less(first, second) else ">"
            return "" if order in orders or first is None or second is None else "its two sides are fixed, and contrary"
        if constants[0] is not None:
            return self._limit(right, frozenset(_MIRROR[order] for order in orders), constants[0])
        if constants[1] is not None:
            return self._limit(left, orders, constants[1])
        return self._pair(left, right, orders)

    def _limit(self, term: Term, orders: frozenset[str], value: Any) -> str:
        mark = self._mark(term)
        question = self.names.question(term)
        if question is not None and question.kind in ("number", "date"):
            value = align(value, Decimal(0) if question.kind == "number" else date.min)[0]
        if value is None:
            return ""
        try:
            mark.limit(orders, value)
        except TypeError:  # a comparison of kinds that do not compare; said elsewhere
            return ""
        return self._blank(term, False)

    def _pair(self, left: Term, right: Term, orders: frozenset[str]) -> str:
        names = repr(left.source), repr(right.source)
        if names[0] > names[1]:
            names, orders = (names[1], names[0]), frozenset(_MIRROR[order] for order in orders)
        known = self._pairs.get(names, frozenset("=") if names[0] == names[1] else _ALL) & orders
        self._pairs[names] = known
        if not known:
            return f"{_called(left)} and {_called(right)} cannot stand to each other as asked"
        return self._blank(left, False) or self._blank(right, False)

    def _one_of(self, rule: Any, wanted: bool) -> str:
        values = [self.names.constant(value) for value in rule.values]
        if None in values:
            return self._blank(rule.left, False)
        mark = self._mark(rule.left)
        question = self.names.question(rule.left)
        if question is not None and question.kind == "number":
            values = [align(value, Decimal(0))[0] for value in values]
        if wanted:
            mark.among = frozenset(values) if mark.among is None else mark.among & frozenset(values)
        else:
            mark.refused.update(values)
        return self._blank(rule.left, False)

    def _includes(self, rule: Any, wanted: bool) -> str:
        mark = self._mark(rule.left)
        (mark.included if wanted else mark.refused).add(rule.option)
        if mark.included & mark.refused:
            return f"{_called(rule.left)} would have to include an option and not to include it"
        return self._blank(rule.left, False)

    def _blank(self, term: Term, blank: bool) -> str:
        """The term must be blank, or must have a value; why that leaves nothing."""
        mark = self._mark(term)
        if mark.blank is not None and mark.blank is not blank:
            return f"{_called(term)} would have to be answered and to be blank"
        mark.blank = blank
        if not blank and self.names.path(term):
            self.answered.add(self.names.path(term))
        return f"no answer to {_called(term)} is left that satisfies it" if not blank and mark.empty() else ""

    def _mark(self, term: Term) -> Mark:
        """What is demanded of a term; at first what its question lets one answer."""
        name = repr(term.source)
        if name not in self._marks:
            question = self.names.question(term) if term.name in _ANSWERS else None
            self._marks[name] = _domain(question) if question is not None else Mark()
        return self._marks[name]


def _domain(question: Question) -> Mark:
    """What can be answered to a question."""
    if question.kind == "truth":
        return Mark(among=frozenset({True, False}))
    labels = getattr(question, "labels", None)
    if question.kind == "text" and labels is not None:
        return Mark(among=frozenset(labels()))
    low, high = getattr(question, "min", None), getattr(question, "max", None)
    number = question.kind == "number"
    return Mark(low=low, high=high, whole=number and type(question.parse("1")) is int)


def _less(first: Any, second: Any) -> bool:
    try:
        return bool(first < second)
    except TypeError:
        return False


def _called(term: Term) -> str:
    return repr(term.arguments) if isinstance(term.arguments, str) else repr(term.source)
