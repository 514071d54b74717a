"""The browser evaluates a package's rules as the server does: every rule and term, and ten thousand random tables."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from guichet.questions import rules, terms
from guichet.questions.context import Context
from guichet.questions.scripting import answers_data
from tests.journeys.scripts import blank_page
from tests.questions.sample import CALENDAR, asked, context, form, text

OPTIONS = ("red", "green", "blue")
NUMBERS = {"cap": Decimal("0.30"), "limit": Decimal(1500)}
DATES = {"today": date(2026, 1, 7), "earliest_start": date(2026, 4, 1)}

# A form, answers to it, and what is asked of them: [source, row or null, "holds" or "value"] ...
EVALUATED = """
text => JSON.stringify(JSON.parse(text).map(([data, asked, answers]) => answers.map((stored) => {
  const ctx = new guichet.Context(data, guichet.storedAnswers(data, stored));
  return asked.map(([source, row, how]) => how === "holds" ? ctx.holds(source, row) : how === "value"
    ? shown(ctx.value(source, row)) : ctx[how](source));
})))
"""


@pytest.fixture
def scripted(chromium: Any) -> Iterator[Any]:
    """A blank page with the evaluator."""
    page = blank_page(chromium, "decimal.js", "terms.js", "rules.js")
    yield page
    page.close()


def test_every_rule_and_every_term_has_its_face_in_the_browser(scripted):
    """A new file in rules/ or terms/ without a function of its name in rules.js or terms.js fails here."""
    assert scripted.evaluate("Object.keys(guichet.rules).sort()") == sorted(rules.operators())
    assert scripted.evaluate("Object.keys(guichet.terms).sort()") == sorted(terms.terms())


def shown(value: Any) -> Any:
    """As the page's ``shown`` does."""
    from guichet.kernel.decimals import plain

    if value is None:
        return None
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, Decimal):
        return ["number", plain(value)]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return ["keys", sorted(value)] if isinstance(value, frozenset) else ["string", value]


def plainly(source: Any) -> Any:
    """A rule as JSON has it: dates as text."""
    if isinstance(source, dict):
        return {key: plainly(value) for key, value in source.items()}
    if isinstance(source, list | tuple):
        return [plainly(value) for value in source]
    return source.isoformat() if isinstance(source, date) else source


def seen(ctx: Context, row: Any) -> Context:
    """From inside a row: [table, id], or [table, id, the row around it]."""
    return ctx if row is None else seen(ctx, row[2] if len(row) > 2 else None).in_row(*row[:2])


def parsed(source: Any, row: Any, how: str) -> Callable[[Context], Any]:
    """What the server says."""
    if how == "holds":
        rule = rules.parse(source)
        return lambda ctx: rule.evaluate(seen(ctx, row))
    if how == "value":
        term = terms.parse(source)
        return lambda ctx: shown(term.value(seen(ctx, row)))
    return lambda ctx: getattr(ctx, how)(source)


ROW = ("activities", "aaaaaaaaaaaa", ("activities", "aaaaaaaaaaaa"))


def test_the_examples_are_equal(scripted):
    ctx = context()
    ctx = Context(ctx.form, ctx.values, ctx.numbers, context(), ctx.dates, calendar=CALENDAR)
    asked_of = [[plainly(kind.example), None, "holds"] for kind in rules.operators().values()]
    for kind in terms.terms().values():
        asked_of += [[plainly(source), ROW, "value"] for source in (kind.example, *kind.further)]
    data = answers_data(ctx, ctx.form.sections, "en")
    assert data is not None
    data |= {
        "numbers": {"employees_max": "500", "revenue_min": "100000"},
        "calendar": {"first": 2026, "last": 2027, "rest": [5, 6], "holidays": ["2026-05-18", "2027-05-18"]},
        "profile": {"employees": ["number", 12]},
        "questions": everything(ctx),
    }
    ((found,),) = json.loads(scripted.evaluate(EVALUATED, json.dumps([[data, asked_of, [dict(ctx.values)]]])))
    assert found == [parsed(*each)(ctx) for each in asked_of]


def everything(ctx: Context) -> dict[str, Any]:
    """Every question as data, whether a rule reads it or not."""
    from guichet.questions.scripting import _question

    return {path: _question(ctx.form, path, "en", asked=True) for path, _ in ctx.form.paths()}


class Dice:
    """Random forms, rules and answers; the same ones on every run."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- cases to try, no secret

    def one(self, *of: Any) -> Any:
        return self.random.choice(of)

    def literal_number(self) -> Any:
        return self.one(0, 1, 2, 12, 1500, "0.5", "0.30", "333.33", "-7", "1.005")

    def literal_date(self) -> str:
        return self.day().isoformat()

    def day(self) -> date:
        return date(2025, 12, 1) + timedelta(days=self.random.randrange(700))

    def row(self, inside: int) -> str:
        """The row in which a term stands, or the one around it where it stands in a row of a row's rule."""
        return self.one("row", "outer") if inside > 1 else "row"

    def number(self, depth: int, *, inside: int = 0) -> Any:
        """A term that is a number; ``inside`` so many rows, one around the other."""
        if depth <= 0:
            return self.one(
                self.literal_number(),
                {"answer": self.one("a", "b", "c", "total", "later")},
                {"number": self.one(*NUMBERS)},
                {"profile": "employees"},
                {"sum": self.one("rows.n", "rows.m")},
                {"count": "rows"},
                {self.one("minimum", "maximum"): self.one("rows.n", "rows.m")},
                {self.row(inside): self.one("n", "m", "worth")} if inside else {"answer": "a"},
            )
        some = lambda: self.number(depth - 1, inside=inside)  # noqa: E731
        over = {"over": "rows"} | ({"where": self.rule(depth - 1, inside=inside + 1)} if self.one(True, False) else {})
        word = self.one("sum", "minimum", "maximum")
        of = self.number(depth - 1, inside=inside + 1)
        return self.one(
            {word: [some(), some()]},
            {word: {"of": of, **over}},
            {"count": over},
            {"product": [some(), some()]},
            {"difference": [some(), some()]},
            {self.one("quotient", "share"): [some(), some()]},
            {"round": [some(), self.random.randrange(4)]},
            {"otherwise": [some(), some()]},
            {"if": [self.rule(depth - 1, inside=inside), some(), some()]},
            {self.one("days", "business_days"): [self.date(depth - 1, inside=inside), self.date(0, inside=inside)]},
            {"fiscal_year": self.date(depth - 1, inside=inside)},
        )

    def date(self, depth: int, *, inside: int = 0) -> Any:
        """A term that is a date."""
        if depth <= 0:
            return self.one(
                self.literal_date(),
                {"answer": "day"},
                {"today": True},
                {"earliest_start": True},
                {self.one("minimum", "maximum"): "rows.start"},
                {self.row(inside): "start"} if inside else {"answer": "day"},
            )
        count = self.one(0, 1, 10, 60, -3, {"answer": "c"}, {"count": "rows"})
        word = self.one("days_after", "business_days_after")
        some = lambda: self.date(depth - 1, inside=inside)  # noqa: E731
        return self.one(
            {word: [some(), count]},
            {"otherwise": [some(), self.literal_date()]},
            {"if": [self.rule(0, inside=inside), some(), self.literal_date()]},
            {self.one("minimum", "maximum"): [some(), some()]},
            self.date(0, inside=inside),
        )

    def rule(self, depth: int, *, inside: int = 0) -> Any:
        """A rule."""
        if depth > 0 and self.one(True, False):
            some = [self.rule(depth - 1, inside=inside) for _ in range(self.one(1, 2, 3))]
            return self.one({"all": some}, {"any": some}, {"not": some[0]})
        numbers = [self.number(depth - 1, inside=inside) for _ in range(2)]
        dates = [self.date(depth - 1, inside=inside) for _ in range(2)]
        kind = {self.row(inside): "kind"} if inside else {"answer": "colour"}
        return self.one(
            {self.one("less_than", "at_most", "more_than", "at_least", "equals"): numbers},
            {self.one("on_or_before", "on_or_after", "less_than"): dates},
            {"equals": [kind, self.one(*OPTIONS)]},
            {"equals": [{"answer": "yes"}, self.one(True, False)]},
            {"one_of": [kind, self.random.sample(OPTIONS, 2)]},
            {"one_of": [numbers[0], [self.literal_number(), self.literal_number()]]},
            {"includes": [{"answer": "colours"}, self.one(*OPTIONS)]},
            {"found_in": [kind, "rows.kind"]},
            {"found_in": [self.one(*numbers), self.one("rows.n", "rows.m", "rows.worth")]},
            {"answered": self.one(kind, {"answer": "a"}, {"answer": "rows"}, {"answer": "colours"})},
        )

    def form(self) -> Any:
        """A form whose conditions and calculations are random, and read only what comes before."""
        colours = [{"key": key, "label": text(key)} for key in OPTIONS]
        kind = {**asked("kind", "choice"), "choices": colours}
        condition = {"equals": [{"answer": "yes"}, True]}
        columns = [
            kind,
            asked("start", "date"),
            asked("n", "decimal", visible=self.one({"answered": {"row": "kind"}}, condition)),
            {
                **asked("held", "group", visible=self.one({"answered": {"row": "kind"}}, condition)),
                "questions": [
                    asked("m", "money"),
                    asked("p", "integer", visible={"at_least": [{"row": "m"}, 12]}),
                ],
            },
            asked("worth", "calculated", value={"product": [{"row": "n"}, self.one({"row": "m"}, "0.5")]}),
        ]
        about = [
            asked("yes", "yes_no"),
            {**asked("colour", "choice"), "choices": colours},
            {**asked("colours", "choices"), "choices": colours},
            asked("a", "money"),
            {
                **asked("group", "group", visible=self.one(condition, {"answered": {"answer": "a"}})),
                "questions": [asked("b", "decimal", visible=self.one(condition, {"at_least": [{"answer": "a"}, 12]}))],
            },
            asked("c", "integer", required={"answered": {"answer": "b"}}),
            asked("day", "date"),
            asked("rows", "table", row_label=text("Row"), columns=columns, **self.one({}, {"visible": condition})),
            asked("total", "calculated", value={"sum": self.one("rows.m", "rows.worth")}),
        ]
        more = [asked("later", "decimal")]
        return form(
            {"key": "one", "title": text("One"), "questions": about},
            {"key": "two", "title": text("Two"), "questions": more, "visible": self.one(condition, {"not": condition})},
        )

    def answers(self) -> dict[str, Any]:
        """Answers, some blank and some unreadable, with a table of up to five rows."""
        maybe = lambda value: value if self.random.random() < 0.85 else self.one(None, {"unreadable": "?"})  # noqa: E731
        cents = lambda: f"{self.random.randrange(10 ** self.one(3, 5, 7)) / 100:.2f}"  # noqa: E731
        found = {
            "yes": maybe(self.one(True, True, False)),
            "colour": maybe(self.one(*OPTIONS)),
            "colours": maybe(self.random.sample(OPTIONS, self.random.randrange(1, 3))),
            "a": maybe(cents()),
            "b": maybe(self.one("0", "-3.5", "0.125", cents())),
            "c": maybe(self.random.randrange(90)),
            "day": maybe(self.day().isoformat()),
            "later": maybe(cents()),
        }
        for row in range(self.random.randrange(6)):
            cells = {
                "kind": self.one(*OPTIONS),
                "start": self.day().isoformat(),
                "n": self.one("3", "0.333"),
                "m": cents(),
                "p": self.random.randrange(90),
            }
            found[f"rows.r{row}"] = 9 - row
            found |= {f"rows.r{row}.{key}": maybe(value) for key, value in cells.items() if self.random.random() < 0.8}
        return found


FORMS, TABLES = 50, 200
# The same kind in another row of the table.
TWICE = {"more_than": [{"count": {"over": "rows", "where": {"equals": [{"row": "kind"}, {"outer": "kind"}]}}}, 1]}


def test_ten_thousand_random_tables_give_the_same_to_the_last_decimal(scripted):
    dice, profile = Dice(20261125), context()
    batches, contexts = [], []
    for _ in range(FORMS):
        asked_form = dice.form()
        sources = [[dice.number(2), None, "value"], [dice.number(3), None, "value"], [dice.date(2), None, "value"]]
        sources += [[dice.rule(2), None, "holds"], [dice.rule(1), None, "holds"]]
        sources += [[dice.number(2, inside=1), ["rows", "r0"], "value"]]
        sources += [[dice.rule(2, inside=1), ["rows", "r1"], "holds"], [TWICE, ["rows", "r0"], "holds"]]
        sources += [[dice.number(3, inside=1), ["rows", "r0"], "value"]]
        sources += [[{"answer": "total"}, None, "value"], ["b", None, "shows"], ["rows.r0.n", None, "shows"]]
        sources += [[f"rows.r0.{key}", None, "shows"] for key in ("held", "m", "p")] + [["group", None, "shows"]]
        sources += [["c", None, "requires"]]
        tables = [dice.answers() for _ in range(TABLES)]
        ctx = Context(asked_form, {}, NUMBERS, profile, DATES, calendar=CALENDAR)
        data = answers_data(ctx, asked_form.sections, "en")
        assert data is not None
        data |= {
            "questions": everything(ctx),
            "sections": {each.key: each.visible.source for each in asked_form.sections if each.visible is not None},
            "numbers": {name: str(number) for name, number in NUMBERS.items()},
            "calendar": {"first": 2026, "last": 2027, "rest": [5, 6], "holidays": ["2026-05-18", "2027-05-18"]},
            "profile": {"employees": ["number", 12]},
        }
        batches.append([data, sources, tables])
        contexts.append((ctx, sources, tables))
    found = json.loads(scripted.evaluate(EVALUATED, json.dumps(batches)))  # as text: a tenth of the time
    known = 0
    for (ctx, sources, tables), results in zip(contexts, found, strict=True):
        evaluators = [parsed(*source) for source in sources]
        for values, result in zip(tables, results, strict=True):
            seen = ctx.with_values(values)
            expected = [evaluate(seen) for evaluate in evaluators]
            known += sum(value is not None for value in expected)
            if result != expected:
                first = next(place for place, value in enumerate(expected) if value != result[place])
                pytest.fail(json.dumps([sources[first], values, expected[first], result[first]]))
    assert known > FORMS * TABLES * 5  # most of what is compared is a value, not two blanks
