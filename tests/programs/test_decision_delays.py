"""Delays of the decision that rules choose: checked with the package."""

import pytest

from guichet.programs.errors import PackageFaults
from guichet.programs.loading import load
from tests.programs.packages import changed

STANDARDS = "  profile_examination: 3\n"


def faults(folder, delays, standards=f"{STANDARDS}  decision: 40\n"):
    """What the check says of an edition with these delays."""
    with pytest.raises(PackageFaults) as found:
        load(changed(folder, "edition.yaml", STANDARDS, f"{standards}decision_delays:\n{delays}\n"))
    return [(fault.file.rpartition("/")[2], fault.line, fault.message) for fault in found.value.faults]


def test_a_rule_over_the_application_chooses(tmp_path):
    delays = "  - {when: {more_than: [{sum: works.cost}, {number: people_maximum}]}, days: 80}"
    folder = changed(tmp_path, "edition.yaml", STANDARDS, f"{STANDARDS}  decision: 40\ndecision_delays:\n{delays}\n")
    edition = load(folder).definition
    for cost, days in (("5000", 40), ("5000.01", 80)):
        values = {"works.aaaaaaaa": 0, "works.aaaaaaaa.cost": cost}
        assert edition.decision_days(edition.context("application", values)) == days
    assert edition.decision_days(edition.context("application", {})) == 40


def test_an_edition_that_promises_nothing(tmp_path):
    edition = load(changed(tmp_path, "edition.yaml", STANDARDS, STANDARDS)).definition
    assert edition.decision_days(edition.context("application", {})) is None


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{answered: {answer: wroks}}", "there is no question 'wroks' (did you mean 'works'?)"),
        ("{answered: {answer: people}}", "there is no question 'people'"),
        ("{all: [{more_than: [{count: works}, 1]}, {not: {more_than: [{count: works}, 1]}}]}", "is never chosen"),
    ],
)
def test_a_rule_that_cannot_choose_is_said_at_its_line(tmp_path, rule, message):
    ((file, line, said),) = faults(tmp_path, f"  - {{days: 80, when: {rule}}}")
    assert (file, line) == ("edition.yaml", 16)
    assert message in said


def test_the_general_delay_is_needed_too(tmp_path):
    delays = "  - {when: {answered: {answer: works}}, days: 80}"
    ((_file, _line, said),) = faults(tmp_path, delays, STANDARDS)
    assert said == "service_standards needs 'decision' as well: the delay where no rule holds"
