"""What a package may not say, and where the fault is shown."""

from decimal import Decimal
from pathlib import Path

import pytest

from guichet.programs.errors import Fault, PackageFaults
from guichet.programs.loading import load
from tests.programs.packages import KEY, changed, example, write

NBSP = "\N{NO-BREAK SPACE}"


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(PackageFaults) as caught:
        load(folder)
    return caught.value.faults


def only(folder: Path) -> Fault:
    faults = faults_of(folder)
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0]


def test_the_example_of_the_documentation_is_complete_and_sound(tmp_path):
    definition = load(write(tmp_path)).definition
    assert (definition.program.key, definition.key) == ("village-grants", "2030")
    assert definition.program.name.fr == "Subventions aux villages"
    assert definition.numbers == {"people_maximum": Decimal(5000)}
    assert [category.title.en for category in definition.categories] == ["Road", "Hall"]


def test_a_year_is_quoted_without_a_sign_between_its_digits(tmp_path):
    whole = "meaning: {en: The village is small., fr: Le village est petit.}"
    quoting = 'meaning: {en: "Since {numbers.people_maximum:year}.", fr: "Depuis {numbers.people_maximum:year}."}'
    meaning = load(changed(tmp_path, "eligibility.yaml", whole, quoting)).definition.criteria[0].meaning
    assert (meaning.en, meaning.fr) == ("Since 5000.", "Depuis 5000.")


def test_texts_quote_the_figures_in_the_manner_of_each_language(tmp_path):
    definition = load(write(tmp_path)).definition
    assert definition.application.sections[0].intro.en == "The program pays 75%, up to $20,000."
    assert definition.application.sections[0].intro.fr == (
        f"Le programme paie 75{NBSP}%, jusqu’à concurrence de 20{NBSP}000{NBSP}$."
    )
    assert definition.criteria[0].title.fr == f"Au plus 5{NBSP}000 habitants"


def test_the_same_text_gives_the_same_hash_and_a_comment_changes_nothing(tmp_path):
    first = load(write(tmp_path / "a")).hash
    commented = changed(tmp_path / "b", "edition.yaml", "begins: 2030-01-01", "begins: 2030-01-01 # our default")
    other = changed(tmp_path / "c", "edition.yaml", "people_maximum: 5000", "people_maximum: 5001")
    assert load(commented).hash == first
    assert load(other).hash != first


# (file, text, what replaces it, line and column of the fault, what the message says)
FAULTS = [
    ("edition.yaml", "begins: 2030-01-01", "begins: 2030-02-30", (3, 9), "a date is expected"),
    ("edition.yaml", "begins: 2030-01-01", "begin: 2030-01-01", (3, 1), "unknown key 'begin'"),
    ("edition.yaml", "people_maximum: 5000", "people_maximum: 0.5", (11, 19), "between quotes"),
    ("edition.yaml", "people_maximum: 5000", "people_maximum: true", (11, 19), "whole number"),
    ("edition.yaml", "12:00:00-04:00", "12:00:00", (19, 12), "offset of the time zone"),
    ("edition.yaml", "2030-05-29T", "2029-05-29T", (20, 13), "closes before it opens"),
    ("edition.yaml", "column: start", "column: begin", (14, 57), "no question 'works.begin'"),
    ("edition.yaml", "column: start", "column: cost", (14, 57), "is not a date"),
    ("edition.yaml", "days: 10", "days: true", (14, 19), "whole number"),
    ("edition.yaml", "days: 10", "days: 1001", (14, 19), "less than or equal to 1000"),
    ("edition.yaml", "examination: 3", "examination: -3", (13, 24), "greater than or equal to 0"),
    ("edition.yaml", "people_maximum: 5000", 'people_maximum: "NaN"', (11, 19), "whole number"),
    ("edition.yaml", 'guide: "2", table', 'guide: "7", table', (14, 30), "no section 7"),
    ("edition.yaml", "legal_name: village", "legal_name: town", (22, 28), "no question 'town'"),
    ("edition.yaml", "key: spring", "key: Spring", (17, 10), "not written as it must be"),
    ("edition.yaml", "begins: 2030-01-01", "begins: 2030-01-01\nkey: 2031", (4, 1), "does not belong"),
    ("profile.yaml", "type: integer", "type: intger", (13, 15), "did you mean 'integer'"),
    ("profile.yaml", "{en: Name, fr: Nom}", "{en: Name}", (8, 16), "French text (fr) is missing"),
    ("profile.yaml", "{en: Name, fr: Nom}", "{en: Name, fr: ''}", (8, 31), "French text (fr) is empty"),
    ("profile.yaml", "{en: Name, fr: Nom}", "{en: Name, fr: Nom, de: Name}", (8, 36), "unknown key 'de'"),
    ("profile.yaml", "- key: village\n        type", "- key: village\n        typ", (6, 9), "'type' is missing"),
    ("profile.yaml", "- key: number", "- key: village", (9, 14), "more than once; it stands on line 6 of profile.yaml"),
    ("profile.yaml", "- key: number", "- key: number\n        key: twice", (10, 9), "given twice; it stands on line 9"),
    ("eligibility.yaml", "{answer: people}", "{answer: person}", (8, 31), "no question 'person'"),
    (
        "eligibility.yaml",
        "{number: people_maximum}",
        "{number: people}",
        (8, 49),
        "no number 'people' (did you mean 'people_maximum'?)",
    ),
    ("eligibility.yaml", "{at_most:", "{atmost:", (8, 12), "no rule 'atmost' (did you mean 'at_most'?)"),
    ("eligibility.yaml", "{numbers.people_maximum} hab", "5000 hab", (5, 7), "do not quote the same"),
    ("eligibility.yaml", "criteria:", "criterions:", (2, 1), "does not belong in this file"),
    ("application.yaml", "concurrence de {cost.ceiling:money}", "{cost.ceiling:euro}", (7, 11), "no format 'euro'"),
    ("application.yaml", "up to {cost.ceiling:money}", "up to {cost.roof:money}", (6, 11), "no value 'cost.roof'"),
    ("attestations.yaml", "- key: truth", "- &x {key: truth, text: *x}\n  - key: truth", (3, 5), "alias"),
    ("help.yaml", "figures: [villages]", "figures: [towns]", (6, 15), "no figure 'towns'"),
    ("help.yaml", "fr: etapes", "fr: Étapes", (4, 27), "small letters"),
    ("page.yaml", "option: hall", "option: house", (12, 16), "no option 'house'"),
    ("page.yaml", "page: register\n", "page: registration\n", (17, 11), "'register'"),
    ("letters.yaml", "letters: {}", "letters: {no_such: {en: a, fr: b}}", (2, 20), "no letter 'no_such'"),
    ("calendar.yaml", "month: 1, day: 1", "month: 2, day: 30", (5, 5), "month 2 has no day 30"),
]


@pytest.mark.parametrize(("file", "before", "after", "place", "message"), FAULTS)
def test_a_fault_is_shown_at_its_line_and_column(tmp_path, file, before, after, place, message):
    faults = faults_of(changed(tmp_path, file, before, after))
    shown = [fault for fault in faults if message in fault.message]
    assert shown, "\n".join(map(str, faults))
    assert shown[0].file == f"{KEY}/{file}"
    assert (shown[0].line, shown[0].column) == place, str(shown[0])


def test_a_fault_of_the_program_is_shown_in_its_own_file(tmp_path):
    fault = only(changed(tmp_path, "village-grants/program.yaml", "America/Halifax", "America/Hali"))
    assert (fault.file, fault.line, fault.column) == ("village-grants/program.yaml", 8, 7)


def test_every_fault_is_found_at_once(tmp_path):
    files = example()
    files[f"{KEY}/profile.yaml"] = files[f"{KEY}/profile.yaml"].replace("fr: Nom}", "de: Name}")
    files[f"{KEY}/calendar.yaml"] = "first_year: [\n"
    files[f"{KEY}/help.yaml"] = files[f"{KEY}/help.yaml"].replace("slug:", "slog:")
    del files[f"{KEY}/letters.yaml"]
    files[f"{KEY}/notes.txt"] = "?"
    faults = faults_of(write(tmp_path, files))
    assert {fault.file.rsplit("/", 1)[1] for fault in faults} == {
        "profile.yaml",
        "calendar.yaml",
        "help.yaml",
        "letters.yaml",
        "notes.txt",
    }
    assert not [fault for fault in faults if fault.message == "'calendar' is missing"], "said once is enough"


def test_a_fault_of_one_file_hides_none_of_another(tmp_path):
    """How one file is written, and what another refers to, are found in the same pass."""
    files = example()
    files[f"{KEY}/profile.yaml"] = files[f"{KEY}/profile.yaml"].replace("fr: Nom}", "de: Name}")
    files[f"{KEY}/application.yaml"] = files[f"{KEY}/application.yaml"].replace("type: date", "type: dat")
    files[f"{KEY}/edition.yaml"] = files[f"{KEY}/edition.yaml"].replace("2030-05-29T", "2029-05-29T")
    files[f"{KEY}/help.yaml"] = files[f"{KEY}/help.yaml"].replace("figures: [villages]", "figures: [towns]")
    faults = faults_of(write(tmp_path, files))
    assert [(fault.file.rsplit("/", 1)[1], fault.line, fault.column) for fault in faults] == [
        ("application.yaml", 23, 19),
        ("edition.yaml", 20, 13),
        ("help.yaml", 6, 15),
        ("profile.yaml", 8, 16),
        ("profile.yaml", 8, 27),
    ]


APPLICATION = """
      - key: first
        type: yes_no
        visible: {equals: [{answer: second}, true]}
        label: {en: One, fr: Un}
      - key: second
        type: yes_no
        visible: {equals: [{answer: first}, true]}
        label: {en: Two, fr: Deux}
"""


@pytest.mark.parametrize(
    ("before", "after", "steps", "message"),
    [
        ("{row: start}, {earliest", "{row: begin}, {earliest", (26, 44), "no column 'begin'"),
        ("on_or_after: [{row: start}", "at_most: [{row: cost}", (26, 23), "cannot compare"),
        ("{row: start}, {earliest", "{answer: works}, {earliest", (26, 23), "cannot compare rows with date"),
        ("rows_max: 10", "rows_max: {number: no_such}", (14, 19), "no number 'no_such'"),
        (
            "key: cost\n            type: money",
            "key: cost\n            type: calculated\n            value: {sum: works.fee}",
            (30, 26),
            "no question 'works.fee'",
        ),
    ],
)
def test_a_rule_must_fit_the_form(tmp_path, before, after, steps, message):
    faults = faults_of(changed(tmp_path, "application.yaml", before, after))
    assert [fault for fault in faults if (fault.line, fault.column) == steps and message in fault.message], faults


def test_conditions_that_run_in_a_circle(tmp_path):
    files = example()
    files[f"{KEY}/application.yaml"] += APPLICATION.lstrip("\n")
    messages = [fault.message for fault in faults_of(write(tmp_path, files))]
    mend = "let one of 'first', 'second' read another question"
    assert messages == [
        f"whether {key!r} is shown depends on its own answer, in a circle; {mend}" for key in ("first", "second")
    ]


def test_norway_stays_norway(tmp_path):
    folder = changed(tmp_path, "application.yaml", "{key: hall,", "{key: NO,")
    assert {fault.message for fault in faults_of(folder)} == {
        "'works.kind' has no option 'hall'",
        "the option 'NO' of 'works.kind' has no note",
    }


def test_one_fault_is_said_once(tmp_path):
    """A figure that cannot be read is quoted by texts: they are not to blame."""
    assert (
        "between quotes"
        in only(changed(tmp_path, "edition.yaml", "people_maximum: 5000", "people_maximum: 0.5")).message
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "empty"),
        (b"- a\n- b\n", "keys and values"),
        (b"a: [1, 2\nb: 3\n", "this [ is not closed"),
        (b"a: 1\n---\nb: 2\n", "not YAML"),
        (b"a: \xff\xfe\n", "not UTF-8"),
        (b"letters: !!python/object:os.system {}\n", "tag"),
        (b"letters: {}\n? [a, b]\n: 1\n", "a key must be a word"),
        (b"letters: " + b"[" * 3000, "nested"),
        (b"letters: {}\n" + b"#" * 1_100_000, "larger than"),
        (b"letters: 99999999999999999999\n", "too large"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nletters: {}\n", "alias"),
    ],
)
def test_hostile_files_are_refused_with_a_place(tmp_path, text, message):
    folder = write(tmp_path)
    (folder / "letters.yaml").write_bytes(text)
    faults = faults_of(folder)
    assert any(message in fault.message and fault.file.endswith("letters.yaml") for fault in faults), faults


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    folder = write(tmp_path)
    (tmp_path / "elsewhere.yaml").write_text("letters: {}\n")
    (folder / "letters.yaml").unlink()
    (folder / "letters.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert "not a plain file" in only(folder).message


def test_a_folder_that_is_not_there(tmp_path):
    assert "no such folder" in only(tmp_path / "nowhere").message
