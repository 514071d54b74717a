"""A rule that stands in a row, looks at the rows of a table, and names its own row while it does."""

import pytest

from guichet.questions import engine, rules, terms
from guichet.questions.context import Context
from guichet.questions.expressions import Scope

from .sample import asked, form, text

SAME = {"equals": [{"row": "country"}, {"outer": "country"}]}
ONCE = {"at_most": [{"count": {"over": "markets", "where": SAME}}, 1]}
FORM = form(
    {
        "key": "only",
        "title": text("Only"),
        "questions": [
            asked(
                "markets",
                "table",
                row_label=text("Market"),
                columns=[
                    asked("country", "country", checks=[{"rule": ONCE, "message": text("Twice")}]),
                    asked("sales", "money"),
                    asked("others", "calculated", value={"count": {"over": "markets", "where": {"not": SAME}}}),
                ],
            ),
            asked(
                "visits",
                "table",
                row_label=text("Visit"),
                columns=[
                    asked("place", "country"),
                    asked("from", "date"),
                    asked(
                        "sold",
                        "calculated",
                        value={
                            "sum": {
                                "of": {"row": "sales"},
                                "over": "markets",
                                "where": {"equals": [{"row": "country"}, {"outer": "place"}]},
                            }
                        },
                    ),
                ],
            ),
        ],
    }
)


def context(*countries: str | None) -> Context:
    values: dict[str, object] = {"visits.v1": 0, "visits.v1.place": "FR"}
    for place, country in enumerate(countries):
        values |= {f"markets.r{place}": place, f"markets.r{place}.sales": "12.50"}
        if country is not None:
            values[f"markets.r{place}.country"] = country
    return Context(FORM, values)


def refused(*countries: str | None) -> list[str]:
    found = engine.problems(context(*countries), level="submit")
    return [problem.path for problem in found if problem.code == "check"]


def test_the_same_country_twice_is_refused_whatever_the_country():
    assert refused("FR", "DE", "FR") == ["markets.r0.country", "markets.r2.country"]
    assert refused("US", "US") == ["markets.r0.country", "markets.r1.country"]
    assert refused("FR", "DE", "US") == []
    assert refused("FR", None, None) == []


def test_each_row_is_looked_at_from_itself():
    ctx = context("FR", "DE", "FR")
    assert [ctx.value(f"markets.r{place}.others") for place in range(3)] == ["1", "2", "1"]


def test_the_outer_row_may_be_that_of_another_table():
    assert context("FR", "DE", "FR").value("visits.v1.sold") == "25"


def test_what_a_calculation_reads_is_seen_from_its_own_row():
    """``others`` is worked out in each row that is counted: nothing of the counting is left in it."""
    rule = {"count": {"over": "markets", "where": {"equals": [{"row": "others"}, {"outer": "others"}]}}}
    ctx = context("FR", "DE", "FR").in_row("markets", "r0")
    assert terms.parse(rule).value(ctx) == 2


def test_no_row_around_gives_nothing():
    assert terms.parse({"outer": "country"}).value(context("FR")) is None
    assert terms.parse({"outer": "country"}).value(context("FR").in_row("markets", "r0")) is None


def test_what_it_reads_is_the_whole_column_and_its_own():
    assert rules.parse(ONCE).reads() == {"markets", "markets.country", "*.country"}
    assert rules.parse(SAME).reads() == {"*.country", "*.*.country"}


def test_it_explains_itself_with_its_row_s_answer():
    ctx = context("FR", "DE", "FR").in_row("markets", "r0")
    rule = rules.parse(ONCE)
    assert rule.explain(ctx, "en") == "Markets (number of rows) (Country: France): 2. Required: at most 1."
    assert rule.condition(context(), "en") == "Markets (number of rows) (Country: country of this row): at most 1"
    assert terms.parse({"outer": "country"}).label(ctx.in_row("markets", "r1"), "fr") == "Country (fr) de cette ligne"


@pytest.mark.parametrize(
    ("rule", "scope", "fault"),
    [
        (ONCE, {"table": "markets"}, None),
        ({"equals": [{"outer": "country"}, "FR"]}, {"table": "markets"}, "can only be used inside of and where"),
        (ONCE, {}, "can only be used inside of and where"),
        (ONCE, {"table": "visits"}, "the table 'visits' has no column 'country'"),
        (
            {
                "at_most": [
                    {"count": {"over": "markets", "where": {"equals": [{"row": "sales"}, {"outer": "from"}]}}},
                    1,
                ]
            },
            {"table": "visits"},
            "equals cannot compare number with date",
        ),
    ],
)
def test_the_check_knows_where_it_may_stand_and_of_what_kind_it_is(rule, scope, fault):
    found = rules.parse(rule).check(Scope(FORM, **scope))
    assert (found == []) if fault is None else (len(found) == 1 and fault in found[0])
