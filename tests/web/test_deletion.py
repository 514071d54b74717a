"""The pages that delete and recover a draft."""

import pytest
from django.urls import reverse
from django.utils import translation

from guichet.applications import deletion
from guichet.applications.models import Application
from tests.applications.conftest import clock, scene  # noqa: F401 -- fixtures
from tests.web.applying import fields

SAID = {
    "en": ("until February 6, 2026", "Can be recovered until:", "is recovered", "Another draft"),
    "fr": ("jusqu’au 6 février 2026", "Récupérable jusqu’au\u00a0:", "est récupéré", "Un autre brouillon"),
}


def at(language, name, *args):
    with translation.override(language):
        return reverse(f"applicant:{name}", args=args)


def main(response):
    return response.content.decode().split("<main")[1]


def state(draft):
    return Application.objects.get(pk=draft.pk).state


def test_from_the_task_list_to_the_deleted_drafts_and_back(client, scene, language):  # noqa: F811
    draft = scene.complete()
    client.force_login(scene.editor)
    until, can_be, recovered, _newer = SAID[language]
    address = at(language, "delete", draft.public_id)
    assert address in main(client.get(at(language, "application", draft.public_id)))
    asked = client.get(address)
    assert until in main(asked)
    assert "Olive Owner, Pascale Associée" in main(asked)
    assert state(draft) == "draft", "nothing happens before the button"
    listed = client.post(address, fields(asked), follow=True)
    assert listed.redirect_chain[-1][0] == at(language, "deleted")
    assert can_be in main(listed)
    assert "Semis boréaux" in main(listed)
    assert at(language, "deleted") in main(client.get(at(language, "applications")))
    assert "Semis boréaux" not in main(client.get(at(language, "applications")))
    back = client.post(at(language, "recover", draft.public_id), follow=True)
    assert back.redirect_chain[-1][0] == at(language, "application", draft.public_id)
    assert recovered in main(back)
    assert at(language, "deleted") not in main(client.get(at(language, "applications")))


@pytest.mark.parametrize(
    "name", ["application", "review", "submit", "receipt", "file", "carry_over", "delete", "history"]
)
def test_every_address_of_a_deleted_draft_leads_to_where_it_can_be_recovered(client, scene, name):  # noqa: F811
    draft = scene.complete()
    deletion.delete(actor=scene.owner, application=draft)
    client.force_login(scene.owner)
    answer = client.get(at("en", name, draft.public_id), follow=True)
    assert answer.redirect_chain[-1][0] == at("en", "deleted")


def test_what_is_typed_on_a_page_of_a_deleted_draft_is_handed_back(client, scene):  # noqa: F811
    draft = scene.complete()
    client.force_login(scene.editor)
    key = scene.edition.definition.application.sections[0].key
    page = at("en", "section", draft.public_id, key)
    typed = fields(client.get(page)) | {"project": "Typed too late", "action": "save"}
    deletion.delete(actor=scene.owner, application=draft)
    answer = client.post(page, typed)
    assert answer.status_code == 409
    assert "Typed too late" in main(answer)
    assert "This draft was deleted. Recover it first" in main(answer)


def test_a_newer_draft_is_the_reason_that_is_told(client, scene, language):  # noqa: F811
    draft = scene.start()
    deletion.delete(actor=scene.owner, application=draft)
    scene.start()
    client.force_login(scene.owner)
    answer = client.post(at(language, "recover", draft.public_id), follow=True)
    assert SAID[language][3] in main(answer)
    assert state(draft) == "deleted"


def test_readers_see_the_list_without_the_button(client, scene):  # noqa: F811
    draft = scene.complete()
    client.force_login(scene.reader)
    assert client.get(at("en", "delete", draft.public_id)).status_code == 403
    assert client.post(at("en", "delete", draft.public_id)).status_code == 403
    assert state(draft) == "draft"
    deletion.delete(actor=scene.owner, application=draft)
    shown = main(client.get(at("en", "deleted")))
    assert "Semis boréaux" in shown
    assert "<form" not in shown
    assert "Your role does not let you do so" in shown
    assert client.post(at("en", "recover", draft.public_id)).status_code == 403
    client.force_login(scene.stranger)
    assert "Semis boréaux" not in main(client.get(at("en", "deleted")))
    assert client.post(at("en", "recover", draft.public_id)).status_code == 404
