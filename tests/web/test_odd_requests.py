"""Requests that no page of ours sends: a character that no database keeps, keys that were never given."""

import pytest
import time_machine

from tests import people
from tests.applications.scene import NOON, Scene
from tests.client import PageClient

pytestmark = pytest.mark.django_db
NUL = "\0"


def signed_in(user):
    client = PageClient()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/en/messages/",
        "/en/my-applications/",
        "/en/my-applications/canexport/",
        "/en/letters-sent/",
    ],
)
@pytest.mark.parametrize("after", ["%00", "x" * 22, "%EF%BF%BF"])
def test_a_list_that_begins_after_nothing_begins_at_its_top(address, after):
    firm = people.firm("founded")
    people.edition()
    assert signed_in(firm.signatory).get(f"{address}?after={after}").status_code == 200


def test_the_officers_list_too():
    assert signed_in(people.officer()).get("/en/officer/verifications/?after=%00").status_code == 200


def test_a_key_that_cannot_be_kept_does_not_stop_a_save():
    firm = people.firm("founded")
    people.edition()
    response = signed_in(firm.signatory).post("/en/my-profile/", {"legal_name": "Érablière", "request_key": NUL})
    assert response.status_code == 302


def test_a_key_that_cannot_be_kept_does_not_stop_a_submission(submittable):
    scene, application = submittable
    scene.submit(application, request_key=f"{NUL}key")
    assert application.submission.request_key == "key"


@pytest.fixture
def submittable():
    with time_machine.travel(NOON, tick=False):
        scene = Scene()
        yield scene, scene.complete()
