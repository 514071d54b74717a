"""What the cost of an edition refers to must be in its application; the fault is shown at its place."""

import pytest

from guichet.programs.errors import PackageFaults
from guichet.programs.loading import load
from tests.programs.packages import changed

COST = 'cost: {table: works, amount: cost, share: "0.75", ceiling: "20000"}'
TITLE = "title: {en: Cap, fr: Plafond}"


def loaded(folder, more: str):
    """The example of the documentation with more in its ``cost``."""
    return load(changed(folder, "edition.yaml", COST, COST.replace("}", f", {more}}}")))


def test_the_whole_of_the_grammar_is_sound(tmp_path):
    caps = (
        f"unit_caps: [{{key: daily, {TITLE}, amount: cost, rate: {{number: people_maximum}},"
        f" units: [{{column: cost, limit: 5}}], in_all: 90}}],"
        f" category_caps: [{{key: halls, {TITLE}, column: kind, options: [hall], limit: {{number: people_maximum}},"
        ' share: "0.5", of: [road]}],'
        ' stacking: {limit: "0.8", other: [works.cost]}, yearly_limit: {limit: 30000, date: start}'
    )
    cost = loaded(tmp_path, caps).definition.cost
    assert list(cost.reducers()) == ["daily", "halls", "stacking", "ceiling", "yearly"]
    assert (cost.unit_caps[0].rate, cost.category_caps[0].limit) == (5000, 5000)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            f'unit_caps: [{{key: a, {TITLE}, amount: diem, rate: "6", units: [{{column: cost}}]}}]',
            "the application has no question 'works.diem'",
        ),
        (
            f'unit_caps: [{{key: a, {TITLE}, amount: cost, rate: "6", units: [{{column: start}}]}}]',
            "the question 'works.start' is not an amount",
        ),
        (
            f"category_caps: [{{key: a, {TITLE}, column: kind, options: [road, roof], limit: 1}}]",
            "'works.kind' has no option 'roof'",
        ),
        (
            f'category_caps: [{{key: a, {TITLE}, column: kind, options: [road], share: "0.5", of: [roof]}}]',
            "'works.kind' has no option 'roof'",
        ),
        (
            f"category_caps: [{{key: a, {TITLE}, column: cost, options: [road], limit: 1}}]",
            "the application has no question with options 'works.cost'",
        ),
        ('stacking: {limit: "0.8", other: [works.grants]}', "the application has no question 'works.grants'"),
        ('stacking: {limit: "0.8", other: [works.kind]}', "the question 'works.kind' is not an amount"),
        ("yearly_limit: {limit: 1, date: cost}", "the question 'works.cost' is not a date"),
    ],
)
def test_what_is_not_there_is_said_at_its_place(tmp_path, more, message):
    with pytest.raises(PackageFaults) as caught:
        loaded(tmp_path, more)
    (fault,) = caught.value.faults
    assert fault.message == message
    assert (fault.file, fault.line) == ("village-grants/2030/edition.yaml", 15)
