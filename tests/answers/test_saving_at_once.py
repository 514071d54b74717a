"""Two people, two tabs, two requests at the same moment: nothing is overwritten in silence, nothing is lost."""

import pytest
from django.db import transaction

from guichet.answers import actions, queries
from guichet.answers.actions import Change
from guichet.answers.errors import SheetFrozen
from guichet.answers.models import AnswerChange
from tests.kernel.together import together

pytestmark = pytest.mark.usefixtures("committed")


def saver(sheet, *changes, key=""):
    return lambda: actions.save(
        actor=None, sheet=sheet, changes=[Change(*change) for change in changes], request_key=key
    )


@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_on_one_answer_one_is_saved_and_the_other_is_told(seen):
    for _ in range(15):
        sheet = actions.create_sheet()
        if seen:
            saver(sheet, ("legal_name", "before"))()
        outcomes = together(saver(sheet, ("legal_name", "a", seen)), saver(sheet, ("legal_name", "b", seen)))
        saved = [outcome for outcome in outcomes if outcome.versions]
        told = [outcome for outcome in outcomes if outcome.conflicts]
        assert (len(saved), len(told)) == (1, 1), outcomes
        standing = queries.answers(sheet)["legal_name"]
        assert saved[0].versions == {"legal_name": standing.version} == {"legal_name": seen + 1}
        (conflict,) = told[0].conflicts
        assert conflict.theirs == standing.value
        assert {conflict.mine, conflict.theirs} == {"a", "b"}


def test_different_answers_are_all_saved():
    sheet = actions.create_sheet()
    outcomes = together(*[saver(sheet, (f"q{n}", n), (f"p{n}", n)) for n in range(8)])
    assert all(not outcome.conflicts for outcome in outcomes)
    assert queries.values(sheet) == {f"{letter}{n}": n for n in range(8) for letter in "pq"}


def test_batches_in_opposite_order_do_not_block_each_other():
    for _ in range(10):
        sheet = actions.create_sheet()
        paths = [f"q{n}" for n in range(30)]
        outcomes = together(
            saver(sheet, *[(path, "a") for path in paths]), saver(sheet, *[(path, "b") for path in reversed(paths)])
        )
        assert sorted(len(outcome.versions) for outcome in outcomes) == [0, 30]


def test_a_request_sent_several_times_at_once_is_one():
    sheet = actions.create_sheet()
    saver(sheet, ("legal_name", "before"))()
    outcomes = together(*[saver(sheet, ("legal_name", "after", 1), ("web_site", "w"), key="once")] * 6)
    assert [outcome.versions for outcome in outcomes] == [{"legal_name": 2, "web_site": 1}] * 6
    assert AnswerChange.objects.filter(sheet=sheet, request_key="once").count() == 2


def test_no_save_slips_in_after_the_freeze():
    for _ in range(15):
        sheet = actions.create_sheet()

        def submit(sheet=sheet):
            with transaction.atomic():
                actions.freeze(sheet)
                return queries.values(sheet)

        snapshot, outcome = together(submit, saver(sheet, ("legal_name", "late")))
        assert isinstance(outcome, SheetFrozen) or snapshot == {"legal_name": "late"}, (snapshot, outcome)
        assert queries.values(sheet) == snapshot


def test_a_crowd_on_one_answer_loses_no_value():
    """Ten writers, each trying again from the version they were told: every value is in the history, once."""
    sheet = actions.create_sheet()

    def insist(value):
        def act():
            seen = 0
            while True:
                saved = saver(sheet, ("legal_name", value, seen))()
                if saved.versions:
                    return saved.versions["legal_name"]
                seen = saved.conflicts[0].version

        return act

    versions = together(*[insist(f"value {n}") for n in range(8)])
    assert sorted(versions) == list(range(1, 9))
    assert {change.value for change in queries.history(sheet)} == {f"value {n}" for n in range(8)}
