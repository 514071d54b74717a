"""A group inside a row of a table: a frame around columns, which stay columns of the table in everything else."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context as Page
from django.template import engines
from django.utils import translation
from pydantic import ValidationError

from guichet.programs.forms import check_form, groups, items
from guichet.programs.repeats import repeats
from guichet.questions import engine, pages
from guichet.questions.context import Context
from guichet.questions.definitions import Form
from guichet.questions.expressions import Scope
from guichet.questions.pasting import columns, read_rows
from guichet.questions.scripting import answers_data
from guichet.questions.summary import answer_lines, summary_columns

from .sample import asked, form, text

ROW, OTHER = "aaaaaaaa", "bbbbbbbb"


def table(*inside: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Partners, of whom some pay; those say who answers for them."""
    group = {
        **asked("whom", "group"),
        "visible": {"equals": [{"row": "pays"}, True]},
        "checks": [{"rule": {"not": {"equals": [{"row": "person"}, {"row": "name"}]}}, "message": text("Same")}],
        "questions": [
            asked("person", "short_text"),
            asked("phone", "phone", required=False),
            asked("share", "percent", visible={"answered": {"row": "person"}}),
            *inside,
        ],
    }
    parts = [asked("name", "short_text"), asked("pays", "yes_no"), group, asked("since", "date", required=False)]
    return asked("partners", "table", row_label=text("Partner"), **{"columns": parts, **options})


def of(*questions: dict[str, Any]) -> Form:
    return form({"key": "only", "title": text("Only"), "questions": list(questions)})


FORM = of(table(), asked("total", "calculated", value={"sum": "partners.share"}))


def context(**cells: Any) -> Context:
    return Context(FORM, {f"partners.{ROW}": 0, **{f"partners.{ROW}.{key}": value for key, value in cells.items()}})


PAYS = {"name": "Musée", "pays": True, "person": "Anne Roy", "phone": "+18195550100", "share": "40"}


def test_its_questions_are_columns_of_the_table():
    assert [path for path, _question in FORM.paths()] == [
        *("partners", "partners.name", "partners.pays", "partners.whom"),
        *("partners.person", "partners.phone", "partners.share", "partners.since", "total"),
    ]
    assert FORM.question(f"partners.{ROW}.share").key == "share"
    assert FORM.group_of("partners.share") == FORM.group_of(f"partners.{ROW}.share") == FORM.question("partners.whom")
    assert FORM.group_of("partners.name") is None
    assert [column.key for column in FORM.question("partners").columns_of()] == ["name", "pays", "whom", "since"]


def test_the_group_s_condition_hides_what_is_inside_it_row_by_row():
    ctx = Context(
        FORM,
        {
            **context(**PAYS).values,
            f"partners.{OTHER}": 1,
            **{f"partners.{OTHER}.{key}": value for key, value in (PAYS | {"pays": False}).items()},
        },
    )
    shown = [[ctx.shows(f"partners.{row}.{key}") for key in ("whom", "person", "share")] for row in (ROW, OTHER)]
    assert shown == [[True] * 3, [False] * 3]
    assert ctx.value("total") == "40"  # what is hidden is blank to rules
    assert not any(path.startswith(f"partners.{OTHER}.p") and "pays" not in path for path in engine.snapshot(ctx))


def test_what_is_missing_and_what_the_group_checks_is_said_in_the_row():
    def found(**cells: Any) -> list[tuple[str, str]]:
        return [(one.path, one.code) for one in engine.problems(context(**cells), level="submit")]

    at = f"partners.{ROW}"
    assert found(name="Musée", pays=True) == [(f"{at}.person", "required")]
    assert found(**PAYS | {"person": "Musée"}) == [(f"{at}.whom", "check")]
    assert found(name="Musée", pays=False) == []
    assert found(**PAYS) == []


def test_answers_are_read_in_order_and_exported_as_any_column_s():
    (section,) = answer_lines(context(**PAYS), "en")
    (row,) = section.lines[0].rows
    lines = [(line.path.rpartition(".")[2], line.text) for line in row.lines]
    assert lines[:4] == [("name", "Musée"), ("pays", "Yes"), ("person", "Anne Roy"), ("phone", "819-555-0100")]
    named = ["Name", "Pays", "Whom – Person", "Whom – Phone", "Whom – Share", "Since"]
    assert [line.label for line in row.lines] == named
    assert [head.label for head in section.lines[0].heads] == named
    kept = engine.snapshot(context(**PAYS))
    assert kept == {f"partners.{ROW}": 0, **{f"partners.{ROW}.{key}": value for key, value in PAYS.items()}}


def test_spreadsheets_have_its_columns_in_their_order():
    partners = FORM.question("partners")
    assert [part.key for part in columns(partners)] == ["name", "pays", "person", "phone", "share", "since"]
    (row,) = read_rows(partners, "Musée\tyes\tAnne Roy\t819 555-0100\t40 %", "en", 5).rows
    assert row == PAYS
    for heading in ("Name\tPays\tWhom – Person\tWhom – Phone", "Name\tPays\tPerson\tPhone"):
        assert read_rows(partners, f"{heading}\nMusée\tyes", "en", 5).rows == ({"name": "Musée", "pays": True},)


def test_away_from_its_place_a_column_is_called_with_its_group():
    assert FORM.name_of(f"partners.{ROW}.share") == FORM.question("partners").name_of("share")
    assert FORM.name_of("partners.share").model_dump() == text("Whom – Share", "Whom (fr) – Share (fr)")
    assert FORM.name_of("partners.since").en == "Since"
    rule = FORM.question("partners.share").visible
    assert rule.condition(context().in_row("partners", ROW), "en") == "Whom – Person: an answer"


def test_a_closed_row_may_show_them():
    partners = of(table(summary=["name", "share"])).question("partners")
    assert [part.key for part in summary_columns(partners)] == ["name", "share"]
    _bound, html = drawn(Context(of(table(summary=["name", "share"])), context(**PAYS).values), rows=pages.Rows([]))
    assert "<span>Name (fr)</span>" in html  # the heads, to the eye
    assert '<span class="number">Whom (fr) – Share (fr)</span>' in html
    assert "<dt>Whom (fr) – Share (fr)</dt><dd data-user>40\u00a0%</dd>" in html


def drawn(ctx: Context, **options: Any) -> tuple[pages.BoundSection, str]:
    """The section as a page has it, in French."""
    section = ctx.form.sections[0]
    bound = pages.bind(ctx, section, "fr", **options)
    template = engines["django"].from_string("{% questions bound.questions %}").template
    with translation.override("fr"):
        return bound, template.render(Page({"bound": bound}))


def test_the_open_row_draws_a_fieldset_and_names_each_input_by_its_path():
    _bound, html = drawn(context(**PAYS), rows=pages.Rows(opened=[ROW]))
    start = html.index(f'<fieldset class="question group" id="q-partners-{ROW}-whom"')
    inside = html[start : html.index("</fieldset>", start)]
    assert "<legend" in inside
    assert "Whom (fr)" in inside
    for key in ("person", "phone", "share"):
        assert f'name="partners.{ROW}.{key}"' in inside
    assert 'value="Anne Roy"' in inside
    assert f'name="partners.{ROW}.since"' not in inside


def test_what_the_page_has_seen_and_sends_comes_back():
    versions = {f"partners.{ROW}": 1, **{f"partners.{ROW}.{key}": 3 for key in PAYS}}
    bound, _html = drawn(context(**PAYS), rows=pages.Rows(opened=[ROW]), versions=versions)
    assert json.loads(bound.seen) == versions
    post = QueryDict(mutable=True)
    typed = {"name": "Musée", "pays": "yes", "person": "Jean Côté", "phone": "819 555 0101", "share": "12,5"}
    for name, value in {
        f"partners.{ROW}": "0",
        **{f"partners.{ROW}.{key}": cell for key, cell in typed.items()},
    }.items():
        post[name] = value
    posted = engine.read_post(FORM.sections[0], post, language="fr")
    assert posted[f"partners.{ROW}.person"] == "Jean Côté"
    assert posted[f"partners.{ROW}.phone"] == "+18195550101"
    assert posted[f"partners.{ROW}.share"] == "12.5"
    assert f"partners.{ROW}.whom" not in posted


def test_without_scripts_a_hidden_group_is_not_there_and_with_them_it_waits():
    without, html = drawn(context(name="Musée", pays=False), rows=pages.Rows(opened=[ROW]))
    assert f"partners.{ROW}.person" not in html
    assert f"partners.{ROW}.person" not in without.seen
    _bound, html = drawn(context(name="Musée", pays=False), rows=pages.Rows(opened=[ROW]), live=True)
    assert f'<template data-hidden="partners.{ROW}.whom"><fieldset' in html
    assert f'<template data-hidden="partners.{ROW}.share">' in html


def test_read_only_rows_show_the_group_and_its_answers():
    _bound, html = drawn(context(**PAYS), rows=pages.Rows(opened=[ROW]), editable=False)
    start = html.index('role="group"')
    assert "Anne Roy" in html[start:]
    assert "<input" not in html


def test_scripts_know_in_which_group_a_column_stands():
    data = answers_data(context(**PAYS), FORM.sections, "en")
    assert data is not None
    assert data["questions"]["partners.share"]["group"] == "whom"
    assert data["questions"]["partners.whom"]["visible"] == {"equals": [{"row": "pays"}, True]}
    assert data["questions"]["partners"]["parts"] == ["name", "pays", "person", "phone", "share", "since"]
    assert "group" not in data["questions"]["partners.pays"]


def test_every_rule_of_the_group_is_checked_from_inside_the_row():
    assert list(check_form(Scope(FORM))) == []
    wrong = table()
    wrong["columns"][2]["questions"][2]["visible"] = {"answered": {"row": "since"}}
    (fault,) = check_form(Scope(of(wrong)))
    assert fault[0] == ("sections", 0, "questions", 0, "columns", 2, "questions", 2, "visible")
    assert "'partners.since', which is asked later" in fault[1]


def test_the_way_to_a_grouped_column_is_that_of_the_document():
    ways = {item.key: steps for steps, item, _table in items(FORM)}
    assert ways["phone"] == ("sections", 0, "questions", 0, "columns", 2, "questions", 1)
    beside = [[one.key for one in group] for group in groups(FORM)]
    assert ["person", "phone", "share"] in beside
    assert ["name", "pays", "whom", "since"] in beside


def test_a_circle_through_the_group_is_found():
    wrong = table()
    wrong["columns"][1]["visible"] = {"answered": {"row": "person"}}
    sentences = [sentence for _steps, sentence in check_form(Scope(of(wrong)))]
    assert any("depends on its own answer, in a circle" in sentence for sentence in sentences)


def test_a_key_given_again_inside_the_group_is_found_at_its_place():
    again = table(asked("name", "short_text"))
    with pytest.raises(ValidationError, match="columns used more than once: name"):
        of(again)
    document = {"application": {"sections": [{"key": "only", "questions": [again]}]}}
    start = ("application", "sections", 0, "questions", 0, "columns")
    assert list(repeats(document)) == [((*start, 2, "questions", 3, "key"), "name", (*start, 0, "key"))]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (table(asked("proof", "file")), r"holds columns only, which these cannot be: 'proof' \(file\)"),
        (table(asked("read", "content", text=text("Read."))), r"these cannot be: 'read' \(content\)"),
        (
            table({**asked("deeper", "group"), "questions": [asked("a", "integer")]}),
            "does not match any of the expected",
        ),
        (table(summary=["whom"]), "summary names columns that the table does not have: whom"),
    ],
)
def test_what_a_group_in_a_table_cannot_hold(wrong, fault):
    with pytest.raises(ValidationError, match=fault):
        of(wrong)
