"""A page that keeps right while one types: what appears and goes, is worked out, must be answered, and does not fit."""

from typing import Any

import pytest
from django.template import engines
from django.utils import translation
from playwright.sync_api import expect

from guichet.questions import pages
from guichet.questions.context import Context
from guichet.questions.scripting import answers_data
from tests.journeys import sample, steps
from tests.journeys.look import look
from tests.journeys.scripts import FOLDER
from tests.journeys.visitor import Visitor
from tests.questions.sample import CALENDAR, asked, form, text

NBSP = "\u00a0"
TOO_MUCH = text("Travel takes more than 30% of the costs.", "Les voyages dépassent 30 % des coûts.")
TRAVEL = {"sum": {"of": {"row": "cost"}, "over": "trips", "where": {"equals": [{"row": "kind"}, "travel"]}}}
FORM = form(
    {
        "key": "one",
        "title": text("One"),
        "questions": [
            asked("partner", "yes_no"),
            asked("name", "short_text", visible={"equals": [{"answer": "partner"}, True]}),
            asked("role", "short_text", visible={"answered": {"answer": "name"}}),
            asked("country", "country"),
            asked("why", "short_text", visible={"equals": [{"answer": "country"}, "CA"]}),
            asked("people", "integer", required=False),
            asked("reason", "long_text", required={"more_than": [{"answer": "people"}, 10]}),
            asked(
                "trips",
                "table",
                row_label=text("Trip"),
                columns=[
                    {
                        **asked("kind", "choice"),
                        "choices": [{"key": key, "label": text(key)} for key in ("travel", "stay")],
                    },
                    asked("nights", "integer", visible={"equals": [{"row": "kind"}, "stay"]}),
                    asked("cost", "money"),
                    asked("half", "calculated", value={"product": [{"row": "cost"}, "0.5"]}, shown_as="money"),
                ],
                checks=[
                    {"rule": {"at_most": [{"share": [TRAVEL, {"sum": "trips.cost"}]}, "0.30"]}, "message": TOO_MUCH}
                ],
            ),
            asked("total", "calculated", value={"sum": ["0.005", {"sum": "trips.cost"}]}, shown_as="money"),
            asked("percent", "calculated", value={"share": [TRAVEL, {"answer": "elsewhere"}]}, shown_as="percent"),
        ],
    },
    {"key": "two", "title": text("Two"), "questions": [asked("elsewhere", "money")]},
)
STORED = {
    "partner": False,
    "name": "Ada & <Co>",
    "country": "FR",
    "people": 3,
    "trips.aaaaaaaa": 0,
    "trips.aaaaaaaa.kind": "travel",
    "trips.aaaaaaaa.cost": "10.00",
    "trips.bbbbbbbb": 1,
    "trips.bbbbbbbb.kind": "stay",
    "trips.bbbbbbbb.cost": "90.00",
    "elsewhere": "40.00",
}


def opened(browser: Any, language: str = "en", values: Any = STORED, rows: pages.Rows = pages.EVERY_ROW) -> Any:
    """The section as a portal's page has it, with the scripts of its rules; both rows are open unless ``rows`` says."""
    ctx, section = Context(FORM, values, calendar=CALENDAR), FORM.sections[0]
    template = engines["django"].from_string(
        '<form>{% questions bound.questions %}{{ rules|json_script:"page-rules" }}</form>'
    )
    with translation.override(language):
        bound = pages.bind(ctx, section, language, live=True, rows=rows)
        html = template.render({"bound": bound, "rules": answers_data(ctx, [section], language)})
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.set_content(f"<!DOCTYPE html><html lang={language}><title>Live</title><main>{html}</main></html>")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for name in ("decimal.js", "terms.js", "rules.js", "telling.js", "live.js"):
        page.add_script_tag(content=(FOLDER / name).read_text(encoding="utf-8"))
    page.faults = faults
    return page


@pytest.fixture
def live(chromium: Any) -> Any:
    """The page in English; nothing may have gone wrong in its scripts at the end."""
    page = opened(chromium)
    yield page
    assert page.faults == []
    page.close()


def named(page: Any, name: str) -> Any:
    return page.locator(f'[name="{name}"]:not([type=hidden])')


def test_what_was_hidden_appears_with_its_answer_and_what_depends_on_it(live):
    assert named(live, "name").count() == named(live, "role").count() == 0
    live.check("[name=partner][value=yes]")
    expect(named(live, "name")).to_have_value("Ada & <Co>")
    expect(named(live, "role")).to_be_visible()  # its condition reads an answer that has just come in
    named(live, "name").fill("")
    expect(named(live, "role")).to_be_hidden()
    live.check("[name=partner][value=no]")
    expect(named(live, "name")).to_be_hidden()
    live.check("[name=partner][value=yes]")
    expect(named(live, "name")).to_be_visible()


def test_an_answer_typed_in_a_box_that_searches_is_known_by_its_label(live):
    assert named(live, "why").count() == 0
    expect(named(live, "country")).to_have_value("France")
    named(live, "country").fill("Canada")
    expect(named(live, "why")).to_be_visible()
    named(live, "country").fill("Japan")
    expect(named(live, "why")).to_be_hidden()


def test_a_column_appears_in_its_row_alone(live):
    assert named(live, "trips.aaaaaaaa.nights").count() == 0
    expect(named(live, "trips.bbbbbbbb.nights")).to_be_visible()
    live.check('[name="trips.aaaaaaaa.kind"][value=stay]')
    expect(named(live, "trips.aaaaaaaa.nights")).to_be_visible()
    live.check('[name="trips.bbbbbbbb.kind"][value=travel]')
    expect(named(live, "trips.bbbbbbbb.nights")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "typed", "half", "total", "percent"),
    [
        ("en", "1,234.55", "$617.28", "$1,324.56", "3,086.375%"),
        ("fr", "1 234,55 $", f"617,28{NBSP}$", f"1{NBSP}324,56{NBSP}$", f"3{NBSP}086,375{NBSP}%"),
    ],
)
def test_what_is_worked_out_follows_to_the_cent(chromium, language, typed, half, total, percent):
    page = opened(chromium, language)
    named(page, "trips.aaaaaaaa.cost").fill(typed)
    expect(page.locator('[data-calculated="trips.aaaaaaaa.half"]')).to_have_text(half)
    expect(page.locator('[data-calculated="total"]')).to_have_text(total)
    named(page, "trips.aaaaaaaa.cost").fill("a thousand")
    expect(page.locator('[data-calculated="trips.aaaaaaaa.half"]')).to_have_text("–")
    assert page.faults == []
    page.close()


def test_a_closed_row_counts_as_it_is_stored_and_a_blank_one_not_at_all(chromium):
    stored = {**STORED, "trips.cccccccc": 2, "trips.bbbbbbbb.cost": "90.004"}
    page = opened(chromium, values=stored, rows=pages.Rows(opened=["aaaaaaaa"]))
    assert page.locator(".row.is-closed").count() == 2
    named(page, "trips.aaaaaaaa.cost").fill("110")
    expect(page.locator('[data-calculated="total"]')).to_have_text("$200.01")  # 0.005 + 110 + 90.004
    filled = "document.addEventListener('guichet:evaluated', ({ detail }) => (window.rows = detail.filled('trips')))"
    page.evaluate(filled)
    named(page, "trips.aaaaaaaa.cost").fill("")
    page.wait_for_function("window.rows")
    assert page.evaluate("window.rows") == ["aaaaaaaa", "bbbbbbbb"]  # its kind is still there
    assert page.faults == []
    page.close()


def test_the_mark_of_what_may_stay_blank_comes_and_goes(live):
    mark = live.locator("label[for=q-reason] .optional")
    expect(mark).to_have_text("(optional)")
    named(live, "people").fill("11")
    expect(mark).to_have_count(0)
    named(live, "people").fill("10")
    expect(mark).to_have_text("(optional)")


def test_a_check_is_told_when_one_leaves_and_taken_away_when_it_holds(live):
    cost, error = named(live, "trips.aaaaaaaa.cost"), live.locator("#q-trips > .error")
    cost.fill("50")  # 50 of 140
    cost.evaluate("() => new Promise(requestAnimationFrame)")
    expect(error).to_have_count(0)  # not while one types
    cost.press("Tab")
    expect(error).to_have_text("Error: Travel takes more than 30% of the costs.")
    expect(live.locator("[role=status]")).to_have_text("Travel takes more than 30% of the costs.")
    assert live.locator("#q-trips").get_attribute("aria-describedby") == "q-trips-check1"
    assert "has-error" in live.locator("#q-trips").get_attribute("class")
    cost.fill("38.57")  # 30 % of 128.57 is 38.571
    expect(error).to_have_count(0)
    assert live.locator("#q-trips").get_attribute("aria-describedby") is None
    assert "has-error" not in live.locator("#q-trips").get_attribute("class")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_in_the_portal(portal: Any, chromium: Any, open_page: Any, language: str) -> None:
    """Under the policy of the portal; nothing is said or shown differently once it is saved."""
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    steps.register(visitor)
    visitor.update_profile(sample.profile(language, sample.business_number()))
    visitor.open_menu("My profile", "Mon profil")
    page = visitor.page
    named(page, "revenue_period_end").fill("2999-12-31")
    named(page, "revenue_period_end").press("Tab")
    error = page.locator("#q-revenue_period_end-check1")
    expect(error).to_contain_text(visitor.say("This period is not over yet.", "Cette période n’est pas terminée."))
    look(page, language)
    visitor.open_menu("Account profile", "Profil du compte")
    assert named(page, "signatory_details").count() == 0
    page.check("[name=signatory_basis][value=resolution]")
    named(page, "signatory_details").fill("Résolution du 12 mai")
    visitor.press("Save", "Enregistrer")
    expect(named(page, "signatory_details")).to_have_value("Résolution du 12 mai")
    page.check("[name=signatory_basis][value=officer]")
    expect(named(page, "signatory_details")).to_be_hidden()


COUNTED = """() => {
  window.counted = { answers: 0, fields: 0 };
  const byName = document.getElementsByName;
  document.getElementsByName = (name) => (counted.fields++, byName.call(document, name));
  document.addEventListener("guichet:evaluated", ({ detail: { answers } }) => {
    const read = answers.value;
    answers.value = (path) => (counted.answers++, read(path));
    counted.fields = 0;
  }, { once: true });
}"""


def counted(browser: Any, closed: int) -> tuple[int, int]:
    """What a key costs in a table with so many closed rows: answers read, and fields looked for on the page."""
    stored = {**STORED}
    for number in range(closed - 1):
        row = f"trips.closed{number:04}"
        stored |= {row: 2 + number, f"{row}.kind": "stay", f"{row}.nights": 1, f"{row}.cost": "1.00"}
    page = opened(browser, values=stored, rows=pages.Rows(opened=["aaaaaaaa"]))
    page.evaluate(COUNTED)
    total = page.locator('[data-calculated="total"]')
    for typed in ("110", "111"):
        named(page, "trips.aaaaaaaa.cost").fill(typed)
        expect(total).to_have_text(f"${int(typed) + 89 + closed}.01")
    assert page.faults == []
    found = page.evaluate("[counted.answers, counted.fields]")
    page.close()
    return found[0], found[1]


def test_a_key_in_a_long_table_reads_what_rules_ask_of_closed_rows_and_looks_at_the_open_one_alone(chromium):
    (few, fields), (many, as_many) = counted(chromium, 10), counted(chromium, 100)
    assert as_many == fields
    # The cost for the total, and the kind each time that a rule looks for travel: in the check, and in the percentage.
    assert many - few == 90 * 3
