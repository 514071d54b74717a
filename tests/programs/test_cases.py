"""Golden cases: every difference is shown where the expectation stands; cases that are not well written are refused."""

from pathlib import Path

import pytest

from guichet.mail import texts as letters
from guichet.programs.cases import read_cases
from guichet.programs.comparing import run
from guichet.programs.errors import Fault, PackageFaults
from guichet.programs.loading import load
from tests.programs.packages import documented, write

SOUND = """cases:
  - key: small
    day: 2030-03-04
    profile: {village: Baie-Verte, number: "123026635", people: "5 000"}
    account_profile: {mayor: Anne Roy}
    application:
      works:
        - {kind: road, start: 2030-03-18, cost: "20000"}
        - {kind: Salle, start: 2030-04-01, cost: "6 666,66 $"}
    expect:
      criteria: {people: met}
      shown: [application.works]
      hidden: []
      problems: {profile: {}, account_profile: {}, application: {}}
      totals: {cost: "26666.66", contribution: "20000", requested: "20000", own_share: "6666.66", above_ceiling: false}
      earliest_start: 2030-03-18
      refusals: []
      letters: [name: profile_received, name: criteria_met, name: account_profile_received, name: submission_received]
"""
BIGGER = """  - key: bigger
    from: small
    profile: {people: 5001}
    application: {works.1.start: 2030-03-15}
    expect:
      criteria: {people: not_met}
      problems: {application: {works.1.start: check}}
      refusals: [criteria_not_met, lead_time_too_short, incomplete]
      letters: [{name: profile_received}, {name: criteria_not_met}, {name: account_profile_received}]
"""


def tried(folder: Path, text: str) -> list[Fault]:
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "first.yaml").write_text(text, encoding="utf-8")
    return run(load(folder).definition, folder).faults


@pytest.fixture
def folder(tmp_path) -> Path:
    return write(tmp_path)


def test_cases_that_come_out_as_they_say(folder):
    assert tried(folder, SOUND + BIGGER) == []
    assert len(read_cases(folder)) == 2


def test_the_cases_of_the_documentation_come_out_as_they_say(tmp_path):
    folder = write(tmp_path, documented())
    assert run(load(folder).definition, folder) == (3, [], 0)


def test_an_edition_without_cases(folder):
    assert read_cases(folder) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("people: met", "people: not_met", (11, 26), "the criterion 'people' is met"),
        ("hidden: []", "hidden: [application.works]", (13, 16), "application.works is shown"),
        ("profile: {}, acc", "profile: {village: required}, acc", (14, 37), "village has the problem none"),
        ('requested: "20000"', 'requested: "19999.99"', (15, 68), "requested is 20000.00"),
        ("hidden: []", "hidden: [application.works.2.kind]", (13, 16), "application.works.2.kind is shown"),
        ("above_ceiling: false", "above_ceiling: true", (15, 114), "above_ceiling is false, not true"),
        ("above_ceiling: false", 'reductions: {ceiling: "1"}', (15, 111), 'reductions is {}, not {ceiling: "1"}'),
        ("earliest_start: 2030-03-18", "earliest_start: 2030-03-19", (16, 23), "the earliest start is 2030-03-18"),
        ("refusals: []", "refusals: [intake_closed]", (17, 17), "it is not refused: intake_closed"),
        ("day: 2030-03-04", "day: 2030-06-04", (14, 65), "works.1.start has the problem check"),
        ("start: 2030-03-18", "start: 2030-02-30", (14, 65), "works.1.start has the problem unreadable"),
        (
            "name: criteria_met",
            "name: criteria_not_met",
            (18, 16),
            "the letters are: profile_received, criteria_met",
        ),
        ("criteria: {people: met}", "criteria: {persons: met}", (11, 27), "no criterion 'persons'"),
        ("mayor: Anne", "mare: Anne", (5, 29), "no question 'mare'"),
        ("kind: road", "sort: road", (8, 18), "no column 'sort'"),
        ("shown: [application.works]", "shown: [application.work]", (12, 15), "no question 'application.work'"),
    ],
)
def test_a_difference_is_shown_where_it_is_expected(folder, before, after, place, message):
    assert before in SOUND
    faults = tried(folder, SOUND.replace(before, after, 1))
    assert (faults[0].file, faults[0].line, faults[0].column) == ("village-grants/2030/cases/first.yaml", *place), (
        faults
    )
    assert any(message in fault.message for fault in faults), faults


def test_a_problem_that_was_not_expected_is_shown_with_the_sentence_that_applicants_read(folder):
    faults = tried(folder, SOUND.replace("kind: road, start: 2030-03-18", "kind: road, start: 2030-03-17"))
    (sentence,) = [fault.message for fault in faults if "works.1.start" in fault.message]
    assert sentence == "small: works.1.start has the problem check (“This starts too early.”), not none"


DOCUMENTS = """
      - {key: deed, type: file, label: {en: Deed, fr: Acte}}
      - {key: plans, type: files, label: {en: Plans, fr: Plans}}
      - key: half
        type: calculated
        shown_as: money
        label: {en: Half, fr: Moitié}
        value: {product: [{sum: works.cost}, "0.5"]}
"""
NAMED = SOUND.replace("      works:\n", "      deed: deed.pdf\n      plans: [north.pdf, south.pdf]\n      works:\n")


@pytest.fixture
def documents(tmp_path) -> Path:
    """The example with two questions for documents and a calculation."""
    files = documented()
    files["village-grants/2030/application.yaml"] += DOCUMENTS.lstrip("\n")
    del files["village-grants/2030/cases/villages.yaml"]
    return write(tmp_path, files)


def test_a_document_is_written_by_its_name(documents):
    assert tried(documents, NAMED) == []


def test_one_of_several_documents_may_stand_alone_and_none_is_missing(documents):
    text = NAMED.replace("[north.pdf, south.pdf]", "north.pdf").replace("deed: deed.pdf", "deed: null")
    assert [fault.message for fault in tried(documents, text)] == [
        "small: deed has the problem required (“Attach a file.”), not none",
        "small: it is refused besides: incomplete",
        "small: the letters are: profile_received, criteria_met, account_profile_received",
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ('{application.half: "13333.33"}', None),
        ('{application.half: "13333.34"}', "small: application.half is 13333.33, not 13333.34"),
        ('{application.works.2.kind: hall, profile.people: "5000"}', None),
        ("{application.works.3.kind: hall}", "small: application.works.3.kind is blank or hidden, not hall"),
        ("{application.halves: '1'}", "small: there is no question 'application.halves'"),
        ("{applications.half: '1'}", "small: there is no question 'applications.half'"),
    ],
)
def test_an_answer_that_is_worked_out(documents, values, message):
    faults = tried(documents, NAMED.replace("      hidden: []\n", f"      values: {values}\n"))
    place = (15, 17 + values.index(": "))
    assert [(fault.line, fault.column) for fault in faults] == ([] if message is None else [place])
    assert all(fault.message.startswith(message) for fault in faults)


def test_a_subject_that_differs(folder):
    subject = 'criteria_met, subject: {en: "Criteria met", fr: Atteints}'
    faults = tried(folder, SOUND.replace("name: criteria_met", f"{{name: {subject}}}"))
    assert [(fault.line, fault.column) for fault in faults] == [(18, 71)]


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("from: small", "from: large", (20, 11), "there is no case 'large'"),
        ("from: small", "from: bigger", (20, 11), "in a circle"),
        ("key: bigger", "key: small", (19, 10), "more than once"),
        ("    from: small\n", "", (19, 5), "'day' is missing"),
        ("expect:", "expected:", (10, 5), "unknown key 'expected'"),
        ('requested: "20000"', 'requested: "20 000"', (15, 68), "not written as it must be"),
        ("people: met", "people: perhaps", (11, 26), "met"),
        ("people: 5001", "people: 50.1", (21, 23), "between quotes"),
    ],
)
def test_a_case_that_is_not_well_written(folder, before, after, place, message):
    with pytest.raises(PackageFaults) as caught:
        tried(folder, (SOUND + BIGGER).replace(before, after, 1))
    found = [fault for fault in caught.value.faults if message in fault.message]
    assert [(fault.line, fault.column) for fault in found] == [place], caught.value.faults


def test_a_file_that_is_no_case(folder):
    (folder / "cases").mkdir()
    (folder / "cases" / "notes.txt").write_text("?")
    with pytest.raises(PackageFaults, match="files called"):
        read_cases(folder)


def test_every_letter_that_cases_speak_of_is_one_that_the_portal_writes():
    names = {"profile_received", "criteria_met", "criteria_not_met", "account_profile_received", "submission_received"}
    assert names <= {name for _room, name in letters.found()}


def test_what_a_case_shares_with_the_one_it_begins_from_is_said_once(folder):
    small = SOUND.replace('requested: "20000"', 'requested: "19999"').replace("refusals: []", "refusals: [incomplete]")
    again = """  - key: same
    from: small
    expect: {totals: {requested: "19999"}, refusals: [incomplete]}
  - key: another
    from: same
    expect: {totals: {requested: "19999", cost: "1"}}
"""
    first = "cases:\n" + again.replace("from: same", "from: small") + small.removeprefix("cases:\n")
    assert [fault.message for fault in tried(folder, first)] == [
        "small: requested is 20000.00, not 19999",
        "small: it is not refused: incomplete",
        "another: cost is 26666.66, not 1",
    ]
    assert run(load(folder).definition, folder)._replace(faults=[]) == (3, [], 3)
