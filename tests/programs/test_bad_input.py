"""What a package may not do: each is refused at its line and column, with the reason, and nothing is loaded."""

import os
from pathlib import Path

import pytest

from guichet.programs.loading import load
from tests.programs.packages import KEY, changed, example, write
from tests.programs.test_loading import faults_of

LINES = {name: len(text.splitlines()) for name, text in example().items()}
APPLICATION = LINES[f"{KEY}/application.yaml"]


def added(folder: Path, *questions: str) -> Path:
    """The example, with these questions after the table of its application (from the next line on)."""
    files = example()
    files[f"{KEY}/application.yaml"] += "".join(f"      - {question}\n" for question in questions)
    return write(folder, files)


def shown(folder: Path) -> list[tuple[str, int, int, str]]:
    return [
        (fault.file.removeprefix(f"{KEY}/"), fault.line, fault.column, fault.message) for fault in faults_of(folder)
    ]


def only(folder: Path, file: str, line: int, column: int, message: str) -> None:
    faults = shown(folder)
    assert [fault[:3] for fault in faults] == [(file, line, column)], faults
    assert message in faults[0][3], faults[0][3]


YES = "{key: yes_or_no, type: yes_no, label: {en: Yes or no, fr: Oui ou non}}"
PICK = (
    "{key: pick, type: choice, label: {en: Pick, fr: Choix}, choices: "
    "[{key: a, label: {en: A one, fr: A un}}, {key: b, label: {en: B two, fr: B deux}}]%s}"
)
COUNT = "{key: houses, type: integer, min: 0, max: 50, label: {en: Houses, fr: Maisons}}"
NEXT = "{key: further, type: short_text, label: {en: Further, fr: Encore}, visible: %s}"
VISIBLE = 9 + NEXT.index("%s")

NEVER = [
    (PICK % "", "{all: [{equals: [{answer: pick}, a]}, {equals: [{answer: pick}, b]}]}", "no answer to 'pick'"),
    (
        PICK % "",
        "{all: [{one_of: [{answer: pick}, [a]]}, {not: {equals: [{answer: pick}, a]}}]}",
        "no answer to 'pick'",
    ),
    (PICK % "", "{not: {one_of: [{answer: pick}, [a, b]]}}", "no answer to 'pick'"),
    (PICK % "", "{all: [{equals: [{answer: pick}, a]}, {not: {answered: {answer: pick}}}]}", "to be blank"),
    (YES, "{all: [{equals: [{answer: yes_or_no}, true]}, {equals: [{answer: yes_or_no}, false]}]}", "'yes_or_no'"),
    (COUNT, "{more_than: [{answer: houses}, 50]}", "no answer to 'houses'"),
    (COUNT, "{less_than: [{answer: houses}, 0]}", "no answer to 'houses'"),
    (COUNT, "{all: [{more_than: [{answer: houses}, 3]}, {less_than: [{answer: houses}, 4]}]}", "no answer to 'houses'"),
    (COUNT, "{all: [{at_least: [{answer: houses}, 9]}, {at_most: [{answer: houses}, 8]}]}", "no answer to 'houses'"),
    (COUNT, "{all: [{at_most: [{answer: houses}, 7]}, {not: {at_most: [{answer: houses}, 7]}}]}", "to hold and not to"),
    (COUNT, "{more_than: [{answer: houses}, {number: people_maximum}]}", "no answer to 'houses'"),
    (COUNT, "{less_than: [{answer: houses}, {answer: houses}]}", "cannot stand to each other"),
    (COUNT, "{more_than: [{number: people_maximum}, 9000]}", "its two sides are fixed"),
]


@pytest.mark.parametrize(("question", "rule", "why"), NEVER)
def test_a_question_that_can_never_be_shown(tmp_path, question, rule, why):
    line = APPLICATION + 2
    only(added(tmp_path, question, NEXT % rule), "application.yaml", line, VISIBLE, why)


POSSIBLE = [
    (PICK % "", "{any: [{equals: [{answer: pick}, a]}, {equals: [{answer: pick}, b]}]}"),
    (PICK % "", "{not: {equals: [{answer: pick}, a]}}"),
    (COUNT, "{at_least: [{answer: houses}, 50]}"),
    (COUNT, "{all: [{more_than: [{answer: houses}, 3]}, {less_than: [{answer: houses}, 5]}]}"),
    (COUNT, "{all: [{at_least: [{answer: houses}, 7]}, {at_most: [{answer: houses}, 7]}]}"),
    (COUNT, "{not: {answered: {answer: houses}}}"),
    (COUNT, "{more_than: [{sum: works.cost}, 100]}"),
]


@pytest.mark.parametrize(("question", "rule"), POSSIBLE)
def test_a_condition_that_can_hold_is_let_be(tmp_path, question, rule):
    assert load(added(tmp_path, question, NEXT % rule))


def test_what_is_read_must_be_shown_itself(tmp_path):
    """The second question needs an answer of the first, which is shown only when the one before says otherwise."""
    between = "{key: why, type: yes_no, label: {en: Why, fr: Pourquoi}, visible: {equals: [{answer: yes_or_no}, true]}}"
    rule = "{all: [{equals: [{answer: why}, true]}, {equals: [{answer: yes_or_no}, false]}]}"
    folder = added(tmp_path, YES, between, NEXT % rule)
    only(folder, "application.yaml", APPLICATION + 3, VISIBLE, "never shown: no answer to 'yes_or_no'")


def test_a_section_that_can_never_be_shown_is_said_once(tmp_path):
    folder = changed(
        tmp_path, "application.yaml", "title: {en: Works", "visible: {more_than: [1, 2]}\n    title: {en: Works"
    )
    only(folder, "application.yaml", 4, 14, "this section is never shown")


def test_a_criterion_that_nobody_can_meet(tmp_path):
    rule = "{at_most: [{answer: people}, {number: people_maximum}]}"
    twice = "{all: [{at_most: [{answer: people}, {number: people_maximum}]}, {more_than: [{answer: people}, 5000]}]}"
    only(
        changed(tmp_path, "eligibility.yaml", rule, twice), "eligibility.yaml", 8, 11, "nobody can meet this criterion"
    )


def test_a_check_that_nothing_satisfies(tmp_path):
    question = COUNT[:-1] + ", checks: [{rule: {more_than: [{answer: houses}, 60]}, message: {en: More., fr: Plus.}}]}"
    column = 9 + question.index("{more_than")
    only(added(tmp_path, question), "application.yaml", APPLICATION + 1, column, "nothing can satisfy this check")


def test_a_question_that_is_never_required(tmp_path):
    question = PICK % ", required: {equals: [1, 2]}"
    column = 9 + question.index("{equals")
    only(added(tmp_path, question), "application.yaml", APPLICATION + 1, column, "never required")


def test_an_option_that_is_always_refused(tmp_path):
    rule = ", checks: [{rule: {not: {equals: [{answer: pick}, b]}}, message: {en: Not B., fr: Pas B.}}]"
    question = PICK % rule
    column = 9 + question.index("b, label")
    only(added(tmp_path, question), "application.yaml", APPLICATION + 1, column, "the option 'b' can be picked, and is")


def test_a_condition_that_reads_a_later_question(tmp_path):
    folder = added(tmp_path, NEXT % "{equals: [{answer: yes_or_no}, true]}", YES)
    only(folder, "application.yaml", APPLICATION + 1, VISIBLE, "reads 'yes_or_no', which is asked later")


def test_conditions_in_a_circle(tmp_path):
    one = "{key: one, type: yes_no, label: {en: One, fr: Un}, visible: {equals: [{answer: two}, true]}}"
    two = "{key: two, type: yes_no, label: {en: Two, fr: Deux}, visible: {equals: [{answer: one}, true]}}"
    faults = shown(added(tmp_path, one, two))
    assert [fault[:3] for fault in faults] == [
        ("application.yaml", APPLICATION + 1, 9 + one.index("{equals")),
        ("application.yaml", APPLICATION + 2, 9 + two.index("{equals")),
    ]
    mend = "in a circle; let one of 'one', 'two' read another question"
    assert all(fault[3].endswith(mend) for fault in faults), faults


def test_calculations_in_a_circle(tmp_path):
    one = "{key: one, type: calculated, label: {en: One, fr: Un}, value: {sum: [{answer: two}, 1]}}"
    two = "{key: two, type: calculated, label: {en: Two, fr: Deux}, value: {sum: [{answer: one}, 1]}}"
    faults = shown(added(tmp_path, one, two))
    assert [fault[:2] for fault in faults] == [("application.yaml", APPLICATION + line) for line in (1, 2)]
    assert [fault[3] for fault in faults] == [
        f"{key!r} is worked out from itself, in a circle; let one of 'one', 'two' read another question"
        for key in ("one", "two")
    ]


def test_a_rule_on_a_missing_question(tmp_path):
    folder = added(tmp_path, NEXT % "{equals: [{answer: nowhere}, true]}")
    column = VISIBLE + len("{equals: [{answer: ")
    only(folder, "application.yaml", APPLICATION + 1, column, "there is no question 'nowhere'; write the key of")


def test_a_rule_on_a_question_written_otherwise_is_told_which(tmp_path):
    folder = added(tmp_path, YES, NEXT % "{equals: [{answer: yes_and_no}, true]}")
    column = VISIBLE + len("{equals: [{answer: ")
    only(folder, "application.yaml", APPLICATION + 2, column, "'yes_and_no' (did you mean 'yes_or_no'?)")


@pytest.mark.parametrize("word", ["quotient", "share"])
def test_a_division_by_a_constant_zero(tmp_path, word):
    question = "{key: each, type: calculated, label: {en: Each, fr: Chacune}, value: {WORD: [{answer: houses}, %s]}}"
    question = question.replace("WORD", word)
    column, message = 9 + question.index(f"{{{word}"), "divides by zero, always; mend the number that it divides by"
    only(added(tmp_path / "a", COUNT, question % "0"), "application.yaml", APPLICATION + 2, column, message)
    only(added(tmp_path / "c", COUNT, question % '"0.00"'), "application.yaml", APPLICATION + 2, column, message)
    assert load(added(tmp_path / "b", COUNT, question % "2"))


# -- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "message"),
    [
        (
            "application.yaml",
            "key: hall",
            "key: road",
            (21, 23),
            "'road' is given more than once; it stands on line 20 of application.yaml already; write another one here",
        ),
        (
            "application.yaml",
            "key: start",
            "key: kind",
            (22, 18),
            "'kind' is given more than once; it stands on line 16",
        ),
        (
            "attestations.yaml",
            "- key: truth",
            "- {key: truth, text: {en: A., fr: A.}}\n  - key: truth",
            (4, 10),
            "'truth'",
        ),
    ],
)
def test_a_key_used_again(tmp_path, file, before, after, place, message):
    faults = shown(changed(tmp_path, file, before, after))
    assert (file, *place) in [fault[:3] for fault in faults if message in fault[3]], faults
    assert not [fault for fault in faults if "used more than once" in fault[3]], "said once is enough"


def test_a_number_that_nothing_uses(tmp_path):
    folder = changed(tmp_path, "edition.yaml", "people_maximum: 5000", "people_maximum: 5000\n  people_minimum: 5")
    only(folder, "edition.yaml", 12, 19, "nothing uses the number 'people_minimum'")


# -- texts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Name <script>alert(1)</script>", "'<script>' is HTML, which texts cannot hold; write plain words"),
        ("Name <img src=x onerror=alert(1)>", "is HTML"),
        ("Name <b>", "is HTML"),
        ("Name <!-- -->", "is HTML"),
        ("Name [here](javascript:alert(1))", "must begin with https://"),
        ("Name [here](http://example.ca)", "must begin with https://"),
        ("Name [here](//example.ca)", "must begin with https://"),
        ("Name [here](guide)", "leads nowhere"),
        ("Name\\u202e", "U+202E"),
        ("Name\\u0000", "U+0000"),
    ],
)
def test_a_text_that_is_not_plain(tmp_path, text, message):
    folder = changed(tmp_path, "profile.yaml", "{en: Name, fr: Nom}", f'{{en: "{text}", fr: Nom}}')
    only(folder, "profile.yaml", 8, 21, message)


def test_less_than_is_no_html(tmp_path):
    text = "Name (a < b, 5 <6) [guide](https://villages.example/a) [top](#top) <https://villages.example/>"
    assert load(changed(tmp_path, "profile.yaml", "{en: Name, fr: Nom}", f'{{en: "{text}", fr: Nom}}'))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://villages.example/guide", "must begin with https://"),
        ("https://villages.example/the guide", "has a space"),
        ("https:///guide", "has no host"),
        ("https://villages/guide", "has no host"),
        ("https://me:secret@villages.example/", "a name or a password"),
        ("guide", "must begin with https://"),
        ("https://[villages/", "is no address"),
    ],
)
def test_a_guide_link_of_a_bad_form(tmp_path, address, message):
    folder = changed(tmp_path, "edition.yaml", "https://villages.example/guide", address)
    only(folder, "edition.yaml", 6, 13, message)


def test_placeholders_of_a_letter_are_the_same_in_both_languages(tmp_path):
    letter = 'letters: {criteria_met: {en: "Subject: Met\\n\\n{name}", fr: "Objet : Atteints\\n\\nBonjour"}}'
    folder = changed(tmp_path, "letters.yaml", "letters: {}", letter)
    only(folder, "letters.yaml", 2, 1 + letter.index('"Objet'), "{name} stands in the other language only")


@pytest.mark.parametrize("written", ["{Nom}", "{ name }", "{}", "{nom de famille}"])
def test_what_stands_between_braces_in_a_letter_is_one_of_its_placeholders(tmp_path, written):
    letter = f'letters: {{criteria_met: {{en: "Subject: A\\n\\n{{name}}", fr: "Objet : B\\n\\n{{name}} {written}"}}}}'
    folder = changed(tmp_path, "letters.yaml", "letters: {}", letter)
    only(folder, "letters.yaml", 2, 1 + letter.index('"Objet'), f"this letter has no {written}")


def test_a_letter_quotes_figures(tmp_path):
    letter = """letters:
  criteria_met:
    en: "Subject: Met\\n\\n{name}, up to {cost.ceiling:money}"
    fr: "Objet : Atteints\\n\\n{name}, jusqu’à {cost.ceiling:money}"
"""
    folder = changed(tmp_path, "letters.yaml", "letters: {}", letter)
    written = load(folder).definition.letters["criteria_met"]
    assert written.en.endswith("{name}, up to $20,000")
    assert written.fr.endswith("{name}, jusqu’à 20\u00a0000\u00a0$")


@pytest.mark.parametrize(("figure", "message"), [("cost.ceilng:money", "ceilng"), ("cost.ceiling:mony", "mony")])
def test_a_letter_quotes_figures_that_there_are(tmp_path, figure, message):
    letter = f'letters: {{criteria_met: {{en: "Subject: A\\n\\n{{{figure}}}", fr: "Objet : B\\n\\n{{{figure}}}"}}}}'
    assert message in str(faults_of(changed(tmp_path, "letters.yaml", "letters: {}", letter)))


CLOSES = "    closes: 2030-05-29T12:00:00-03:00\n"


@pytest.mark.parametrize(
    ("file", "before", "after", "line", "message"),
    [
        ("calendar.yaml", "first_year: 2030", "first_year: 2031", 2, "the edition begins in 2030; write that year, or"),
        ("edition.yaml", CLOSES, CLOSES.replace("2030-05-29T12:00:00-03:00", "2031-12-29T12:00:00-04:00"), 3,
         "the last intake closes on 2031-12-29, and 10 business days are counted from there; write 2032 or later"),
    ],
)  # fmt: skip
def test_a_calendar_that_does_not_reach(tmp_path, file, before, after, line, message):
    only(changed(tmp_path, file, before, after), "calendar.yaml", line, 13 if line == 2 else 12, message)


def test_an_edition_that_begins_when_all_is_over(tmp_path):
    folder = changed(tmp_path, "edition.yaml", "begins: 2030-01-01", "begins: 2030-06-01")
    only(folder, "edition.yaml", 3, 9, "the edition begins after its last intake has closed")


@pytest.mark.parametrize(
    ("label", "column"),
    [("{en: Costs, fr: Frais}", 25), ("{en: COST:, fr: Frais}", 25), ("{en: Fee, fr: couts}", 34)],
)
def test_labels_that_cannot_be_told_apart(tmp_path, label, column):
    more = f"fr: Coût}}\n          - key: fee\n            type: money\n            label: {label}"
    folder = changed(tmp_path, "application.yaml", "fr: Coût}", more)
    only(folder, "application.yaml", APPLICATION + 3, column, "cannot be told from that of 'cost'")


def test_labels_of_questions_that_are_never_seen_together_may_be_alike(tmp_path):
    same = "{key: %s, type: short_text, label: {en: Reason, fr: Motif}, visible: {equals: [{answer: yes_or_no}, %s]}}"
    assert load(added(tmp_path, YES, same % ("why", "true"), same % ("why_not", "false")))


# -- files ---------------------------------------------------------------------------------------------------------


def test_a_date_that_does_not_exist(tmp_path):
    folder = changed(tmp_path, "edition.yaml", "begins: 2030-01-01", "begins: 2030-02-30")
    only(folder, "edition.yaml", 3, 9, "2030-02-30 does not exist: look at its day and its hour; a date is expected")


def test_a_date_that_does_not_exist_among_the_options_of_a_question(tmp_path):
    question = "{key: built, type: date, min: 2030-02-30, label: {en: Built, fr: Construction}}"
    column = 9 + question.index("2030-02-30")
    only(added(tmp_path, question), "application.yaml", APPLICATION + 1, column, "2030-02-30 does not exist")


def test_a_date_that_does_not_exist_in_a_rule(tmp_path):
    rule, never = "{on_or_after: [{row: start}, {earliest_start: true}]}", "{on_or_after: [{row: start}, 2030-02-30]}"
    folder = changed(tmp_path, "application.yaml", rule, never)
    only(folder, "application.yaml", 26, 23, "2030-02-30 does not exist; write a day of the calendar")


@pytest.mark.parametrize("number", ['"1e99999999"', '"NaN"', '"Infinity"', '"5_000"', '"\uff15"', "true"])
def test_a_number_that_is_none_is_not_reckoned_with(tmp_path, number):
    found = faults_of(changed(tmp_path, "edition.yaml", "people_maximum: 5000", f"people_maximum: {number}"))
    assert [fault.message for fault in found if fault.file == f"{KEY}/edition.yaml"] == [
        'write a whole number, or a decimal number between quotes ("0.50")'
    ]


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("edition.yaml", 'ceiling: "20000"', 'ceiling: "20000", floor: "20000.01"', "floor is more than ceiling"),
        ("edition.yaml", "legal_name: village", "legal_name: people", "the question 'people' is not a text"),
        ("profile.yaml", "type: integer", "type: integer\n        min: 5\n        max: 4", "min is more than max"),
        ("application.yaml", "type: date", "type: date\n            min: 2200-01-01", "min is after max"),
        ("profile.yaml", "type: integer", "type: integer\n        required: !!bool no", "write true or false"),
        ("profile.yaml", "en: Inhabitants", 'en: " "', "the text is blank"),
        ("profile.yaml", "en: Inhabitants", 'en: "Inhabit\u200bants"', "a sign that is not shown (U+200B)"),
    ],
)
def test_what_is_written_and_cannot_be_meant(tmp_path, file, before, after, message):
    (fault,) = faults_of(changed(tmp_path, file, before, after))
    assert fault.file == f"{KEY}/{file}"
    assert message in fault.message


def test_an_older_yaml_does_not_turn_yes_into_no(tmp_path):
    files = example()
    name = f"{KEY}/profile.yaml"
    files[name] = "%YAML 1.1\n---\n" + files[name].replace("type: integer", "type: integer\n        required: yes")
    (fault,) = faults_of(write(tmp_path, files))
    assert "write true or false" in fault.message


def test_a_moment_of_a_day_that_does_not_exist_is_told_so(tmp_path):
    moment = "2030-02-30T12:00:00-03:00"
    folder = changed(tmp_path, "edition.yaml", "2030-05-29T12:00:00-03:00", moment)
    only(folder, "edition.yaml", 20, 13, f"{moment} does not exist: look at its day and its hour; a moment is expected")


@pytest.mark.parametrize("moment", ["2030-05-32T12:00:00-03:00", "2030-05-29T25:00:00-03:00", "noon"])
def test_a_moment_that_does_not_exist(tmp_path, moment):
    folder = changed(tmp_path, "edition.yaml", "2030-05-29T12:00:00-03:00", moment)
    only(folder, "edition.yaml", 20, 13, "as in 2026-02-04T12:00:00-05:00")


@pytest.mark.parametrize("name", ["profile.yml", "Profile.yaml", "edition.YAML", "application.json"])
def test_two_files_for_one_part(tmp_path, name):
    folder = write(tmp_path)
    (folder / name).write_text("{}")
    only(folder, name, 1, 1, "an edition has one file for each part")


def test_a_bomb_is_not_unfolded(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    folder = write(tmp_path)
    (folder / "letters.yaml").write_text("\n".join(lines))
    faults = [fault for fault in shown(folder) if "alias" in fault[3]]
    assert faults[0][:3] == ("letters.yaml", 1, 5)
    assert faults[0][3].endswith("write it out in each place")


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path):
    folder = write(tmp_path)
    with (folder / "letters.yaml").open("r+b") as stream:
        stream.truncate(50_000_000)
    only(folder, "letters.yaml", 1, 1, "larger than 1000 KB; shorten it")


def test_a_tab_before_a_line_is_told_so(tmp_path):
    folder = write(tmp_path)
    (folder / "letters.yaml").write_text("letters:\n\tcriteria_met: {en: a, fr: b}\n")
    only(folder, "letters.yaml", 2, 1, "begin the line with spaces, not with a tab")


def test_what_is_no_file_is_not_opened(tmp_path):
    folder = write(tmp_path)
    (folder / "letters.yaml").unlink()
    os.mkfifo(folder / "letters.yaml")
    only(folder, "letters.yaml", 1, 1, "not a plain file")


@pytest.mark.parametrize("name", ["letters.yaml", "translations.lock.yaml"])
def test_a_file_that_is_a_link_out_of_the_folder(tmp_path, name):
    folder = write(tmp_path)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to("/etc/passwd")
    only(folder, name, 1, 1, "not a plain file")


def test_a_folder_that_is_a_link_to_another(tmp_path):
    folder = write(tmp_path / "elsewhere")
    (tmp_path / "here" / "village-grants").mkdir(parents=True)
    link = tmp_path / "here" / "village-grants" / "2030"
    link.symlink_to(folder)
    only(link, "village-grants/2030", 1, 1, "a link to another folder")


def test_cases_that_are_a_link_to_another_folder(tmp_path):
    folder = write(tmp_path)
    (folder / "cases").symlink_to("/etc")
    only(folder, "cases", 1, 1, "a folder of its own")


def test_a_path_among_the_keys_opens_nothing(tmp_path):
    folder = changed(tmp_path, "letters.yaml", "letters: {}", 'letters: {"../../etc/passwd": {en: a, fr: b}}')
    only(folder, "letters.yaml", 2, 31, "not written as it must be")


@pytest.mark.parametrize("prefix", ["VIL", "COL", "V", "vgs", "VGSTYX", "ÉTÉ"])
def test_a_prefix_from_which_no_number_can_be_made(tmp_path, prefix):
    folder = changed(tmp_path, "village-grants/program.yaml", "VGS", prefix)
    faults = shown(folder)
    assert [fault[:3] for fault in faults] == [("village-grants/program.yaml", 6, 19)], faults
    assert "2 to 5 capital letters, without I, L, O, U and Z" in faults[0][3]
