"""What is read before one applies says each condition in words: the label of what it depends on, and the answer."""

import pytest
from tests.programs.packages import SHIPPED, every

from guichet.programs.loading import load
from guichet.web.outline import Outline

IDS = [f"{folder.parent.name}/{folder.name}" for folder in every()]


def conditions(definition, language):
    """(table, rule, what is said of it, form) of every question that is asked in certain cases only, columns too."""
    said = {}

    def gather(asked):
        for one in asked:
            said[one.path] = one.when
            gather(one.columns)

    for form, read in zip(
        (definition.profile, definition.account_profile, definition.application),
        Outline(definition, language).read(),
        strict=True,
    ):
        said.clear()
        for part in read.parts:
            gather(part.questions)
        for path, question in form.paths():
            if question.visible is not None and path in said:
                yield path.partition(".")[0], question.visible, said[path], form


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("folder", every(), ids=IDS)
def test_a_condition_names_what_it_depends_on(folder, language):
    unnamed = []
    for table, rule, when, form in conditions(load(folder).definition, language):
        for path in rule.reads():
            label = form.question(path.replace("*", table)).label.in_(language) if ":" not in path else ""
            if label not in when:
                unnamed.append((when, path))
    assert unnamed == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            {
                "activities.travellers": "Category: A – Travel for meetings or events",
                "defence": "Target markets – Country: United States",
            },
        ),
        (
            "fr",
            {
                "activities.travellers": "Catégorie\u00a0: A – Voyages visant des événements et des rencontres",
                "defence": "Marchés cibles – Pays\u00a0: États-Unis",
            },
        ),
    ],
)
def test_inside_a_row_and_for_a_value_among_many(language, expected):
    definition = load(SHIPPED / "canexport-smes" / "2026-27").definition
    found = {}
    for part in Outline(definition, language).form(definition.application):
        for asked in part.questions:
            found |= {one.path: one.when for one in (asked, *asked.columns)}
    assert {path: found[path] for path in expected} == expected
