"""What each rule and term says, at its edges; the conformance tests look at their form."""

from datetime import date
from decimal import Decimal

import pytest

from guichet.questions import rules, terms

from .sample import context

NBSP = "\u00a0"
TRUE, FALSE = {"equals": [{"answer": "for_profit"}, True]}, {"equals": [{"answer": "for_profit"}, False]}
BLANK = {"equals": [{"answer": "website"}, "x"]}


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"less_than": [{"answer": "employees"}, 13]}, True),
        ({"less_than": [{"answer": "employees"}, 12]}, False),
        ({"at_most": [{"answer": "employees"}, 12]}, True),
        ({"at_most": [{"answer": "employees"}, 11]}, False),
        ({"more_than": [{"answer": "employees"}, 12]}, False),
        ({"more_than": [{"answer": "employees"}, 11]}, True),
        ({"at_least": [{"answer": "employees"}, 12]}, True),
        ({"at_least": [{"answer": "employees"}, 13]}, False),
        ({"at_least": [{"answer": "revenue"}, "250000.00"]}, True),
        ({"at_least": [{"answer": "revenue"}, "250000.01"]}, False),
        ({"on_or_after": [{"minimum": "activities.start"}, "2026-05-01"]}, True),
        ({"on_or_after": [{"minimum": "activities.start"}, "2026-05-02"]}, False),
        ({"on_or_before": [{"maximum": "activities.start"}, "2026-06-01"]}, True),
        ({"on_or_before": [{"maximum": "activities.start"}, date(2026, 5, 31)]}, False),
        ({"equals": [{"sum": "activities.cost"}, "3000.05"]}, True),
        ({"equals": [{"count": "activities"}, 2]}, True),
        ({"equals": [{"answer": "legal_form"}, "incorporated"]}, True),
        ({"one_of": [{"answer": "legal_form"}, ["partnership", "proprietorship"]]}, False),
        ({"one_of": [{"answer": "employees"}, [1, 12]]}, True),
        ({"includes": [{"answer": "languages"}, "french"]}, True),
        ({"includes": [{"answer": "languages"}, "english"]}, False),
        ({"answered": {"answer": "website"}}, False),
        ({"answered": {"answer": "activities"}}, True),
        ({"answered": {"answer": "reason"}}, False),
        (BLANK, None),
        ({"less_than": [{"answer": "employees"}, {"number": "unknown"}]}, None),
        ({"not": TRUE}, False),
        ({"not": BLANK}, None),
        ({"all": [TRUE, TRUE]}, True),
        ({"all": [TRUE, BLANK]}, None),
        ({"all": [BLANK, FALSE]}, False),
        ({"any": [FALSE, TRUE, BLANK]}, True),
        ({"any": [FALSE, BLANK]}, None),
        ({"any": [FALSE, FALSE]}, False),
    ],
)
def test_outcomes(rule, outcome):
    assert rules.parse(rule).evaluate(context()) is outcome


def test_unreadable_answers_and_blank_rows_do_not_count():
    ctx = context(employees={"unreadable": "a dozen"}, **{"activities.cccccccccccc": 2})
    assert rules.parse({"less_than": [{"answer": "employees"}, 500]}).evaluate(ctx) is None
    assert terms.parse({"count": "activities"}).value(ctx) == Decimal(2)
    assert terms.parse({"answer": "activities"}).value(ctx) == Decimal(2)
    assert terms.parse({"count": "activities"}).value(context({})) == 0
    assert terms.parse({"sum": "activities.cost"}).value(context({})) is None


@pytest.mark.parametrize(
    ("rule", "english", "french"),
    [
        (
            {"less_than": [{"answer": "employees"}, {"number": "employees_max"}]},
            "Employees: 612. Required: less than 500.",
            f"Employees (fr){NBSP}: 612. Exigence{NBSP}: moins de 500.",
        ),
        (
            {"at_least": [{"answer": "revenue"}, {"number": "revenue_min"}]},
            "Revenue: $250,000. Required: at least $100,000.",
            f"Revenue (fr){NBSP}: 250{NBSP}000{NBSP}$. Exigence{NBSP}: au moins 100{NBSP}000{NBSP}$.",
        ),
        (
            {"not": {"equals": [{"answer": "legal_form"}, "incorporated"]}},
            "Legal form: Incorporated. Excluded: Incorporated.",
            f"Legal form (fr){NBSP}: Constituée en société. Exclusion{NBSP}: Constituée en société.",
        ),
        (
            {"on_or_after": [{"minimum": "activities.start"}, {"earliest_start": True}]},
            "Start: May 1, 2026. Required: April 1, 2026 or later.",
            f"Start (fr){NBSP}: 1er mai 2026. Exigence{NBSP}: 1er avril 2026 ou plus tard.",
        ),
        (
            {"all": [TRUE, {"less_than": [{"answer": "employees"}, 500]}]},
            "Employees: 612. Required: less than 500.",
            f"Employees (fr){NBSP}: 612. Exigence{NBSP}: moins de 500.",
        ),
        (
            {"answered": {"answer": "website"}},
            "Website: no answer. Required: an answer.",
            f"Website (fr){NBSP}: aucune réponse. Exigence{NBSP}: une réponse.",
        ),
    ],
)
def test_explanations_have_the_figures(rule, english, french):
    ctx, rule = context(employees=612), rules.parse(rule)
    assert (rule.explain(ctx, "en"), rule.explain(ctx, "fr")) == (english, french)
