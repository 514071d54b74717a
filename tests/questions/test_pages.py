"""Forms bound for a page, and answers as a summary."""

import json

import html5lib
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from guichet.kernel.bilingual import LANGUAGES
from guichet.questions import closed, engine, pages
from guichet.questions.context import Context
from guichet.questions.expressions import Scope
from guichet.questions.pages import Rows
from guichet.questions.scripting import answers_data

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


def rows_of(ctx, language="en", **options):
    return by_path(bound(ctx, "plan", language, **options))["activities"].extra["rows"]


def opened(ctx, **options):
    return [row.path for row in rows_of(ctx, **options) if not row.line]


def test_rows_are_bound_with_their_titles():
    rows = rows_of(context(), "fr", versions={A: 2}, rows=Rows(opened=["aaaaaaaaaaaa"]))
    assert [row.title for row in rows] == ["Activité 1", "Activité 2"]
    assert [row.path for row in rows] == [B, A]
    assert [bool(row.line) for row in rows] == [True, False]
    assert (rows[1].position, rows[1].version, rows[1].up, rows[1].down) == (1, 2, 1, 0)
    assert [q.path for q in rows[1].questions] == [f"{A}.{key}" for key in ("start", "end", "cost", "note", "half")]
    assert rows[1].questions[2].value == "1\u00a0000,05"


def test_a_closed_row_says_what_it_is_and_where_it_stands():
    (first, second) = rows_of(context(**{f"{B}.cost": {"unreadable": "lots"}}), rows=Rows(opened=[]))
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(first.line)
    assert first.standing.words == "To correct"
    assert [each.text for each in root.iter("dd")] == ["Fair", "–", "May 1, 2026", "lots"]
    # What the form's rules read of the row, as it is stored: scripts have it from the line.
    stored = json.loads(root.find("li").get("data-values"))
    assert stored == {"start": "2026-05-01", "note": "Fair", "cost": {"unreadable": "lots"}}
    assert [(each.get("name"), each.get("value")) for each in root.iter("button")] == [("open", "bbbbbbbbbbbb")]
    assert list(root.iter("input")) == []
    assert second.standing.kind == "complete"


def test_only_what_the_page_can_send_is_among_the_versions_seen():
    versions = dict.fromkeys([A, B, f"{A}.cost", f"{B}.cost", "legal_name"], 3)
    section = bound(context(), "plan", versions=versions, rows=Rows(opened=["bbbbbbbbbbbb"]))
    assert json.loads(section.seen) == {B: 3, f"{B}.cost": 3}


def test_the_first_row_with_something_to_mend_is_open():
    assert opened(context()) == []
    assert opened(context(**{f"{A}.cost": None})) == [A]
    assert opened(context(**{f"{A}.cost": None, f"{B}.cost": {"unreadable": "?"}})) == [B]
    assert opened(context(**{f"{A}.cost": None}), rows=Rows(opened=["none"])) == []
    blank = {f"{row}.{key}": None for row in (A, B) for key in ("start", "end", "cost", "note")}
    assert opened(context(**blank)) == [B]
    assert opened(context(**{f"{A}.cost": None}), editable=False) == []
    assert opened(context(), rows=pages.EVERY_ROW) == [B, A]


def test_an_open_row_shows_what_is_wrong_in_it_and_not_yet_what_is_missing():
    ctx = context(**{f"{A}.cost": {"unreadable": "?"}, f"{A}.start": None})
    (row,) = [row for row in rows_of(ctx) if not row.line]
    assert {q.question.key: bool(q.errors) for q in row.questions} == {
        "start": False, "end": False, "cost": True, "note": False, "half": False
    }  # fmt: skip


def test_lines_are_kept_until_something_that_they_read_changes(monkeypatch):
    """The line as it is drawn anew, after every kind of change that it depends on."""
    changes = [
        {}, {f"{A}.cost": "9.00"}, {f"{B}.end": "2026-04-01"}, {f"{A}.cost": {"unreadable": "&"}}, {A: 7},
        {"legal_name": None}, {"for_profit": False}, {f"{A}.note": "<b>"},
    ]  # fmt: skip
    for _twice in range(2):
        for change in changes:
            for language in LANGUAGES:
                ctx = context(**change)
                kept = [(row.line, row.standing) for row in rows_of(ctx, language, rows=Rows(opened=[]))]
                with monkeypatch.context() as patch:
                    patch.setattr(closed, "_lines", {})
                    drawn = [(row.line, row.standing) for row in rows_of(ctx, language, rows=Rows(opened=[]))]
                assert kept == drawn


def test_an_empty_table_offers_a_first_row_when_one_is_needed():
    table = by_path(bound(context({}), "plan"))["activities"]
    (row,) = table.extra["rows"]
    assert len(row.row) == 12
    assert (row.line, row.up, row.down) == ("", 0, 0)
    assert row.row != table.extra["new"]
    assert rows_of(context({}), editable=False) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_drawn_with_its_buttons(language):
    html = draw(bound(context(), "plan", language, rows=Rows(opened=["aaaaaaaaaaaa"])), language)
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(f"<!DOCTYPE html><title>x</title>{html}")
    buttons = {(each.get("name"), each.get("value")) for each in root.iter("button")}
    row = "aaaaaaaaaaaa"
    assert buttons == {
        ("add", "activities"), ("paste", "activities"), ("open", "bbbbbbbbbbbb"), ("close", row), ("remove", row),
        ("move", f"{row}.1"),
    }  # fmt: skip
    positions = {each.get("name"): each.get("value") for each in root.iter("input") if each.get("type") == "hidden"}
    assert positions[A] == "1"
    assert B not in positions
    places = {each.get("id") for each in root.iter()}
    assert {pages.element_id(A), pages.element_id(B), pages.element_id("activities")} <= places


def test_a_full_table_has_no_button_to_add():
    rows = {f"activities.row{number:09}": number + 2 for number in range(3)}
    html = draw(bound(context(**rows), "plan"))
    assert 'name="add"' not in html
    assert 'name="paste"' not in html
    assert "5 of 3 rows at most" in html


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


def test_the_summary_of_a_table_has_short_answers_side_by_side_and_long_ones_below():
    columns = [
        asked("kind", "choice", choices=[{"key": key, "label": text(key)} for key in ("fair", "trip")]),
        asked("nights", "integer", visible={"equals": [{"row": "kind"}, "trip"]}),
        asked("why", "long_text", max_length=100),
        asked("cost", "money"),
    ]
    table = asked("acts", "table", row_label=text("Act"), columns=columns)
    sample = form({"key": "only", "title": text("Only"), "questions": [table]})
    answers = {
        "acts.row000000001": 0, "acts.row000000001.kind": "fair", "acts.row000000001.cost": "10.00",
        "acts.row000000002": 1, "acts.row000000002.kind": "trip", "acts.row000000002.nights": 3,
        "acts.row000000002.why": "Because",
    }  # fmt: skip
    (line,) = pages.answer_lines(Context(sample, answers), "en")[0].lines
    assert line.row_label == "Act"
    assert [(head.label, head.kind) for head in line.heads] == [
        ("Kind", "text"),
        ("Nights", "number"),
        ("Cost", "number"),
    ]
    cells = [[cell and cell.text for cell in row.cells] for row in line.rows]
    assert cells == [["fair", None, "$10"], ["trip", "3", ""]]
    assert [(row.span, [long.text for long in row.texts]) for row in line.rows] == [(2, [""]), (2, ["Because"])]


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
    assert offered() == 0  # none yet: any country, in a box that searches
    assert by_path(bound(Context(sample, {"where": "FR"}), "only"))["where"].extra["box"] == "France"
    assert sample.question("where").check(Scope(sample)) == []
    wrong = form({"key": "only", "title": text("Only"), "questions": [asked("a", "country", among="b.c")]})
    assert "b.c" in wrong.question("a").check(Scope(wrong))[0]


def test_a_list_is_drawn_with_its_choice_whatever_was_drawn_before():
    for code, language, name in (("QC", "en", "Quebec"), ("BC", "fr", "Colombie-Britannique"), ("QC", "fr", "Québec")):
        sample = form({"key": "only", "title": text("Only"), "questions": [asked("where", "province")]})
        for answers in ({}, {"where": code}, {"where": "YT"}, {"where": code}):
            html = by_path(bound(Context(sample, answers), "only", language))["where"].extra["list"]
            chosen = answers.get("where")
            assert html.count(" selected") == bool(chosen)
            if chosen == code:
                assert f'<option value="{code}" selected>{name}</option>' in html


def test_a_long_list_stands_once_on_a_page_however_many_boxes_search_it():
    columns = [asked("where", "country", exclude=["CA"]), asked("other", "country", exclude=["CA"])]
    table = asked("places", "table", row_label=text("Place"), columns=columns)
    sample = form({"key": "only", "title": text("Only"), "questions": [table, asked("home", "country")]})
    rows = {f"places.row{number:09}": number for number in range(40)}
    answers = rows | {f"{row}.where": "FR" for row in rows}
    section = bound(Context(sample, answers), "only", "fr", rows=pages.EVERY_ROW)
    html = draw(section, "fr")
    assert html.count('value="France"') == 40
    assert "<option" not in html
    assert sorted(each.count("<option ") for each in section.lists.values()) == [248, 249]
    assert all(f'list="{name}"' in html and f'<datalist id="{name}">' in drawn for name, drawn in section.lists.items())
    assert bound(Context(sample, answers), "only", "fr", editable=False).lists == {}


def test_what_may_mean_several_answers_is_kept_and_offered():
    sample = form({"key": "only", "title": text("Only"), "questions": [asked("where", "country")]})
    ctx = Context(sample, {"where": {"unreadable": "congo"}})
    problems = engine.problems(ctx, level="save")
    (q,) = (section := bound(ctx, "only", "fr", problems=problems)).questions
    assert q.extra["matches"] == (("CD", "Congo-Kinshasa"), ("CG", "Congo-Brazzaville"))
    assert q.errors == ("Choisissez ci-dessous la réponse qui correspond à «\u00a0congo\u00a0».",)
    html = draw(section, "fr")
    assert 'value="congo"' in html
    assert '<input type="radio" id="q-where-match-CD" name="where-match" value="CD">' in html
    post = QueryDict("where=congo&where-match=CD")
    assert engine.read_post(sample.sections[0], post, language="fr") == {"where": "CD"}
    assert engine.read_post(sample.sections[0], QueryDict("where=congo&where-match=")) == {"where": ctx.value("where")}


def test_sections_that_stand_together_bring_the_conditions_of_each_other():
    """A file has all of them; on a page of its own a section is there or not, and says nothing of that."""
    asks = {"key": "asks", "title": text("Asks"), "questions": [asked("partner", "yes_no")]}
    depends = {
        "key": "depends",
        "title": text("Depends"),
        "visible": {"equals": [{"answer": "partner"}, True]},
        "questions": [asked("name", "short_text")],
    }
    ctx = Context(form(asks, depends), {"partner": True})
    together = answers_data(ctx, ctx.form.sections, "en")
    assert together["sections"] == {"depends": {"equals": [{"answer": "partner"}, True]}}
    assert together["questions"]["partner"]["kind"] == "truth"
    assert answers_data(ctx, ctx.form.sections[1:], "en") is None
