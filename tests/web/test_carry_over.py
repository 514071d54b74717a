"""The pages that move a draft to a newer edition: offered, previewed, done once, and read again by everybody."""

import pytest
from django.urls import reverse
from django.utils import translation

from guichet.applications import carry_over, queries
from guichet.applications.models import CarriedOver
from tests.applications.conftest import clock, scene  # noqa: F401 -- fixtures
from tests.applications.editions import newer
from tests.web.applying import fields

SAID = {
    "en": ("How many jobs?", "Summary", "Première ligne", "Fair", "Questions that are no longer asked"),
    "fr": ("Combien d’emplois?", "Résumé", "Première ligne", "Fair", "Questions retirées"),
}


def at(language, name, *args):
    with translation.override(language):
        return reverse(name, args=args)


def text(response):
    return response.content.decode()


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture
def draft(scene):  # noqa: F811
    return scene.complete()


@pytest.fixture
def autumn(draft, tmp_path):
    return newer(tmp_path)


def page_of(language, draft):
    return at(language, "applicant:carry_over", draft.public_id)


def test_a_newer_edition_is_offered_previewed_and_taken(client, scene, draft, autumn, language):  # noqa: F811
    client.force_login(scene.editor)
    offer = at(language, "applicant:application", draft.public_id)
    assert page_of(language, draft) in text(client.get(offer))
    preview = client.get(page_of(language, draft))
    for words in (*SAID[language], autumn.definition.title.in_(language)):
        assert words in text(preview)
    assert not CarriedOver.objects.exists()
    answer = client.post(page_of(language, draft), fields(preview))
    assert answer.headers["Location"] == page_of(language, draft)
    after = text(client.get(page_of(language, draft)))
    for words in SAID[language]:
        assert words in after
    assert "<form method" not in after.split("<main")[1]
    shown = text(client.get(offer))
    assert autumn.definition.title.in_(language) in shown
    assert scene.editor.name in shown
    again = client.post(page_of(language, draft), {"edition": "autumn-2026"})
    assert again.headers["Location"] == page_of(language, draft)
    assert CarriedOver.objects.count() == 1


def test_every_page_of_the_moved_draft_is_well_made(client, scene, draft, autumn, language):  # noqa: F811
    client.force_login(scene.owner)
    client.post(page_of(language, draft), {"edition": "autumn-2026"})
    for section in autumn.definition.application.sections:
        url = at(language, "applicant:section", draft.public_id, section.key)
        assert client.get(url + "?check=submit").status_code == 200
    for name in ("review", "submit"):
        assert client.get(at(language, f"applicant:{name}", draft.public_id)).status_code == 200


def test_readers_see_and_do_not_move_and_strangers_find_nothing(client, scene, draft, autumn, language):  # noqa: F811
    client.force_login(scene.reader)
    page = client.get(page_of(language, draft))
    assert page.status_code == 200
    assert 'name="edition"' not in text(page)
    assert client.post(page_of(language, draft), {"edition": "autumn-2026"}).status_code == 403
    for user, got, posted in ((scene.stranger, 404, 404), (scene.officer, 302, 403)):
        client.force_login(user)
        assert client.get(page_of(language, draft)).status_code == got
        assert client.post(page_of(language, draft), {"edition": "autumn-2026"}).status_code == posted
    client.logout()
    assert client.get(page_of(language, draft)).status_code == 302
    assert not CarriedOver.objects.exists()


def test_without_a_newer_edition_there_is_nothing_to_see(client, scene, draft, language):  # noqa: F811
    client.force_login(scene.owner)
    task_list = at(language, "applicant:application", draft.public_id)
    assert client.get(page_of(language, draft)).headers["Location"] == task_list
    assert client.post(page_of(language, draft), {"edition": "spring-2026"}).headers["Location"] == task_list
    assert page_of(language, draft) not in text(client.get(task_list))


def test_only_the_edition_that_was_shown(client, scene, draft, autumn, tmp_path, language):  # noqa: F811
    client.force_login(scene.owner)
    shown = fields(client.get(page_of(language, draft)))
    newer(tmp_path / "w", key="winter-2026", begins="2026-01-07", changes=())
    client.post(page_of(language, draft), shown)
    assert not CarriedOver.objects.exists()


def test_statements_of_the_older_edition_do_not_submit_the_newer(client, scene, tmp_path, language):  # noqa: F811
    draft = scene.complete()
    client.force_login(scene.owner)
    url = at(language, "applicant:submit", draft.public_id)
    typed = fields(client.get(url)) | {"attestation": ["authority", "truth"]}
    autumn = newer(tmp_path, changes=())
    given = {"application": queries.application(draft.public_id), "edition": autumn, "language": language}
    carry_over.carry_over(actor=scene.editor, **given)
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert autumn.definition.title.in_(language) in text(answer)
    assert "checked" not in text(answer).split("<main")[1]
    assert queries.application(draft.public_id).is_draft
    assert client.post(url, fields(answer) | {"attestation": ["authority", "truth"]}).status_code == 302


def test_the_officer_sees_the_way_without_the_answers(client, scene, draft, tmp_path, language):  # noqa: F811
    autumn = newer(tmp_path)
    carry_over.carry_over(actor=scene.owner, application=draft, edition=autumn, language="en")
    moved = queries.application(draft.public_id)
    scene.save(moved, {"jobs": 3, "steps.secondrow.what": "other"})
    scene.submit(queries.application(draft.public_id))
    client.force_login(scene.officer)
    shown = text(client.get(at(language, "officer:file_view", draft.public_id)))
    jobs, summary, answer, _fair, gone = SAID[language]
    assert jobs in shown
    assert summary in shown
    assert gone in shown
    assert answer not in shown


def test_the_owners_see_it_still_once_it_is_submitted(client, scene, draft, tmp_path, language):  # noqa: F811
    long = "Un long récit.\n" * 40
    scene.save(draft, {"summary": long})
    carry_over.carry_over(actor=scene.owner, application=draft, edition=newer(tmp_path), language="en")
    moved = queries.application(draft.public_id)
    scene.save(moved, {"jobs": 3, "steps.secondrow.what": "other"})
    scene.submit(queries.application(draft.public_id))
    client.force_login(scene.owner)
    way = at(language, "applicant:carry_over", draft.public_id)
    assert f'href="{way}"' in client.get(at(language, "applicant:file", draft.public_id)).content.decode()
    shown = text(client.get(way))
    jobs, summary, _answer, _fair, gone = SAID[language]
    assert all(each in shown for each in (jobs, summary, gone))
    assert shown.count("Un long récit.") == 40, "the whole answer, not its beginning"
    assert {"en": "Not submitted yet", "fr": "Pas encore transmise"}[language] not in shown
    assert client.post(way).headers["Location"] == at(language, "applicant:file", draft.public_id)
