"""The history of answers as a page: what it says, who may restore, and what a conflict looks like."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from guichet.answers import queries as stored
from guichet.answers.models import AnswerChange
from guichet.applications.models import Application
from guichet.web.applicant.answering import label_in
from tests import people
from tests.applications.conftest import clock, scene  # noqa: F401 -- fixtures
from tests.applications.scene import NOON
from tests.questions import sample

SAID = {
    "en": ("Before", "Changed to", "Restore this text", "This is the answer now", "3 versions saved while typing"),
    "fr": ("Avant", "Après", "Rétablir ce texte", "C’est la réponse actuelle", "3 versions enregistrées pendant"),
}


def at(language, name, *args):
    with translation.override(language):
        return reverse(name, args=args)


def main(response):
    return response.content.decode().split("<main")[1]


@pytest.fixture
def draft(scene, clock):  # noqa: F811
    """A summary written by the owner in three saves, then changed by the editor an hour later."""
    draft = scene.start()
    for second, text in enumerate(("Three", "Three fairs", "Three fairs abroad")):
        clock.move_to(NOON + timedelta(seconds=second))
        scene.save(draft, {"summary": text})
    clock.move_to(NOON + timedelta(hours=1))
    scene.save(draft, {"summary": "Two fairs abroad"}, actor=scene.editor)
    return draft


def page_of(draft, language="en"):
    return at(language, "applicant:history", draft.public_id)


def value(draft, path="summary"):
    return stored.answers(draft.sheet)[path].value


def restoring(draft, version=3, path="summary", seen=4):
    return {"path": path, "version": version, "seen": seen, "request_key": "again"}


def test_it_says_who_changed_what_and_when_newest_first(client, scene, draft, language):  # noqa: F811
    client.force_login(scene.editor)
    shown = main(client.get(page_of(draft, language)))
    for words in SAID[language]:
        assert words in shown
    assert "<del>Three</del> fairs abroad" in shown
    assert "<ins>Two</ins> fairs abroad" in shown
    assert shown.index(scene.editor.name) < shown.index(scene.owner.name)
    assert shown.count('class="card"') == 2
    assert shown.count('name="version"') == 1, "what stands now has no button"


def test_every_value_of_a_run_can_be_read(client, scene, draft):  # noqa: F811
    client.force_login(scene.reader)
    shown = main(client.get(page_of(draft), {"answer": "summary", "every": "1"}))
    assert shown.count('class="card"') == 4


def test_restoring_is_a_change_by_who_restores(client, scene, draft):  # noqa: F811
    client.force_login(scene.owner)
    answer = client.post(page_of(draft), restoring(draft))
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(draft))
    now = stored.answers(draft.sheet)["summary"]
    assert (now.value, now.version, now.by) == ("Three fairs abroad", 5, scene.owner.name)
    client.post(page_of(draft), restoring(draft))  # a double click
    assert AnswerChange.objects.filter(sheet=draft.sheet, path="summary").count() == 5


def test_a_title_that_is_restored_is_the_name_of_the_draft_again(client, scene, draft):  # noqa: F811
    scene.save(draft, {"project": "First name"})
    scene.save(draft, {"project": "Second name"})
    client.force_login(scene.owner)
    client.post(page_of(draft), restoring(draft, version=1, path="project", seen=2))
    assert Application.objects.get(pk=draft.pk).title == "First name"


@pytest.mark.parametrize(("keep", "left"), [("mine", "Three fairs abroad"), ("theirs", "Four fairs")])
def test_who_was_slower_sees_both_texts_and_chooses(client, scene, draft, keep, left, language):  # noqa: F811
    scene.save(draft, {"summary": "Four fairs"}, actor=scene.partner)
    client.force_login(scene.owner)
    answer = client.post(page_of(draft, language), restoring(draft))
    assert answer.status_code == 409
    assert "<ins>Three</ins> fairs" in main(answer)
    assert "<ins>Four</ins> fairs" in main(answer)
    assert scene.partner.name in main(answer)
    assert value(draft) == "Four fairs", "nothing is written before the choice"
    chosen = restoring(draft, seen=5) | {"keep": keep, "request_key": "chosen"}
    assert client.post(page_of(draft, language), chosen).status_code == 302
    assert value(draft) == left


def test_with_a_cell_comes_its_row(client, scene, draft):  # noqa: F811
    scene.save(draft, {"steps.firstrow": 0, "steps.firstrow.what": "Visit"})
    scene.save(draft, {"steps.firstrow.what": "Fair"})
    scene.save(draft, {"steps.firstrow": None})
    client.force_login(scene.owner)
    shown = main(client.get(page_of(draft)))
    assert "Row removed" in shown
    assert "Bring the row back" in shown
    assert "a row that was removed" in shown
    client.post(page_of(draft), restoring(draft, version=1, path="steps.firstrow.what", seen=2))
    assert (value(draft, "steps.firstrow"), value(draft, "steps.firstrow.what")) == (0, "Visit")


def test_a_section_narrows_it(client, scene, draft):  # noqa: F811
    scene.save(draft, {"steps.firstrow": 0, "steps.firstrow.what": "Visit"})
    client.force_login(scene.owner)
    key = next(
        section.key
        for section in scene.edition.definition.application.sections
        if any(question.key == "steps" for question in section.every)
    )
    shown = main(client.get(page_of(draft), {"section": key}))
    assert "Visit" in shown
    assert "Two fairs abroad" not in shown
    assert f"?section={key}" in main(client.get(at("en", "applicant:section", draft.public_id, key)))


def test_readers_read_and_strangers_find_nothing(client, scene, draft):  # noqa: F811
    client.force_login(scene.reader)
    assert "Restore this text" not in main(client.get(page_of(draft)))
    assert client.post(page_of(draft), restoring(draft)).status_code == 403
    client.force_login(scene.stranger)
    assert client.get(page_of(draft)).status_code == 404
    assert client.post(page_of(draft), restoring(draft)).status_code == 404
    client.force_login(scene.officer)
    assert client.get(page_of(draft)).status_code == 302
    assert value(draft) == "Two fairs abroad"


def test_a_submitted_application_is_read_and_nothing_is_restored(client, scene):  # noqa: F811
    draft = scene.complete()
    scene.save(draft, {"summary": "Another"})
    scene.submit(draft)
    client.force_login(scene.owner)
    shown = main(client.get(page_of(draft)))
    assert "Another" in shown
    assert "Restore this text" not in shown
    answer = client.post(page_of(draft), restoring(draft, version=1, seen=2))
    assert answer.status_code == 409
    assert "can no longer be changed" in main(answer)
    assert value(draft) == "Another"


@pytest.mark.parametrize(
    "asked", [{"version": "99"}, {"path": "nothing"}, {"path": ""}, {"version": "x"}, {"path": "\0"}]
)
def test_what_was_never_there_is_not_found(client, scene, draft, asked):  # noqa: F811
    client.force_login(scene.owner)
    assert client.post(page_of(draft), restoring(draft) | asked).status_code == 404


@pytest.mark.parametrize("asked", [{"before": "x"}, {"before": "9" * 40}, {"answer": "\0"}, {"section": "none"}])
def test_odd_addresses_are_answered(client, scene, draft, asked):  # noqa: F811
    client.force_login(scene.owner)
    assert client.get(page_of(draft), asked).status_code == 200


def test_pages_and_a_fixed_number_of_statements(client, scene, draft, django_assert_max_num_queries):  # noqa: F811
    client.force_login(scene.owner)
    client.get(page_of(draft))

    def counted():
        with django_assert_max_num_queries(40) as captured:
            client.get(page_of(draft))
        return len(captured)

    few = counted()
    for number in range(25):
        scene.save(draft, {"summary": f"Text {number}"}, actor=(scene.owner, scene.editor)[number % 2])
    assert counted() == few
    first = main(client.get(page_of(draft)))
    assert first.count('class="card"') == 20
    older = first.split('rel="next" href="')[1].split('"')[0]
    assert main(client.get(page_of(draft) + older)).count('class="card"') == 7


@pytest.mark.parametrize("kind", ["profile", "account_profile"])
def test_profiles_have_one_too(client, edition, language, kind):
    firm = people.firm("sent") if kind == "profile" else people.firm("met")
    client.force_login(firm.signatory)
    address = at(language, f"applicant:{kind}_history")
    assert client.get(address).status_code == 200
    if kind == "profile":
        assert "Érablière du Lac inc." in main(client.get(address))


def test_an_answer_in_a_group_is_called_with_it():
    asked, text = sample.asked, sample.text
    office = asked("office", "group", questions=[asked("street", "short_text")])
    table = asked("partners", "table", row_label=text("Partner"), columns=[asked("name", "short_text"), office])
    home = {**office, "key": "home", "label": text("Home")}
    form = sample.form({"key": "only", "title": text("Only"), "questions": [home, table]})
    row = "partners.aaaaaaaa"
    assert [label_in(form, path, "fr") for path in ("street", f"{row}.street", row)] == [
        "Home (fr) – Street (fr)",
        "Partners (fr) – Office (fr) – Street (fr)",
        "Partners (fr)",
    ]
