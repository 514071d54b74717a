"""“Did you mean …?”: every name that a package refers to and nothing has, with the nearest one, where it stands."""

import pytest

from guichet.kernel.near import meant
from guichet.programs.comparing import run
from guichet.programs.errors import PackageFaults
from guichet.programs.loading import load
from tests.programs.packages import KEY, changed, documented, example, write

# A section with questions of several kinds, after what the example has.
MORE = """  - key: more
    title: {en: More, fr: Suite}
    questions:
      - key: colours
        type: choices
        required: false
        label: {en: Colours, fr: Couleurs}
        choices: [{key: red, label: {en: Red, fr: Rouge}}, {key: green, label: {en: Green, fr: Vert}}]
      - key: country
        type: country
        required: false
        label: {en: Country, fr: Pays}
      - key: note
        type: short_text
        required: false
        label: {en: Note, fr: Note}
        visible: RULE
"""


@pytest.mark.parametrize(
    ("wanted", "known", "near"),
    [
        ("emploees", ["revenue", "employees"], "employees"),
        ("Employees", ["employees"], "employees"),
        ("at most", ["at_most", "at_least"], "at_most"),
        ("cost", ["activities.start", "activities.cost"], "activities.cost"),
        ("activities.csot", ["activities", "activities.start", "activities.cost"], "activities.cost"),
        ("activites.cost", ["activities", "activities.start", "activities.cost"], "activities.cost"),
        ("activities.xyz", ["activities", "activities.start", "activities.cost"], ""),
        ("gone", ["from", "rent"], ""),
        (3, ["three"], ""),
        ("anything", [], ""),
    ],
)
def test_what_was_meant(wanted, known, near):
    assert meant(wanted, known) == (f" (did you mean {near!r}?)" if near else "")


def test_a_name_that_is_known_is_not_proposed_to_who_wrote_it():
    assert meant("cost", ["cost"]) == ""


def only(folder, written, message, file):
    """The one fault of a package that says this stands in that file, where ``written`` does."""
    with pytest.raises(PackageFaults) as found:
        load(folder)
    (fault,) = [fault for fault in found.value.faults if message in fault.message]
    lines = (folder.parents[1] / fault.file).read_text(encoding="utf-8").splitlines()
    assert fault.file.rpartition("/")[2] == file
    assert lines[fault.line - 1][fault.column - 1 :].startswith(written), (fault, lines[fault.line - 1])


@pytest.mark.parametrize(
    ("rule", "written", "message"),
    [
        ("{answered: {answer: colour}}", "colour}", "no question 'colour' (did you mean 'colours'?)"),
        ("{answered: {profile: poeple}}", "poeple}", "no question 'poeple' (did you mean 'people'?)"),
        ("{answered: {answr: colours}}", "answr:", "no term 'answr' (did you mean 'answer'?)"),
        ("{anwsered: {answer: colours}}", "anwsered:", "no rule 'anwsered' (did you mean 'answered'?)"),
        ("{includes: [{answer: colours}, gren]}", "gren]", "'colours' has no option 'gren' (did you mean 'green'?)"),
        ("{at_most: [{count: wroks}, 1]}", "wroks}", "no table 'wroks' (did you mean 'works'?)"),
        ("{at_most: [{sum: works.csot}, 1]}", "works.csot}", "no question 'works.csot' (did you mean 'works.cost'?)"),
        (
            "{at_most: [{sum: {of: {row: costs}, over: works}}, 1]}",
            "costs}",
            "the table 'works' has no column 'costs' (did you mean 'cost'?)",
        ),
        (
            "{at_most: [{count: {over: works, where: {equals: [{row: kind}, hal]}}}, 1]}",
            "hal]",
            "'kind' has no option 'hal' (did you mean 'hall'?)",
        ),
        ("{found_in: [{answer: country}, works.knid]}", "works.knid]", "'works.knid' (did you mean 'works.kind'?)"),
        (
            "{at_most: [{count: works}, {number: people_maximun}]}",
            "people_maximun}",
            "no number 'people_maximun' (did you mean 'people_maximum'?)",
        ),
    ],
)
def test_in_a_rule(tmp_path, rule, written, message):
    files = example()
    files[f"{KEY}/application.yaml"] += MORE.replace("RULE", rule)
    only(write(tmp_path, files), written, message, "application.yaml")


def test_in_a_rule_of_several_lines(tmp_path):
    files = example()
    rule = "\n          all:\n            - {answered: {answer: colours}}\n            - {answered: {answer: contry}}"
    files[f"{KEY}/application.yaml"] += MORE.replace(" RULE", rule)
    only(write(tmp_path, files), "contry}", "no question 'contry' (did you mean 'country'?)", "application.yaml")


@pytest.mark.parametrize(
    ("file", "before", "after", "written", "near"),
    [
        ("profile.yaml", "type: integer", "type: intger", "intger", "integer"),
        ("profile.yaml", "label: {en: Inhabitants", "labl: {en: Inhabitants", "labl", "label"),
        ("profile.yaml", "type: integer", "type: integer\n        mx: 5", "mx", "max"),
        ("profile.yaml", "    questions:", "    qestions:", "qestions", "questions"),
        ("profile.yaml", "sections:", "section:", "section", "sections"),
        ("application.yaml", "rows_min: 1", "row_min: 1", "row_min", "rows_min"),
        ("application.yaml", "rows_min: 1", "rows_min: 1\n        summary: [kind, csot]", "", "cost"),
        ("application.yaml", "key: kind\n", "key: kind\n            style: buton\n", "buton", "buttons"),
        ("application.yaml", "- rule: {on", "- rul: {on", "rul", "rule"),
        ("application.yaml", "{cost.share:percent}, up", "{cost.shar:percent}, up", "", "cost.share"),
        ("application.yaml", "{cost.ceiling:money}.\"\n      fr", "{cost.ceiling:mony}.\"\n      fr", "", "money"),
        ("eligibility.yaml", "criteria:", "criterea:", "criterea", "criteria"),
        ("eligibility.yaml", "meaning:", "meaninng:", "meaninng", "meaning"),
        ("edition.yaml", "begins:", "beginns:", "beginns", "begins"),
        ("edition.yaml", "table: works, column: start", "table: works, column: strat", "strat", "works.start"),
        ("edition.yaml", "table: works, amount: cost", "table: works, amount: csot", "csot", "works.cost"),
        ("edition.yaml", "legal_name: village", "legal_name: vilage", "vilage", "village"),
        ("edition.yaml", "lead_time: {days:", "lead_time: {day:", "day", "days"),
        ("edition.yaml", "intake_note:", "application_title: wokrs\nintake_note:", "wokrs", "works"),
        ("page.yaml", "question: works.kind", "question: works.knid", "works.knid", "works.kind"),
        ("page.yaml", "option: road", "option: raod", "raod", "road"),
        ("page.yaml", "page: register\n", "page: regsiter\n", "regsiter", "register"),
        ("help.yaml", "figures: [villages]", "figures: [vilages]", "vilages", "villages"),
        ("calendar.yaml", "rule: fixed", "rule: fixd", "fixd", "fixed"),
        ("calendar.yaml", "observed:", "observd:", "observd", "observed"),
        ("village-grants/program.yaml", "America/Halifax", "America/Halfax", "America/Halfax", "America/Halifax"),
        ("village-grants/program.yaml", "mailbox:", "mailbx:", "mailbx", "mailbox"),
    ],
)  # fmt: skip
def test_in_a_file(tmp_path, file, before, after, written, near):
    folder = changed(tmp_path, file, before, after)
    only(folder, written, f"(did you mean {near!r}?)", file.rpartition("/")[2])


@pytest.mark.parametrize(
    ("letter", "placeholder", "message"),
    [
        ("profile_recieved", "name", "no letter 'profile_recieved' (did you mean 'profile_received'?)"),
        ("criteria_met", "nam", "has no {nam} (did you mean 'name'?)"),
    ],
)
def test_in_letters(tmp_path, letter, placeholder, message):
    own = f'letters: {{{letter}: {{en: "Subject: A\\n{{{placeholder}}}", fr: "Objet : B\\n{{{placeholder}}}"}}}}'
    with pytest.raises(PackageFaults) as found:
        load(changed(tmp_path, "letters.yaml", "letters: {}", own))
    assert message in str(found.value)


def test_the_name_of_a_file(tmp_path):
    files = example()
    files[f"{KEY}/aplication.yaml"] = files[f"{KEY}/application.yaml"]
    with pytest.raises(PackageFaults, match=r"aplication.yaml:1:1: unknown file \(did you mean 'application.yaml'\?\)"):
        load(write(tmp_path, files))


@pytest.mark.parametrize(
    ("before", "after", "near"),
    [
        ("{village: Baie-Verte", "{vilage: Baie-Verte", "village"),
        ("{works.1.start: 2030-03-17}", "{works.1.strat: 2030-03-17}", "works.1.start"),
        ("- {kind: road", "- {knid: road", "kind"),
        ("criteria: {people: met}", "criteria: {poeple: met}", "people"),
        ("{application: {works.1.start: check}}", "{application: {wroks.1.start: check}}", "works.1.start"),
        ("refusals: []", "refusals: []\n      hidden: [application.wroks]", "application.works"),
        ("refusals: []", "refusals: []\n      values: {aplication.works.1.cost: '1'}", "application.works.1.cost"),
    ],
)
def test_in_a_golden_case(tmp_path, before, after, near):
    files = documented()
    name = f"{KEY}/cases/villages.yaml"
    assert before in files[name]
    files[name] = files[name].replace(before, after, 1)
    folder = write(tmp_path, files)
    faults = run(load(folder).definition, folder).faults
    assert any(f"(did you mean {near!r}?)" in fault.message for fault in faults), faults


def test_the_case_that_another_begins_from(tmp_path):
    files = documented()
    name = f"{KEY}/cases/villages.yaml"
    files[name] = files[name].replace("from: small-village", "from: smal-village", 1)
    folder = write(tmp_path, files)
    with pytest.raises(PackageFaults, match=r"no case 'smal-village' \(did you mean 'small-village'\?\)"):
        run(load(folder).definition, folder)
