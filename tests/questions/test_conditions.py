"""A rule told to somebody who has answered nothing yet: what is asked, never what was found."""

import pytest

from guichet.questions import rules
from tests.questions.sample import context

FEW, SITE = {"less_than": [{"answer": "employees"}, 10]}, {"answered": {"answer": "website"}}
SOLE = {"equals": [{"answer": "legal_form"}, "proprietorship"]}


@pytest.mark.parametrize("name", sorted(rules.operators()))
def test_no_rule_says_that_nothing_was_answered(name):
    rule = rules.parse(rules.operators()[name].example)
    blank = context({})
    for language, found in (("en", "no answer"), ("fr", "aucune réponse")):
        condition = rule.condition(blank, language)
        assert condition
        assert found not in condition
    assert rule.condition(blank, "en") != rule.condition(blank, "fr")


@pytest.mark.parametrize(
    ("source", "english", "french"),
    [
        ({"all": [FEW, SITE]}, ", and ", ", et "),
        ({"any": [FEW, SITE]}, ", or ", ", ou "),
        ({"not": SOLE}, "anything but ", "tout sauf "),
        ({"not": {"all": [FEW, SOLE]}}, "not all of this together (", "pas tout cela à la fois ("),
    ],
)
def test_conditions_are_joined(source, english, french):
    rule = rules.parse(source)
    assert english in rule.condition(context({}), "en")
    assert french in rule.condition(context({}), "fr")
