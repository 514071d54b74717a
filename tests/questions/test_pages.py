"""Forms bound for a page, and answers as a summary."""

import json

import html5lib
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from guichet.kernel.bilingual import LANGUAGES
from guichet.questions import engine, pages
from guichet.questions.context import Context
from guichet.questions.expressions import Scope

from .sample import asked, context, form, text

A, B = "activities.aaaaaaaaaaaa", "activities.bbbbbbbbbbbb"


def bound(ctx, key, language="en", **options):
    return pages.bind(ctx, ctx.form.section(key), language, **options)


def draw(section, language="en"):
    with translation.override(language):
        return "".join(render_to_string(q.template, {"q": q}) for q in section.questions)


def by_path(section):
    return {q.path: q for q in section.questions}


def test_a_section_is_bound_in_one_language():
    section = bound(context(), "organization", "fr", versions={"legal_name": 4, "activities": 9})
    assert (section.title, section.state, section.multipart) == ("Organisme", "complete", False)
    assert section.intro == "<p>Lisez le <strong>guide</strong>.</p>\n"
    assert json.loads(section.seen) == {"legal_name": 4}
    name = by_path(section)["legal_name"]
    assert (name.id, name.name, name.value, name.version) == ("q-legal_name", "legal_name", "Érablière", 4)
    assert (name.template, name.answer_template) == ("short_text/input.html", "short_text/answer.html")
    assert by_path(section)["revenue"].value == "250\u00a0000"
    assert by_path(section)["revenue"].text == "250\u00a0000\u00a0$"


def test_inputs_hold_what_can_be_typed_again():
    html = draw(bound(context(website={"unreadable": "a b"}), "organization"))
    assert 'value="250,000"' in html
    assert 'value="a b"' in html
    assert '<span aria-hidden="true">$</span>' in html


def test_optional_questions_say_so_and_required_ones_do_not():
    section = by_path(bound(context(), "organization"))
    assert (section["website"].optional, section["legal_name"].optional) == (True, False)
    assert (section["website"].required, section["legal_name"].required) == (False, True)
    assert "(facultatif)" in draw(bound(context(), "organization", "fr"), "fr")


def test_hidden_questions_are_not_bound():
    assert "reason" not in by_path(bound(context(), "organization"))
    assert "reason" in by_path(bound(context(legal_form="proprietorship"), "organization"))


def test_errors_stand_beside_their_field():
    ctx = context(legal_name=None)
    problems = engine.problems(ctx, level="submit")
    name = by_path(bound(ctx, "organization", problems=problems))["legal_name"]
    assert name.errors == ("Answer this question.",)
    assert name.described_by == "q-legal_name-error1"


def test_what_could_not_be_saved_is_shown_in_its_place():
    section = bound(context(), "organization", typed={"legal_name": "x" * 30, "revenue": {"unreadable": "1 mil"}})
    assert by_path(section)["legal_name"].value == "x" * 30
    assert by_path(section)["revenue"].value == "1 mil"


def test_rows_are_bound_with_their_titles():
    table = by_path(bound(context(), "plan", "fr", versions={A: 2}))["activities"]
    rows = table.extra["rows"]
    assert [row.title for row in rows] == ["Activité 1", "Activité 2"]
    assert [row.path for row in rows] == [B, A]
    assert [row.position for row in rows] == [0, 1]
    assert rows[1].version == 2
    assert [q.path for q in rows[1].questions] == [f"{A}.{key}" for key in ("start", "end", "cost", "note", "half")]
    assert rows[1].questions[2].value == "1\u00a0000,05"


def test_an_empty_table_offers_a_first_row_and_one_for_scripts():
    table = by_path(bound(context({}), "plan"))["activities"]
    (row,) = table.extra["rows"]
    assert len(row.row) == 12
    assert table.extra["blank"].path == "activities.__row__"
    assert row.row != table.extra["new"]
    read = by_path(bound(context({}), "plan", editable=False))["activities"]
    assert (read.extra["rows"], read.extra["blank"]) == ([], None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_drawn_with_its_buttons(language):
    html = draw(bound(context(), "plan", language), language)
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(f"<!DOCTYPE html><title>x</title>{html}")
    buttons = {(each.get("name"), each.get("value")) for each in root.iter("button")}
    assert {("add", "activities"), ("remove", "aaaaaaaaaaaa"), ("remove", "bbbbbbbbbbbb")} <= buttons
    positions = {each.get("name"): each.get("value") for each in root.iter("input") if each.get("type") == "hidden"}
    assert (positions[A], positions[B]) == ("1", "0")
    fieldsets = [each.get("id") for each in root.iter("fieldset")]
    assert pages.element_id(A) in fieldsets
    assert pages.element_id("activities") in fieldsets


def test_a_full_table_has_no_button_to_add():
    rows = {f"activities.row{number:09}": number + 2 for number in range(3)}
    html = draw(bound(context(**rows), "plan"))
    assert 'name="add"' not in html
    assert "No more than 3 rows can be added." in html


def test_markup_in_answers_stays_text():
    nasty = "<script>alert('x')</script>\"&amp;"
    section = bound(context(legal_name=nasty, website={"unreadable": "javascript:alert(1)"}), "organization")
    assert "<script" not in draw(section)
    for q in section.questions:
        html = render_to_string(q.answer_template, {"q": q})
        assert "<script" not in html
        assert 'href="javascript' not in html


def test_a_read_only_page_has_no_inputs():
    section = bound(context(), "plan", editable=False)
    html = draw(section)
    assert "<input" not in html
    assert "<button" not in html
    assert "Activity 2" in html


def test_links_to_the_guide():
    ctx = context()
    section = ctx.form.section("plan").model_copy(update={"guide": "8.3"})
    link = pages.GuideLink("8.3 Processing time", "https://example.ca/8")
    assert pages.bind(ctx, section, "en", guide={"8.3": link}).guide == link
    assert pages.bind(ctx, section, "en").guide is None


def test_the_summary_has_every_visible_answer():
    summary = {section.key: section for section in pages.answer_lines(context(), "fr")}
    assert list(summary) == ["organization", "plan", "export"]
    lines = {line.path: line for line in summary["organization"].lines}
    assert lines["legal_form"].text == "Constituée en société"
    assert lines["website"].blank
    assert "reason" not in lines
    (activities, total) = summary["plan"].lines
    assert total.text == "3\u00a0000,05\u00a0$"
    assert [row.title for row in activities.rows] == ["Activité 1", "Activité 2"]
    assert [line.text for line in activities.rows[0].lines][:3] == ["1er mai 2026", "", "2\u00a0000\u00a0$"]


def test_the_summary_leaves_out_what_is_not_needed():
    assert [section.key for section in pages.answer_lines(context(for_profit=False), "en")] == ["organization", "plan"]


def test_a_country_is_offered_among_those_of_another_table():
    columns = [asked("country", "country")]
    markets = asked("markets", "table", row_label=text("Market"), columns=columns)
    where = asked("where", "country", among="markets.country", exclude=["CA"])
    sample = form({"key": "only", "title": text("Only"), "questions": [markets, where]})

    def offered(*countries, chosen=None):
        answers = {"where": chosen}
        for number, code in enumerate(countries):
            answers |= {f"markets.row{number:09}": number, f"markets.row{number:09}.country": code}
        html = by_path(bound(Context(sample, answers), "only"))["where"].extra["list"]
        return html.count("<option")

    assert offered("FR", "CA", "DE") == 2
    assert offered("FR", "DE", chosen="JP") == 3
    assert offered("FR", "DE") == 2
    assert offered() > 200
    assert sample.question("where").check(Scope(sample)) == []
    wrong = form({"key": "only", "title": text("Only"), "questions": [asked("a", "country", among="b.c")]})
    assert "b.c" in wrong.question("a").check(Scope(wrong))[0]


def test_a_long_list_is_drawn_with_its_choice_whatever_was_drawn_before():
    for code, language, name in (("FR", "en", "France"), ("DE", "fr", "Allemagne"), ("FR", "fr", "France")):
        sample = form({"key": "only", "title": text("Only"), "questions": [asked("where", "country")]})
        for answers in ({}, {"where": code}, {"where": "US"}, {"where": code}):
            html = by_path(bound(Context(sample, answers), "only", language))["where"].extra["list"]
            chosen = answers.get("where")
            assert html.count(" selected") == bool(chosen)
            if chosen == code:
                assert f'<option value="{code}" selected>{name}</option>' in html
