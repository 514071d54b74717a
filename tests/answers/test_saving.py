"""Saving answers: versions, conflicts, retries, limits, history."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guichet.answers import actions, queries
from guichet.answers.actions import Change
from guichet.answers.errors import AnswerTooLong, BadPath, SheetFrozen
from guichet.answers.models import Answer, AnswerChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return actions.create_sheet()


def save(sheet, *changes, actor=None, key=""):
    return actions.save(actor=actor, sheet=sheet, changes=[Change(*change) for change in changes], request_key=key)


def test_a_first_answer_has_version_one_and_its_author(sheet, person):
    ada = person("Ada Lovelace")
    saved = save(sheet, ("legal_name", "Acme inc."), actor=ada)
    assert saved.versions == {"legal_name": 1}
    assert saved.conflicts == ()
    stored = queries.answers(sheet)["legal_name"]
    assert (stored.value, stored.version, stored.by, stored.at) == ("Acme inc.", 1, "Ada Lovelace", saved.at)
    assert Answer.objects.get().changed_by_id == ada.pk


def test_every_kind_of_value_comes_back_as_it_went(sheet):
    given = {
        "a_text": "é « ’ 🎉 \u00a0",
        "a_number": 42,
        "a_flag": False,
        "a_list": ["b", "a"],
        "a_file": {"file": "x", "size": 3},
        "unread": {"unreadable": "12 août?"},
        "activities.k3v9x2ma": 1,
    }
    save(sheet, *given.items())
    assert queries.values(sheet) == given


def test_the_version_seen_may_be_followed_by_a_change(sheet):
    save(sheet, ("legal_name", "a"))
    assert save(sheet, ("legal_name", "b", 1)).versions == {"legal_name": 2}
    assert queries.values(sheet) == {"legal_name": "b"}


def test_a_stale_change_writes_nothing_and_hands_both_texts_back(sheet, person):
    ada, bob = person("Ada"), person("Bob")
    save(sheet, ("legal_name", "a"), actor=ada)
    later = save(sheet, ("legal_name", "b", 1), actor=bob)
    saved = save(sheet, ("legal_name", "mine", 1), ("web_site", "x", 0), actor=ada)
    (conflict,) = saved.conflicts
    assert (conflict.path, conflict.mine, conflict.theirs) == ("legal_name", "mine", "b")
    assert (conflict.version, conflict.by, conflict.at) == (2, "Bob", later.at)
    assert saved.versions == {"web_site": 1}
    assert queries.values(sheet) == {"legal_name": "b", "web_site": "x"}


def test_a_first_answer_given_twice_is_a_conflict(sheet):
    save(sheet, ("legal_name", "a"))
    assert [conflict.theirs for conflict in save(sheet, ("legal_name", "b")).conflicts] == ["a"]


def test_an_equal_value_makes_no_new_version(sheet):
    save(sheet, ("legal_name", "a"))
    assert save(sheet, ("legal_name", "a", 1)).versions == {"legal_name": 1}
    assert save(sheet, ("legal_name", "a", 0)).versions == {"legal_name": 1}
    assert AnswerChange.objects.filter(sheet=sheet).count() == 1


@pytest.mark.parametrize(("before", "after"), [(1, True), (0, False), ("1", 1), ([], None), ("", None), ({}, [])])
def test_what_python_calls_equal_an_answer_does_not(sheet, before, after):
    save(sheet, ("a_value", before))
    assert save(sheet, ("a_value", after, 1)).versions == {"a_value": 2}
    assert queries.values(sheet)["a_value"] is after or queries.values(sheet)["a_value"] == after


def test_a_blank_where_nothing_stood_makes_no_row(sheet):
    assert save(sheet, ("legal_name", None)).versions == {"legal_name": 0}
    assert queries.answers(sheet) == {}


def test_a_cleared_answer_is_kept_as_blank(sheet):
    save(sheet, ("legal_name", "a"))
    save(sheet, ("legal_name", None, 1))
    assert queries.values(sheet) == {"legal_name": None}
    assert [change.value for change in queries.history(sheet, "legal_name")] == ["a", None]


def test_a_text_for_an_answer_that_never_was_is_not_lost(sheet):
    assert save(sheet, ("legal_name", "a", 7)).versions == {"legal_name": 1}


def test_a_retry_is_recognized_by_its_key(sheet):
    save(sheet, ("legal_name", "a"))
    first = save(sheet, ("legal_name", "b", 1), ("web_site", "w"), key="k1")
    again = save(sheet, ("legal_name", "b", 1), ("web_site", "w"), key="k1")
    assert again.versions == first.versions == {"legal_name": 2, "web_site": 1}
    assert again.conflicts == ()
    assert AnswerChange.objects.filter(sheet=sheet).count() == 3


def test_a_retry_that_comes_after_somebody_elses_change_is_no_conflict_and_undoes_nothing(sheet):
    save(sheet, ("legal_name", "mine"), key="k1")
    save(sheet, ("legal_name", "theirs", 1), key="k2")
    assert save(sheet, ("legal_name", "mine"), key="k1").versions == {"legal_name": 1}
    assert queries.values(sheet) == {"legal_name": "theirs"}
    assert [conflict.theirs for conflict in save(sheet, ("legal_name", "mine"), key="k3").conflicts] == ["theirs"]


def test_a_key_used_again_for_other_text_is_a_new_request(sheet):
    save(sheet, ("legal_name", "a"), key="k1")
    assert save(sheet, ("legal_name", "b", 1), key="k1").versions == {"legal_name": 2}


def test_a_key_says_nothing_about_another_sheet(sheet):
    save(sheet, ("legal_name", "a"), key="k1")
    assert save(actions.create_sheet(), ("legal_name", "a"), key="k1").versions == {"legal_name": 1}


@pytest.mark.parametrize("number", [1, 50, 400])
def test_a_batch_costs_one_statement_whatever_its_size(sheet, person, number):
    ada = person()
    save(sheet, *[(f"q{n}", "old") for n in range(0, number, 2)], actor=ada)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        saved = save(sheet, *[(f"q{n}", "new", 1 - n % 2) for n in range(number)], actor=ada, key="k")
    assert len(saved.versions) == number
    assert len(captured) == 1, [query["sql"][:80] for query in captured]
    with CaptureQueriesContext(connection) as captured:
        assert len(queries.answers(sheet)) == number
    assert len(captured) == 1


def test_an_empty_batch_costs_nothing(sheet, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert save(sheet).versions == {}


def test_nul_and_broken_characters_cannot_break_a_save(sheet):
    save(sheet, ("a_text", "a\x00b\ud800c"), ("a_dict", {"unreadable": "\x00"}))
    assert queries.values(sheet) == {"a_text": "ab?c", "a_dict": {"unreadable": ""}}
    assert save(sheet, ("a_text", "a\x00b\ud800c", 1)).versions == {"a_text": 1}


@pytest.mark.parametrize("path", ["", "a b", "../x", "a.b", "x" * 500, "a\x00"])
def test_a_forged_path_is_refused_and_nothing_is_written(sheet, path):
    with pytest.raises(BadPath):
        save(sheet, ("legal_name", "a"), (path, "x"))
    assert queries.values(sheet) == {}


def test_a_path_given_twice_is_a_mistake(sheet):
    with pytest.raises(ValueError, match="legal_name"):
        save(sheet, ("legal_name", "a"), ("legal_name", "b"))


def test_an_endless_text_is_refused_with_the_limit(sheet):
    with pytest.raises(AnswerTooLong) as refused:
        save(sheet, ("a_text", "x" * 10_000_000))
    assert refused.value.field == "a_text"
    assert refused.value.params == {"limit": actions.LONGEST_VALUE}


def test_sheets_do_not_see_each_other(sheet):
    other = actions.create_sheet()
    save(sheet, ("legal_name", "a"))
    assert queries.values(other) == {}
    assert queries.history(other) == []


def test_history_keeps_every_value_in_order(sheet, person):
    ada, bob = person("Ada"), person("Bob")
    save(sheet, ("legal_name", "a"), actor=ada)
    save(sheet, ("web_site", "w"), actor=ada)
    save(sheet, ("legal_name", "b", 1), actor=bob)
    assert [(c.path, c.value, c.version, c.changed_by_name) for c in queries.history(sheet)] == [
        ("legal_name", "a", 1, "Ada"),
        ("web_site", "w", 1, "Ada"),
        ("legal_name", "b", 2, "Bob"),
    ]
    assert [change.value for change in queries.history(sheet, "web_site")] == ["w"]


def refused_by_the_database(act):
    with pytest.raises(DatabaseError, match=r"append-only|frozen"), transaction.atomic():
        act()


def test_history_cannot_be_changed_or_removed(sheet):
    save(sheet, ("legal_name", "a"))
    changes = AnswerChange.objects.filter(sheet=sheet)
    refused_by_the_database(lambda: changes.update(value="b"))
    refused_by_the_database(lambda: changes.delete())
    assert [change.value for change in queries.history(sheet)] == ["a"]


def test_a_frozen_sheet_takes_nothing_more_from_anybody(sheet):
    save(sheet, ("legal_name", "a"))
    actions.freeze(sheet)
    actions.freeze(sheet)
    with pytest.raises(SheetFrozen):
        save(sheet, ("legal_name", "b", 1))
    rows = Answer.objects.filter(sheet=sheet)
    now = rows.get().changed_at
    refused_by_the_database(lambda: rows.update(value="b"))
    refused_by_the_database(lambda: rows.delete())
    refused_by_the_database(lambda: rows.create(sheet=sheet, path="x", version=1, changed_at=now))
    refused_by_the_database(lambda: AnswerChange.objects.create(sheet=sheet, path="x", version=1, changed_at=now))
    refused_by_the_database(lambda: type(sheet).objects.filter(pk=sheet.pk).update(frozen_at=None))
    assert queries.values(sheet) == {"legal_name": "a"}


def test_an_answer_cannot_be_moved_onto_a_frozen_sheet(sheet):
    frozen = actions.create_sheet()
    actions.freeze(frozen)
    save(sheet, ("legal_name", "a"))
    refused_by_the_database(lambda: Answer.objects.filter(sheet=sheet).update(sheet=frozen))
