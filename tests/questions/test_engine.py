"""Which checks run when: visibility, required, levels, states, rows, the snapshot."""

from datetime import date

import pytest
from django.http import QueryDict

from guichet.questions import engine, pages
from guichet.questions.context import Context

from .sample import ANSWERS, asked, context, form, text

A, B = "activities.aaaaaaaaaaaa", "activities.bbbbbbbbbbbb"


def found(ctx, level="submit", section=None):
    chosen = ctx.form.section(section) if section else None
    return [(problem.path, problem.code) for problem in engine.problems(ctx, level=level, section=chosen)]


def state(ctx, section):
    return engine.section_state(ctx, ctx.form.section(section))


def test_complete_answers_have_no_problem():
    ctx = context()
    assert found(ctx) == []
    assert [state(ctx, key) for key in ("organization", "plan", "export")] == ["complete"] * 3


def test_nothing_answered():
    ctx = context({})
    assert found(ctx, "save") == []
    assert state(ctx, "organization") == "not_started"
    assert state(ctx, "export") == "not_needed"
    assert ("legal_name", "required") in found(ctx, "section", "organization")
    assert ("activities", "required") in found(ctx)
    assert "website" not in dict(found(ctx))


def test_levels_look_at_more_and_more():
    ctx = context(legal_name=None, revenue={"unreadable": "lots"}, employees=-1)
    assert found(ctx, "save") == [("employees", "invalid"), ("revenue", "unreadable")]
    assert found(ctx, "section", "organization") == [
        ("legal_name", "required"),
        ("employees", "invalid"),
        ("revenue", "unreadable"),
    ]
    assert found(ctx, "section", "plan") == []
    assert found(ctx, "submit", "plan") == found(ctx, "section", "organization")
    assert state(ctx, "organization") == "in_progress"


def test_a_hidden_question_asks_for_nothing_and_is_left_out_but_kept():
    ctx = context(reason="We are alone")
    organization = ctx.form.section("organization")
    assert "reason" not in [question.key for question in engine.visible(ctx, organization)]
    assert "reason" not in engine.snapshot(ctx)
    assert ctx.value("reason") == "We are alone"
    assert ctx.answer("reason") is None
    shown = context(legal_form="proprietorship")
    assert found(shown) == [("reason", "required")]
    assert engine.snapshot(context(legal_form="proprietorship", reason="Yes"))["reason"] == "Yes"


def test_a_hidden_section_is_not_needed():
    ctx = context(for_profit=False, experience={"unreadable": "?"})
    assert state(ctx, "export") == "not_needed"
    assert engine.visible(ctx, ctx.form.section("export")) == []
    assert "experience" not in engine.snapshot(ctx)
    assert found(ctx) == []
    assert context().answer("experience") == "Five years"
    assert context(for_profit=False).answer("experience") is None


def test_a_blank_condition_hides():
    assert state(context(for_profit=None), "export") == "not_needed"


def test_required_by_a_rule_in_the_same_row():
    assert found(context(**{f"{B}.note": None})) == [(f"{B}.note", "required")]
    assert found(context(**{f"{B}.note": None, f"{B}.cost": "1000.00"})) == []


def test_visible_by_a_rule_in_the_same_row():
    ctx = context()
    assert ctx.shows(f"{B}.detail")
    assert not ctx.shows(f"{A}.detail")
    assert f"{A}.detail" not in engine.snapshot(context(**{f"{A}.detail": "kept"}))


def test_a_check_compares_within_the_row():
    assert found(context(**{f"{A}.end": "2026-05-15"})) == [(f"{A}.end", "check")]
    assert found(context(**{f"{B}.end": "2026-05-15"})) == []


def test_a_check_over_the_rows_uses_the_context_s_date():
    assert found(context(**{f"{B}.start": "2026-03-31"})) == [("activities", "check")]
    assert found(context(**{f"{B}.start": "2026-03-31"}), "save") == []
    undated = Context(form(), {**ANSWERS, f"{B}.start": "2026-03-31"})
    assert found(undated) == []


def test_a_check_waits_until_the_answer_itself_is_right():
    assert found(context(**{f"{A}.end": {"unreadable": "May"}})) == [(f"{A}.end", "unreadable")]


def test_a_check_of_a_blank_optional_question_is_made():
    check = {"rule": {"answered": {"answer": "b"}}, "message": text("One of both")}
    asked_form = form(
        {
            "key": "only",
            "title": text("Only"),
            "questions": [
                asked("a", "short_text", required=False, checks=[check]),
                asked("b", "short_text", required=False),
            ],
        }
    )
    assert found(Context(asked_form, {})) == [("a", "check")]
    assert found(Context(asked_form, {"b": "x"})) == []


def test_rows_are_in_their_order_and_blank_ones_do_not_count():
    ctx = context(**{"activities.cccccccccccc": 5, "activities.dddddddddddd": None})
    assert ctx.rows("activities") == ["bbbbbbbbbbbb", "aaaaaaaaaaaa", "cccccccccccc"]
    assert ctx.filled_rows("activities") == ["bbbbbbbbbbbb", "aaaaaaaaaaaa"]
    assert found(ctx) == []
    assert "activities.cccccccccccc" not in engine.snapshot(ctx)


def test_too_many_rows():
    rows = {f"activities.row{number:09}": number + 2 for number in range(2)}
    cells = {f"{path}.{key}": ANSWERS[f"{A}.{key}"] for path in rows for key in ("start", "cost")}
    (problem,) = engine.problems(context(**rows, **cells), level="save")
    assert problem.text.en == "Remove 1 row: the limit is 3."
    assert problem.text.fr == "Supprimez 1 ligne\u00a0: la limite est de 3."


def test_calculated_values_follow_the_answers():
    ctx = context()
    assert ctx.value("total") == "3000.05"
    assert ctx.value(f"{A}.half") == "500.025"
    assert ctx.form.question("total").display(ctx.value("total"), "fr") == "3\u00a0000,05\u00a0$"
    assert context({}).value("total") is None


def test_the_snapshot_is_what_was_answered_and_nothing_else():
    ctx = context(stranger="x", website={"unreadable": "?"})
    assert engine.snapshot(ctx) == dict(ANSWERS)
    renumbered = engine.snapshot(context(**{A: 7}))
    assert renumbered[A] == 1
    again = Context(ctx.form, engine.snapshot(ctx))
    assert engine.snapshot(again) == engine.snapshot(ctx)


def test_unknown_paths_raise():
    with pytest.raises(KeyError):
        context().answer("nowhere")
    with pytest.raises(KeyError):
        context().answer("activities.aaaaaaaaaaaa.nowhere")


def test_conditions_in_a_circle_end():
    circle = form(
        {
            "key": "only",
            "title": text("Only"),
            "questions": [
                asked("a", "short_text", visible={"answered": {"answer": "b"}}),
                asked("b", "short_text", visible={"answered": {"answer": "a"}}),
            ],
        }
    )
    assert isinstance(engine.problems(Context(circle, {"a": "x"}), level="submit"), list)


def test_problems_are_bilingual_and_say_where():
    (problem,) = engine.problems(context(legal_name=None), level="submit")
    assert (problem.section, problem.path, problem.label.en) == ("organization", "legal_name", "Legal name")
    assert (problem.text.en, problem.text.fr) == ("Answer this question.", "Répondez à cette question.")


def test_the_profile_is_read_by_its_own_term():
    profile = context()
    asked_form = form(
        {
            "key": "only",
            "title": text("Only"),
            "questions": [asked("a", "short_text", visible={"more_than": [{"profile": "employees"}, 10]})],
        }
    )
    assert Context(asked_form, {}, profile=profile).shows("a")
    assert not Context(asked_form, {}, profile=context(employees=3)).shows("a")
    assert not Context(asked_form, {}).shows("a")


def test_a_context_remembers_only_its_own_answers():
    ctx = context(dates=None)
    assert ctx.value("total") == "3000.05"
    assert ctx.with_values({**ANSWERS, f"{A}.cost": "0.00"}).value("total") == "2000"
    assert ctx.dates["earliest_start"] == date(2026, 4, 1)


def test_the_questions_of_a_group_are_answered_hidden_and_required_with_it():
    group = asked("office", "group", visible={"equals": [{"answer": "for_profit"}, True]}, questions=[
        asked("street", "short_text"), asked("code", "postal_code", required=False),
    ])  # fmt: skip
    sample = form({"key": "only", "title": text("Only"), "questions": [asked("for_profit", "yes_no"), group]})
    (section,) = sample.sections
    post = QueryDict("for_profit=yes&street=&code=k1a0b1")
    values = engine.read_post(section, post)
    assert values == {"for_profit": True, "street": None, "code": "K1A 0B1"}
    ctx = Context(sample, values)
    assert [(each.path, each.code) for each in engine.problems(ctx, level="submit")] == [("street", "required")]
    assert engine.snapshot(ctx) == {"for_profit": True, "code": "K1A 0B1"}
    assert [(line.path, line.label) for line in pages.answer_lines(ctx, "fr")[0].lines] == [
        ("for_profit", "For profit (fr)"),
        ("street", "Office (fr) – Street (fr)"),
        ("code", "Office (fr) – Code (fr)"),
    ]
    assert [each.label.en for each in engine.problems(ctx, level="submit")] == ["Office – Street"]
    with pytest.raises(KeyError):
        sample.name_of("office.street")
    (_, bound) = pages.bind(ctx, section, "fr").questions
    assert [q.path for q in bound.extra["questions"]] == ["street", "code"]
    hidden = ctx.with_values({**values, "for_profit": False})
    assert engine.problems(hidden, level="submit") == []
    assert engine.snapshot(hidden) == {"for_profit": False}
    assert len(pages.bind(hidden, section, "fr").questions) == 1
    with pytest.raises(ValueError, match="keys used more than once: street"):
        form({"key": "only", "title": text("Only"), "questions": [asked("street", "short_text"), group]})
