"""What the browser needs to know to keep a page right while one types: the package's own rules, as data.

``answers_data`` has the part that only an edition decides (kept per page and language) and the part that the answers
decide. The rows of a table that stands on the page carry their answers themselves (``carried``).
``static/js/rules.js`` evaluates all of it as ``Context`` does here; ``live.js`` applies it to the page, ``totals.js``
reads the costs from it.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext

from guichet.kernel.decimals import plain
from guichet.questions.context import Context
from guichet.questions.definitions import Form, Question, Section
from guichet.questions.expressions import Node, Operator, walk
from guichet.questions.speech import said
from guichet.questions.terms._reading import find
from guichet.questions.values import JSON, Operand, Unreadable

if TYPE_CHECKING:
    from guichet.questions.costs import CostDefinition

# Decimals that are tried to find out how many a type reads; a type that reads more has no limit of its own.
_MOST = 11


@dataclass
class _Gathered:
    """What the rules of a page read, directly or through the conditions of what they read."""

    form: Form
    paths: set[str] = field(default_factory=set)
    profile: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    calendar: bool = False
    texts: set[str] = field(default_factory=set)

    def add(self, path: str) -> None:
        """A question, its table and section, and all that decides whether it is shown and what it is worth."""
        if path in self.paths:
            return
        self.paths.add(path)
        table, *inside = path.split(".")
        if inside:
            self.add(table)
        group = self.form.group_of(path)
        if group is not None:
            self.add(f"{table}.{group.key}" if inside else group.key)
        question = self.form.question(path)
        for node in (question.visible, getattr(question, "value", None), self.form.section_of(path).visible):
            if isinstance(node, Node):
                self.read(node, table)

    def add_costs(self, cost: "CostDefinition") -> None:
        """What the arithmetic of costs reads."""
        for column, _kind in cost.columns():
            self.add(f"{cost.table}.{column}")
        for path in cost.others:
            self.add(path)
        for cap in cost.category_caps:
            self.texts.update((*cap.options, *cap.of))

    def read(self, node: Node, table: str) -> None:
        """What a rule reads."""
        for path in node.reads():
            if path.startswith("profile:"):
                self.profile.add(path.removeprefix("profile:"))
            elif find(self.form, found := path.replace("*.", f"{table}.")) is not None:
                self.add(found)
        for inner in walk(node):
            if inner.name == "number":
                self.numbers.add(str(inner.arguments))
            if inner.name == "literal" and isinstance(inner.arguments, str):
                self.texts.add(inner.arguments)
            self.calendar = self.calendar or inner.name.startswith("business_days")


# By form and costs (kept with them, so that their ids stay their own), sections and language.
_kept: dict[tuple[int, int, tuple[str, ...], str], tuple[Any, dict[str, JSON] | None, _Gathered]] = {}
_KEPT = 400


def _form_data(ctx: Context, sections: Sequence[Section], language: str) -> tuple[dict[str, JSON] | None, _Gathered]:
    """The rules of these sections, with what they read; None when there is none, and the page needs no script."""
    key = (id(ctx.form), id(ctx.cost), tuple(section.key for section in sections), language)
    if key not in _kept:
        if len(_kept) >= _KEPT:
            _kept.clear()
        _kept[key] = ((ctx.form, ctx.cost), *_made(ctx, frozenset(key[2]), language))
    return _kept[key][1:]


def _made(ctx: Context, keys: frozenset[str], language: str) -> tuple[dict[str, JSON] | None, _Gathered]:
    form, cost = ctx.form, ctx.cost
    gathered = _Gathered(form)
    if cost is not None and form.section_of(cost.table).key in keys:
        gathered.add_costs(cost)
    own = {path for path, _ in form.paths() if form.section_of(path).key in keys}
    for path in sorted(own):
        rules = list(_rules(form.question(path)))
        if rules:
            gathered.add(path)
        for rule in rules:
            gathered.read(rule, path.split(".")[0])
    # Where sections stand together, one of them may come and go with an answer of another.
    beside = [each for each in form.sections if each.key in keys and isinstance(each.visible, Node) and len(keys) > 1]
    for each in beside:
        gathered.read(cast(Node, each.visible), "")
    if not gathered.paths:
        return None, gathered
    homes = {each.key: each for each in (*beside, *map(form.section_of, gathered.paths)) if each.visible is not None}
    data: dict[str, JSON] = {
        "questions": {
            path: _question(form, path, language, asked=path in own, texts=gathered.texts)
            for path in sorted(gathered.paths)
        },
        "sections": {key: each.visible.source for key, each in sorted(homes.items()) if each.visible is not None},
        "words": {
            "optional": said(lambda _: gettext("(optional)"), language),
            "error": said(lambda _: gettext("Error:"), language),
        },
    }
    return data, gathered


def answers_data(ctx: Context, sections: Sequence[Section], language: str) -> dict[str, JSON] | None:
    """The rules of these sections, with what they read: figures, dates and answers as they are stored.

    None when there is no rule. The answers in rows that stand on the page are not among them.
    """
    data, gathered = _form_data(ctx, sections, language)
    if data is None:
        return None
    here = {question.key for section in sections for question in section.every if question.rowed}
    elsewhere = [path for path in sorted(gathered.paths) if path.partition(".")[0] not in here]
    return {
        **data,
        "numbers": {name: plain(ctx.numbers[name]) for name in sorted(gathered.numbers) if name in ctx.numbers},
        "dates": {name: day.isoformat() for name, day in ctx.dates.items()},
        "year_begins": ctx.year_begins,
        "calendar": _calendar(ctx) if gathered.calendar else None,
        "profile": {path: _operand(ctx, path) for path in sorted(gathered.profile)},
        "rows": {path: ctx.filled_rows(path) for path in elsewhere if ctx.form.question(path).rowed},
        "values": dict(_values(ctx, elsewhere)),
    }


def carried(ctx: Context, table: Question) -> tuple[str, ...]:
    """The columns whose stored answers each row of a table has with it: what rules of the form and costs read."""
    paths = _form_data(ctx, ctx.form.sections, "en")[1].paths
    return tuple(part.key for part in table.parts() if part.stored and f"{table.key}.{part.key}" in paths)


def row_values(ctx: Context, path: str, columns: Collection[str]) -> str:
    """What is stored in these columns of the row at ``path``, as JSON by column; blank ones are left out."""
    stored = ((column, ctx.values.get(f"{path}.{column}")) for column in columns)
    there = {column: value for column, value in stored if value is not None}
    return json.dumps(there, ensure_ascii=False, separators=(",", ":"))


def _question(form: Form, path: str, language: str, *, asked: bool, texts: Collection[str] = ()) -> dict[str, JSON]:
    """One question; its checks and marks only where it is asked on the page.

    ``labels`` of a question that picks from a list: how the keys are called that rules mention (``texts``), for a box
    in which the label is typed.
    """
    question, value = form.question(path), getattr(form.question(path), "value", None)
    found: dict[str, JSON] = {"kind": question.kind, "section": form.section_of(path).key}
    group = form.group_of(path)
    if group is not None:
        found["group"] = group.key
    if question.visible is not None:
        found["visible"] = question.visible.source
    if isinstance(value, Node):
        found["value"] = value.source
        found["sign"] = getattr(question, "sign", "")
    if question.rowed:
        found["parts"] = [part.key for part in question.parts() if part.stored]
    if question.kind == "number" and question.stored:
        found |= reading(question, language)
    if question.kind == "text" and hasattr(question, "labels"):
        found["labels"] = {question.display(text, language): text for text in sorted(texts)}
    if asked and isinstance(question.required, Operator):
        found["required"] = question.required.source
    if asked and question.checks:
        found["checks"] = [[check.rule.source, check.message.in_(language)] for check in question.checks]
    return found


def reading(question: Question, language: str) -> dict[str, JSON]:
    """How numbers are read that are typed: ``places`` (decimals at most), ``comma`` (a lone comma is a decimal sign).

    Found out by trying: the type alone knows what it reads.
    """
    places = 0
    while places < _MOST and not isinstance(question.parse(f"0.{'1' * (places + 1)}", language), Unreadable):
        places += 1
    comma = question.parse("1,234", language)
    lone = not isinstance(comma, Unreadable) and question.operand(comma) == Decimal("1.234")
    return {"comma": lone, **({"places": places} if places < _MOST else {})}


def _rules(question: Question) -> Iterator[Node]:
    for node in (question.visible, question.required, getattr(question, "value", None)):
        if isinstance(node, Node):
            yield node
    yield from (check.rule for check in question.checks)


def _calendar(ctx: Context) -> JSON:
    calendar = ctx.calendar
    return calendar and {
        "first": calendar.definition.first_year,
        "last": calendar.definition.last_year,
        "rest": sorted(calendar.definition.rest_days),
        "holidays": [day.isoformat() for day in calendar.holidays],
    }


def _operand(ctx: Context, path: str) -> JSON:
    """An answer of the profile: [its kind, its value], None when there is none."""
    value = ctx.profile.answer(path) if ctx.profile else None
    if value is None or ctx.profile is None:
        return None
    return [ctx.profile.form.question(path).kind, _plain(value)]


def _plain(operand: Operand) -> JSON:
    if isinstance(operand, bool | str):
        return operand
    if isinstance(operand, Decimal):
        return plain(operand)
    return sorted(operand) if isinstance(operand, frozenset) else operand.isoformat()


def _values(ctx: Context, paths: Sequence[str]) -> Iterator[tuple[str, JSON]]:
    """The answers at these paths, in every filled row for a column."""
    for path in paths:
        question = ctx.form.question(path)
        if not question.stored:
            continue
        table, _, column = path.partition(".")
        places = [f"{table}.{row}.{column}" for row in ctx.filled_rows(table)] if column else [path]
        for place in places:
            if (value := ctx.values.get(place)) is not None:
                yield place, value
