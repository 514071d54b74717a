"""Every rule and term found in questions/ reads, checks, evaluates and explains itself, in both languages."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation
from ruamel.yaml import YAML
from tests.questions.sample import ANSWERS, NUMBERS, context, form

from guichet.kernel.bilingual import LANGUAGES
from guichet.questions import rules, terms
from guichet.questions.context import Context
from guichet.questions.expressions import Scope

from .typography import faults

each_rule = pytest.mark.parametrize("name", sorted(rules.operators()))
each_term = pytest.mark.parametrize("name", sorted(terms.terms()))
each_shape = pytest.mark.parametrize(
    ("name", "source"),
    [(name, source) for name, kind in sorted(terms.terms().items()) for source in (kind.example, *kind.further)],
)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def scope(table: str | None = None, outer: str | None = None) -> Scope:
    dates = frozenset({"earliest_start"})
    return Scope(form(), frozenset(NUMBERS), dates, profile=form(), table=table, outer=outer)


# Where the terms of a row are sound.
WITHIN = {"row": {"table": "activities"}, "outer": {"table": "activities", "outer": "activities"}}


def full() -> Context:
    answers = {**ANSWERS, "website": "https://example.ca"}
    return replace(context(answers), profile=context(answers))


def empty() -> Context:
    return Context(form(), {})


def inside(ctx: Context) -> Context:
    """A row looked at from inside a row: what every term can speak of is there."""
    return ctx.in_row("activities", "aaaaaaaaaaaa").in_row("activities", "aaaaaaaaaaaa")


class Recording(dict):
    """Answers that remember which of them were read."""

    def __init__(self, values):
        super().__init__(values)
        self.read = set()

    def get(self, key, default=None):
        self.read.add(key)
        return super().get(key, default)


def without_row(path: str) -> str:
    first, *rest = path.split(".")
    return ".".join([first, *rest[-1:]]) if len(rest) == 2 else first


@each_rule
def test_example_of_a_rule_is_understood(name):
    rule = rules.parse(rules.operators()[name].example)
    assert rule.name == name
    assert rule.source == rules.operators()[name].example
    assert rules.parse(rule.source) == rule
    assert rule.check(scope()) == []
    assert rules.operators()[name].__doc__


@each_rule
def test_a_rule_is_true_or_false_of_answers_and_undetermined_without(name):
    rule = rules.parse(rules.operators()[name].example)
    assert rule.evaluate(full()) in (True, False)
    assert rule.evaluate(empty()) is None or name == "answered"


@each_rule
@each_language
@pytest.mark.parametrize("ctx", [full, empty])
def test_a_rule_explains_itself_in_a_sentence(name, language, ctx):
    sentence = rules.parse(rules.operators()[name].example).explain(ctx(), language)
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert not re.search(r"%\(|None|Decimal|frozenset|\{|True|False", sentence)
    assert list(faults(sentence, language)) == []


@each_rule
def test_a_rule_speaks_both_languages(name):
    rule = rules.parse(rules.operators()[name].example)
    assert rule.explain(full(), "en") != rule.explain(full(), "fr")


@each_rule
def test_a_rule_reads_no_more_than_it_says(name):
    rule = rules.parse(rules.operators()[name].example)
    answers = Recording({**ANSWERS, "website": "https://example.ca"})
    ctx = replace(context(), values=answers)
    rule.evaluate(ctx)
    rule.explain(ctx, "en")
    said = rule.reads()
    tables = {path.split(".")[0] for path in said}
    read = {without_row(path) for path in answers.read}
    # Which rows count is known from all their cells: a table that is read is read whole.
    assert {path for path in read if path.split(".")[0] not in tables} == set()
    assert said


@each_rule
@pytest.mark.parametrize(
    "arguments", [None, [], {}, "x", [1], [1, 2, 3], [[]], {"answer": 1}, 3.5, [{"answer": "a"}, 1.5]]
)
def test_wrong_arguments_are_refused_with_a_sentence(name, arguments):
    try:
        faults = rules.parse({name: arguments}).check(scope())
    except ValueError as error:
        faults = [str(error)]
    assert faults
    assert all(len(fault) > 10 for fault in faults)


@each_rule
def test_a_question_that_does_not_exist_is_a_fault(name):
    text = repr(rules.operators()[name].example)
    broken = re.sub(r"'(answer|minimum|maximum|sum)': '[a-z_.]+'", r"'\1': 'nowhere.at_all'", text)
    rule = rules.parse(eval(broken))  # noqa: S307 -- our own example
    assert rule.check(scope())


@each_shape
def test_example_of_a_term_is_understood(name, source):
    term = terms.parse(source)
    within = scope(**WITHIN.get(name, {}))
    assert term.name == name
    assert term.check(within) == []
    assert terms.parse(term.source) == term
    assert term.kind(within) in ("number", "date", "text", "truth", "keys")
    assert terms.terms()[name].__doc__


@each_shape
def test_a_term_has_a_value_when_it_is_answered(name, source):
    term = terms.parse(source)
    value = term.value(inside(full()))
    assert isinstance(value, Decimal | date | str | bool | frozenset)
    assert not isinstance(value, float)


@each_shape
@each_language
def test_a_term_has_a_label_and_a_way_to_be_shown(name, source, language):
    term = terms.parse(source)
    for ctx in (inside(full()), inside(empty())):
        with translation.override(language):
            told = term.label(ctx, language) + term.working(ctx, language)
        assert not re.search(r"%\(|None|Decimal|frozenset|\{|True|False", told)
        assert not told or list(faults(told, language)) == []
    ctx = inside(full())
    shower = term.shower(ctx)
    if shower:
        assert shower(term.value(ctx), language)


@each_shape
def test_a_term_reads_no_more_than_it_says(name, source):
    term = terms.parse(source)
    answers = Recording({**ANSWERS, "website": "https://example.ca"})
    ctx = replace(context(), values=answers, profile=context())
    value = term.value(inside(ctx))
    term.label(ctx, "en")
    term.working(ctx, "en")
    said = {path.replace("*.", "activities.") for path in term.reads()}
    tables = {path.split(".")[0] for path in said}
    assert {path for path in map(without_row, answers.read) if path.split(".")[0] not in tables} == set()
    assert said or value is not None


@each_term
@pytest.mark.parametrize("arguments", [None, [], {}, 1.5, ["x"], "nowhere.at_all"])
def test_wrong_terms_are_refused_with_a_sentence(name, arguments):
    if name == "literal" and isinstance(arguments, str):
        return
    try:
        faults = terms.parse({name: arguments}).check(scope())
    except ValueError as error:
        faults = [str(error)]
    assert faults


def test_one_file_each():
    for package, found in ((rules, rules.operators()), (terms, terms.terms())):
        files = {path.stem for path in Path(package.__file__).parent.glob("*.py") if not path.stem.startswith("_")}
        assert files == set(found)


DOCUMENTED = Path(__file__).parents[2].joinpath("docs/programs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`[^|]+`[^|]*) \| [^|]+ \| (`[^|]+`) \|$", DOCUMENTED, re.MULTILINE)


def nodes(source):
    """Every rule and term that stands in a text of the documentation, as it would be read."""
    if isinstance(source, dict) and len(source) == 1 and set(source) <= set(rules.operators()) | set(terms.terms()):
        yield source
    elif isinstance(source, dict | list):
        for inner in source.values() if isinstance(source, dict) else source:
            yield from nodes(inner)


def test_the_documentation_has_every_rule_and_every_term():
    documented = {word for names, _ in ROWS for word in re.findall(r"`(\w+)`", names)}
    assert set(rules.operators()) | set(terms.terms()) - {"literal"} <= documented


def test_every_rule_in_the_documentation_can_be_read():
    yaml = YAML(typ="safe", pure=True)
    chapter = DOCUMENTED.split("## Rules\n")[1].split("## What the check finds besides")[0]
    # Decimals and dates stay as they are written, as the reading of packages has them.
    written = list(re.findall(r"```\n(.*?)```", chapter, re.DOTALL))
    written += [text for text in re.findall(r"`(\{[^`]+\})`", chapter) if "…" not in text]
    found = [
        node for text in written for node in nodes(yaml.load(text.replace("rule, rule", "{answered: {answer: a}}")))
    ]
    assert len(found) > 45
    for node in found:
        parse = rules.parse if set(node) <= set(rules.operators()) else terms.parse
        assert parse(node).source == node
