"""What a designer is told of the slips that are made most: at their place, once, with what to write instead."""

import pytest

from tests.programs.packages import changed
from tests.programs.test_bad_input import shown

COLON = "put a text that has a colon and a space between double quotes"
INDENT = "this line is not indented as those that it belongs with: let keys that belong together begin in one column"
QUOTE = "this quotation mark is not closed: end the text with another one"
# A figure that only application.yaml would use: nothing is said of it while that file cannot be read.
TRAVAUX = "title: {en: Works, fr: Travaux}"


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "message"),
    [
        ("application.yaml", TRAVAUX, "title:\n      en: Works\n      fr: Travaux : liste", (6, 19), COLON),
        (
            "attestations.yaml",
            "fr: Ce que je déclare",
            "fr: Je déclare : tout",
            (4, 54),
            f"{COLON}, and a comma between what stands inside {{ }}",
        ),
        ("application.yaml", "    title: {en: Works", "   title: {en: Works", (4, 4), INDENT),
        ("application.yaml", "        type: table", "         type: table", (10, 14), INDENT),
        ("application.yaml", "        type: table", "       type: table", (10, 8), INDENT),
        ("application.yaml", "              - {key: hall", "             - {key: hall", (21, 14), INDENT),
        ("application.yaml", 'up to {cost.ceiling:money}."', "up to {cost.ceiling:money}.", (6, 11), QUOTE),
        ("attestations.yaml", "{en: What I", "{en: 'What I", (4, 16), QUOTE),
        ("edition.yaml", 'share: "0.75"', 'share: "0.75', (15, 65), QUOTE),
        (
            "application.yaml",
            "fr: Chemin}}",
            "fr: Chemin}",
            (20, 17),
            "this { is not closed: write } where what it holds ends",
        ),
        (
            "application.yaml",
            "fr: Travaux}",
            "fr: Travaux",
            (4, 12),
            "this { is not closed: write } where what it holds ends",
        ),
        (
            "application.yaml",
            "        type: table",
            "\ttype: table",
            (10, 1),
            "begin the line with spaces, not with a tab",
        ),
        (
            "attestations.yaml",
            "en: What I state",
            "en: @ What I state",
            (4, 16),
            "put a text that begins with @ between double quotes",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_mend_and_nothing_that_follows(
    tmp_path, file, before, after, place, message
):
    folder = changed(tmp_path, file, before, after)
    if file != "edition.yaml":
        edition = folder / "edition.yaml"
        text = edition.read_text(encoding="utf-8")
        edition.write_text(text.replace("maximum: 5000", "maximum: 5000\n  letter_above: 3"), encoding="utf-8")
    assert shown(folder) == [(file, *place, message)]


INVITED = """    questions:
      - {key: invited, type: yes_no, label: {en: Invited, fr: Invité}}
      - {key: which, type: short_text, label: {en: Which, fr: Lequel}, visible: %s}
"""
NESTED = """    questions:
      - key: outside
        type: group
        label: {en: Group, fr: Groupe}
        questions:
          - key: inside
            type: group
            label: {en: Group, fr: Groupe}
            questions:
              - {key: which, type: short_text, label: {en: Which, fr: Lequel}}
"""
EXACT = 'write a whole number, or a decimal number between quotes ("0.50")'
TRUTH = "a yes/no is compared with true or false, without quotes"
EMPTY = "    questions:\n  - key: other\n    title: {en: Other, fr: Autre}\n    questions:\n"
LIST = "a list (lines that begin with a dash) is expected here"
ROW = "there is no question {!r} outside of this row; write {{row: start}}"


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "message"),
    [
        (
            "application.yaml",
            "type: money",
            "type: money\n            required: no",
            (30, 23),
            "write true or false, or a rule, as in {answered: {answer: …}}",
        ),
        ("application.yaml", "    questions:\n", INVITED % "{equals: [{answer: invited}, yes]}", (10, 81), TRUTH),
        ("application.yaml", "    questions:\n", INVITED % "{one_of: [{answer: invited}, [oui]]}", (10, 81), TRUTH),
        ("application.yaml", "[{row: start}", "[{answer: start}", (26, 47), ROW.format("start")),
        ("application.yaml", "[{row: start}", "[{answer: works.start}", (26, 47), ROW.format("works.start")),
        ("edition.yaml", 'share: "0.75"', 'share: "75 %"', (15, 43), 'a number is expected here; write "0.75"'),
        ("edition.yaml", '"20000"}', "4 000 $}", (15, 60), "a number is expected here; write 4000"),
        (
            "edition.yaml",
            '"20000"}',
            "many}",
            (15, 60),
            EXACT,
        ),
        ("edition.yaml", "5000", "$5,000.50", (11, 19), 'a number is expected here; write "5000.50"'),
        ("edition.yaml", "days: 10", "days: 10 jours", (14, 19), EXACT),
        ("application.yaml", "rows_max: 10", "rows_max: 1 0%", (14, 19), "a whole number is expected here, as in 4000"),
        ("profile.yaml", "    questions:\n", EMPTY, (5, 5), LIST),
    ],
)
def test_a_slip_is_said_once_with_its_mend(tmp_path, file, before, after, place, message):
    assert shown(changed(tmp_path, file, before, after)) == [(file, *place, message)]


def test_a_group_in_a_group(tmp_path):
    ((file, *place, message),) = shown(changed(tmp_path, "application.yaml", "    questions:\n", NESTED))
    assert (file, place) == ("application.yaml", [14, 19])
    assert message.startswith("a group holds no other group; it may hold: attestation, business_number")


def test_a_number_that_is_none_is_the_only_fault_where_options_refer_to_it(tmp_path):
    folder = changed(tmp_path, "edition.yaml", "people_maximum: 5000", 'people_maximum: 5000\n  part: "75 %"')
    edition = folder / "edition.yaml"
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text.replace('share: "0.75"', "share: {number: part}"), encoding="utf-8")
    assert shown(folder) == [("edition.yaml", 12, 9, 'a number is expected here; write "0.75"')]


def test_a_truth_beside_a_question_that_is_a_text_is_no_matter_of_yes_or_no(tmp_path):
    rule = "rule: {at_most: [{answer: people}, {number: people_maximum}]}"
    other = f"rule: {{all: [{{equals: [{{answer: village}}, true]}}, {rule.removeprefix('rule: ')}]}}"
    messages = {fault[3] for fault in shown(changed(tmp_path, "eligibility.yaml", rule, other))}
    assert "equals cannot compare text with truth" in messages
