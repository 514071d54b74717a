"""Forms are checked as they are read, and lists are complete in both languages."""

import pytest
from pydantic import ValidationError

from guichet.questions import lists
from guichet.questions.definitions import Form
from guichet.questions.lists import countries, goods, industries, provinces

from .sample import SECTIONS, asked, form, text


def refused(*questions, **section):
    with pytest.raises(ValidationError) as caught:
        form({"key": "only", "title": text("Only"), "questions": list(questions), **section})
    return [(error["loc"], error["msg"]) for error in caught.value.errors()]


def test_questions_are_found_by_any_path():
    sample = form()
    assert sample.question("activities.cost") is sample.question("activities.aaaaaaaaaaaa.cost")
    assert sample.section_of("activities.aaaaaaaaaaaa.cost").key == "plan"
    for path in ("nowhere", "activities.nowhere", "activities.a.b.c", "legal_name.x", ""):
        with pytest.raises(KeyError):
            sample.question(path)
    with pytest.raises(KeyError):
        sample.section("nowhere")
    assert ("activities.start", sample.question("activities.start")) in list(sample.paths())


def test_keys_are_unique():
    assert "used more than once: a" in refused(asked("a", "integer"), asked("a", "money"))[0][1]
    columns = [asked("c", "money"), asked("c", "date")]
    assert "used more than once: c" in refused(asked("t", "table", row_label=text("Row"), columns=columns))[0][1]


def test_faults_are_found_where_they_stand():
    table = asked("t", "table", row_label=text("Row"), columns=[asked("c", "money", colour="red")])
    faults = dict(refused(table, asked("n", "intger")))
    assert ("sections", 0, "questions", 0, "table", "columns", 0, "money", "colour") in faults
    assert ("sections", 0, "questions", 1) in faults
    assert len(faults) == 2


@pytest.mark.parametrize(
    "question",
    [
        asked("A", "integer"),
        asked("a", "integer", label={"en": "One language"}),
        asked("a", "integer", max=1.5),
        asked("a", "choice", choices=[]),
        asked("a", "choice", choices=[{"key": "x", "label": text("X")}] * 2),
        asked("a", "country", exclude=["XX"]),
        asked("a", "file", kinds=["exe"]),
        asked("a", "table", row_label=text("Row"), columns=[]),
        asked("a", "table", row_label=text("Row"), columns=[asked("b", "content", text=text("x"))]),
        asked("a", "table", row_label=text("Row"), columns=[asked("b", "integer")], rows_min=5, rows_max=2),
        asked("a", "integer", visible={"equals": [1]}),
        asked("a", "integer", visible={"unknown": 1}),
        asked("a", "integer", visible={"all": [], "any": []}),
        asked("a", "integer", required="yes"),
        asked("a", "integer", visible=True),
    ],
)
def test_what_is_wrong_is_refused(question):
    assert refused(question)


def test_rules_are_not_nested_without_end():
    rule = {"answered": {"answer": "a"}}
    for _ in range(200):
        rule = {"not": rule}
    assert "deep" in refused(asked("a", "integer", visible=rule))[0][1]


def test_a_form_can_be_written_and_read_again():
    sample = Form.model_validate({"sections": SECTIONS})
    assert Form.model_validate(sample.model_dump(mode="json", exclude_unset=True)) == sample


def test_countries_in_both_languages():
    found = countries.labels()
    assert 245 <= len(found) <= 250
    assert (found["US"].en, found["US"].fr) == ("United States", "États-Unis")
    assert not {"EU", "UN", "XA", "ZZ", "XK", "QO"} & set(found)
    assert found["BV"].fr == "Île Bouvet"
    assert all(name[0].isupper() for label in found.values() for name in (label.en, label.fr))


def test_provinces():
    codes = ["ON", "QC", "NB", "NL", "PE", "SK", "YT", "AB", "BC", "MB", "NT", "NU", "NS"]
    assert set(provinces.labels()) == set(codes)


def test_industries():
    labels = industries.labels()
    sectors = [code for code in labels if lists.level(code) == 2]
    assert (len(sectors), len(labels) - len(sectors)) == (20, 99)
    naics = lists.current("naics")
    for code in labels:
        assert naics.known(code) == code
        assert naics.known(code[:2]) in sectors
    assert naics.known("321999") == "321"
    assert naics.known("329") is None
    assert naics.known("32") == "31-33"
    assert not [label for label in labels.values() if "'" in label.fr + label.en or "  " in label.fr + label.en]


def test_goods():
    labels = goods.labels()
    assert list(labels) == [f"{number:02}" for number in range(1, 98) if number != 77]
    assert len({label.en for label in labels.values()} | {label.fr for label in labels.values()}) == 2 * 96
    assert not [label for label in labels.values() if "'" in label.fr + label.en or "  " in label.fr + label.en]
