"""What a page sends: values, rows, buttons, versions; and what nobody's page sends."""

import json

from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.answers.actions import Change
from guichet.kernel.bilingual import Text
from guichet.questions import engine
from guichet.questions.values import VALUE_LIMIT

from .sample import asked, context, form, text

ORGANIZATION, PLAN, _ = form().sections
A, B, NEW = "activities.aaaaaaaaaaaa", "activities.bbbbbbbbbbbb", "activities.nnnnnnnnnnnn"


def posted(section, *pairs, language="en", ctx=None):
    post = QueryDict(mutable=True)
    for name, value in pairs:
        post.appendlist(name, value)
    return engine.read_post(section, post, language=language, ctx=ctx)


def test_only_what_was_sent_and_asked():
    sent = posted(ORGANIZATION, ("legal_name", " Érablière "), ("employees", "1 200"), ("forged", "x"), ("total", "9"))
    assert sent == {"legal_name": "Érablière", "employees": 1200}
    assert (sent.refused, sent.typed, sent.act) == ((), {}, None)


def test_blank_and_unreadable_are_answers_too():
    assert posted(ORGANIZATION, ("revenue", "lots"), ("legal_name", "")) == {
        "revenue": {"unreadable": "lots"},
        "legal_name": None,
    }


def test_check_boxes():
    assert posted(ORGANIZATION, ("languages", ""), ("languages", "french"), ("languages", "english")) == {
        "languages": ["english", "french"]
    }
    assert posted(ORGANIZATION, ("languages", "")) == {"languages": None}


def test_rows_keep_their_places():
    sent = posted(
        PLAN, (A, "1"), (f"{A}.cost", "5"), (B, "0"), (f"{B}.cost", "6"), (f"{B}.half", "3"), ("activities", "x")
    )
    assert sent == {A: 1, f"{A}.cost": "5.00", B: 0, f"{B}.cost": "6.00"}


def test_a_row_is_removed_and_what_was_typed_in_it_stays_with_it():
    sent = posted(PLAN, (A, "3"), (f"{A}.cost", "5"), ("remove", "aaaaaaaaaaaa"))
    assert sent == {A: None, f"{A}.cost": "5.00"}
    assert (sent.act.removed, sent.act.opens) == ("aaaaaaaaaaaa.3", "none")


def test_a_row_is_added_once_however_often_one_clicks():
    pairs = [(A, "4"), (f"{A}.cost", "5"), ("new-activities", "nnnnnnnnnnnn"), ("add", "activities")]
    sent = posted(PLAN, *pairs)
    assert sent == {A: 4, f"{A}.cost": "5.00", NEW: 5}
    assert (sent.act.path, sent.act.opens) == (NEW, "nnnnnnnnnnnn")
    again = posted(PLAN, *pairs, ctx=context({A: 4, f"{A}.cost": "5.00", NEW: 5}))
    assert again == {A: 4, f"{A}.cost": "5.00"}
    assert (again.act.path, again.act.opens) == (NEW, "nnnnnnnnnnnn")


def test_a_row_is_added_without_an_id_ready():
    sent = posted(PLAN, ("add", "activities"))
    assert list(sent.values()) == [0]
    assert posted(PLAN, ("add", "other")) == {}


def test_a_fresh_row_that_stays_blank_is_not_kept():
    blank = [(A, "0"), (f"{A}.cost", ""), (f"{A}.note", " ")]
    assert posted(PLAN, *blank) == {}
    assert posted(PLAN, *blank, ("seen", json.dumps({A: 1}))) == {A: 0, f"{A}.cost": None, f"{A}.note": None}
    assert A not in posted(PLAN, *blank, ("add", "activities"))
    assert A in posted(PLAN, (A, "0"), (f"{A}.cost", "?"))


def test_forged_rows_are_left_alone():
    assert posted(PLAN, ("activities.short", "0"), ("activities.AAAAAAAAAAAA", "0"), ("activities.a.b.c", "0")) == {}
    assert posted(PLAN, (A, "-1"), (f"{A}.cost", "1")) == {A: 0, f"{A}.cost": "1.00"}
    assert posted(PLAN, (A, "9" * 30), (f"{A}.cost", "1"))[A] == 0


def test_ten_megabytes_are_refused_and_nothing_else_is_lost():
    huge = "x" * 10_000_000
    sent = posted(ORGANIZATION, ("legal_name", huge), ("employees", "3"))
    assert sent == {"employees": 3}
    (problem,) = sent.refused
    assert (problem.path, problem.code) == ("legal_name", "too_long")
    assert "10,000,000" in problem.text.en
    assert "100\u00a0000" in problem.text.fr
    assert sent.typed == {"legal_name": huge}
    assert posted(ORGANIZATION, ("legal_name", "x" * VALUE_LIMIT))["legal_name"]


def test_a_refused_answer_keeps_its_row():
    sent = posted(PLAN, (A, "0"), (f"{A}.note", "x" * (VALUE_LIMIT + 1)))
    assert sent == {A: 0}
    assert list(sent.typed) == [f"{A}.note"]


def test_versions_seen():
    post = QueryDict(mutable=True)
    post["seen"] = '{"legal_name":3,"a":"1","b":-1,"c":true,"d":1.5}'
    assert engine.read_seen(post) == {"legal_name": 3}
    for damaged in ("", "[1]", "{", "[" * 100_000, "null", "x" * 2_000_000):
        post["seen"] = damaged
        assert engine.read_seen(post) == {}


def test_changes_carry_the_version_seen():
    assert engine.changes({"a": 1, "b": None}, {"a": 4}) == (Change("a", 1, 4), Change("b", None, 0))


def test_the_active_language_decides_by_default():
    post = QueryDict(mutable=True)
    post["employees"] = "1,234"
    with translation.override("fr"):
        assert engine.read_post(ORGANIZATION, post) == {"employees": 1234}


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "legal_name",
                    "revenue",
                    "languages",
                    A,
                    f"{A}.cost",
                    f"{A}.start",
                    "seen",
                    "add",
                    "remove",
                    "new-activities",
                ]
            ),
            st.text(max_size=30) | st.sampled_from(["activities", "aaaaaaaaaaaa", "\x00", "{}"]),
        ),
        max_size=12,
    )
)
def test_no_post_ever_raises(pairs):
    for section in (ORGANIZATION, PLAN):
        sent = posted(section, *pairs)
        assert "\\u0000" not in json.dumps(sent)
        ctx = context({path: value for path, value in sent.items() if value is not None})
        for problem in engine.problems(ctx, level="submit"):
            assert isinstance(problem.text, Text)
        engine.snapshot(ctx)


def test_uploads_of_file_questions_only():
    (section,) = form(
        {"key": "s", "title": text("S"), "questions": [asked("proof", "files"), asked("name", "short_text")]}
    ).sections

    class Sent(dict):
        def getlist(self, key):
            return self.get(key, [])

    assert engine.uploads(section, Sent(proof=["one", None, "two"], name=["three"])) == {"proof": ["one", "two"]}
    assert posted(section, ("proof", '{"file":"x"}'), ("name", "n")) == {"name": "n"}
