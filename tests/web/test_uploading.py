"""Documents sent in pieces: the words of the standard, who may, and what stands in the answers at the end."""

import base64
import hashlib
import os
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from guichet.answers.queries import history, values
from guichet.files import pieces
from guichet.files.models import StoredFile, Upload
from guichet.organizations import queries
from tests import people
from tests.applications.scene import NOON, PDF, Scene

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
PIECE = pieces.PIECE
LONG = b"%PDF-1.7\n" + bytes(range(256)) * 5000
SHORT = len(PDF)
SHEETS = {"application": "plan", "profile": "charter", "account_profile": "mandates"}


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def scene(db):
    with time_machine.travel(NOON, tick=True):
        yield Scene()


@pytest.fixture
def draft(scene):
    return scene.start()


@pytest.fixture
def signed(client, scene):
    client.force_login(scene.owner)
    return client


def at(draft, kind="application", language="en"):
    with translation.override(language):
        if kind == "application":
            return reverse("applicant:uploads", args=[draft.public_id])
        return reverse(f"applicant:{kind}_uploads") + "?program=minimal"


def begin(client, address, *, path="plan", name="plan.pdf", size=SHORT, key="k", **headers):
    sent = {"path": path, "name": name, "request_key": key}
    return client.post(address, sent, headers=JSON | {"Upload-Length": str(size)} | headers)


def piece(client, address, content=PDF, offset=0, *, last=True, **headers):
    named = {"Upload-Offset": str(offset), "Upload-Complete": "?1" if last else "?0"}
    return client.patch(address, content, content_type="application/partial-upload", headers=JSON | named | headers)


def sheet_of(scene, draft, kind):
    if kind == "application":
        return draft.sheet
    return queries.profile(scene.organization, "minimal", kind).sheet


@pytest.mark.parametrize("kind", SHEETS)
def test_a_document_is_sent_in_pieces_to_every_form(signed, scene, draft, kind, language):
    address, path = at(draft, kind, language), SHEETS[kind]
    begun = begin(signed, address, path=path, name="Plan été.pdf", size=len(LONG))
    assert begun.status_code == 201
    assert begun.headers["Location"] == begun.json()["address"]
    assert (begun.headers["Upload-Offset"], begun.headers["Upload-Complete"]) == ("0", "?0")
    assert begun.headers["Upload-Limit"] == f"max-append-size={PIECE}, min-append-size={PIECE}"
    one = begun.json()["address"]
    for offset in (0, PIECE):
        answer = piece(signed, one, LONG[offset : offset + PIECE], offset, last=False)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["Upload-Offset"] == str(offset + PIECE)
    head = signed.head(one, headers=JSON)
    assert (head.status_code, head.headers["Upload-Offset"]) == (204, str(2 * PIECE))
    assert (head.headers["Upload-Length"], head.headers["Upload-Complete"]) == (str(len(LONG)), "?0")
    assert "no-store" in head.headers["Cache-Control"]
    (listed,) = signed.get(address, headers=JSON).json()["uploads"]
    assert (listed["name"], listed["path"], listed["offset"], listed["address"]) == (
        "Plan été.pdf",
        path,
        2 * PIECE,
        one,
    )
    before = values(sheet_of(scene, draft, kind)).get(path)
    last = piece(signed, one, LONG[2 * PIECE :], 2 * PIECE)
    assert (last.status_code, last.json()["state"], last.headers["Upload-Complete"]) == (200, "attached", "?1")
    stored = StoredFile.objects.get()
    value = values(sheet_of(scene, draft, kind))[path]
    entry = {"file": stored.public_id, "name": "Plan été.pdf", "size": len(LONG), "sha256": stored.sha256}
    assert before is None
    assert value == ([entry] if kind == "account_profile" else entry)
    assert stored.sha256 == hashlib.sha256(LONG).hexdigest()
    assert signed.get(address, headers=JSON).json() == {"uploads": []}


def test_a_piece_costs_four_statements_at_most(signed, draft):
    one = begin(signed, at(draft), size=len(LONG)).json()["address"]
    piece(signed, one, LONG[:PIECE], last=False)
    with CaptureQueriesContext(connection) as captured:
        piece(signed, one, LONG[PIECE : 2 * PIECE], PIECE, last=False)
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) == 4, asked


def test_an_answer_that_was_lost_is_given_again_and_the_file_is_there_once(signed, scene, draft):
    begun = begin(signed, at(draft), path="quotes")
    one = begun.json()["address"]
    assert piece(signed, one).status_code == 200
    again = begin(signed, at(draft), path="quotes")
    assert (again.json()["address"], again.headers["Upload-Offset"]) == (one, str(len(PDF)))
    assert again.headers["Upload-Complete"] == "?1"
    for _ in range(2):
        answer = piece(signed, one, b"", len(PDF))
        assert (answer.status_code, answer.json()["state"]) == (200, "attached")
    assert piece(signed, one, PDF, 0).status_code == 409
    assert len(values(draft.sheet)["quotes"]) == 1
    assert [change.request_key for change in history(draft.sheet, "quotes")] == ["k"]


def test_a_piece_at_another_place_is_told_where_to_go_on(signed, draft):
    one = begin(signed, at(draft), size=len(LONG)).json()["address"]
    piece(signed, one, LONG[:PIECE], last=False)
    answer = piece(signed, one, LONG[:PIECE], 0, last=False)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(PIECE))
    said = answer.json()
    assert (said["state"], said["expected-offset"]) == ("offset", PIECE)
    assert said["type"] == "https://iana.org/assignments/http-problem-types#mismatching-upload-offset"
    early = piece(signed, one, b"", PIECE)
    assert (early.status_code, early.json()["state"], early.headers["Upload-Offset"]) == (409, "offset", str(PIECE))


def test_a_damaged_piece_is_sent_again(signed, draft):
    one = begin(signed, at(draft)).json()["address"]
    right = base64.b64encode(hashlib.sha256(PDF).digest()).decode()
    damaged = piece(signed, one, PDF[:-1] + b"?", **{"Content-Digest": f"sha-256=:{right}:"})
    assert (damaged.status_code, damaged.json()["state"]) == (400, "again")
    assert piece(signed, one, PDF, **{"Content-Digest": f"sha-256=:{right}:"}).status_code == 200


def test_a_body_that_was_cut_counts_for_nothing(signed, draft):
    one = begin(signed, at(draft)).json()["address"]
    answer = signed.generic(
        "PATCH",
        one,
        b"",
        headers=JSON | {"Upload-Offset": "0", "Upload-Complete": "?1"},
        **{"CONTENT_LENGTH": str(SHORT), "CONTENT_TYPE": "application/partial-upload", "wsgi.input": BytesIO(PDF[:10])},
    )
    assert (answer.status_code, answer.json()["state"]) == (400, "again")
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"content": b"x" * (PIECE + 1)}, 413),
        ({"offset": -1}, 400),
        ({"offset": "٣"}, 400),
        ({"offset": "9" * 40}, 400),
        ({"offset": ""}, 400),
    ],
)
def test_odd_pieces_are_refused(signed, draft, given, status):
    one = begin(signed, at(draft)).json()["address"]
    assert piece(signed, one, **{"content": PDF} | given).status_code == status
    plain = signed.patch(one, PDF, content_type="text/plain", headers=JSON | {"Upload-Offset": "0"})
    assert plain.status_code == 415
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize("size", ["", "-1", "1.5", "ten"])
def test_an_upload_says_how_long_it_will_be(signed, draft, size):
    assert begin(signed, at(draft), size=size).status_code == 400
    assert begin(signed, at(draft), key="").status_code == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"size": 2_000_001}, 413, {"en": "too large", "fr": "trop gros"}),
        ({"size": 0}, 422, {"en": "is empty", "fr": "est vide"}),
        ({"name": "run.exe"}, 422, {"en": "not accepted", "fr": "pas accepté"}),
        ({"path": "project"}, 422, {"en": "does not belong", "fr": "ne fait pas partie"}),
        ({"path": "\x00"}, 422, {"en": "does not belong", "fr": "ne fait pas partie"}),
    ],
)
def test_what_cannot_be_kept_is_refused_before_it_is_sent(signed, draft, given, status, said, language):
    answer = begin(signed, at(draft, language=language), **given)
    assert (answer.status_code, answer.json()["state"]) == (status, "refused")
    assert said[language] in answer.json()["text"]
    assert not Upload.objects.exists()


def test_what_lies_is_refused_at_the_end_and_the_file_before_stays(signed, draft):
    piece(signed, begin(signed, at(draft)).json()["address"])
    before = values(draft.sheet)
    one = begin(signed, at(draft), size=20, key="k2").json()["address"]
    answer = piece(signed, one, b"MZ this is a program")
    assert (answer.status_code, answer.json()["code"]) == (422, "file_content_differs")
    assert values(draft.sheet) == before
    assert piece(signed, one, b"", 20).status_code == 404


def test_a_list_takes_no_more_than_its_limit(signed, scene):
    for number in range(2):
        one = begin(signed, at(None, "account_profile"), path="mandates", key=str(number)).json()["address"]
        assert piece(signed, one).status_code == 200
    answer = begin(signed, at(None, "account_profile"), path="mandates", key="more")
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_files")
    assert Upload.objects.filter(file=None).count() == 0


@pytest.mark.parametrize("text", ["room for this file", "pas de place pour ce fichier"])
def test_a_full_disk_is_told_in_the_reader_s_language_and_nothing_is_half_done(signed, draft, monkeypatch, text):
    language = "en" if text.startswith("room") else "fr"
    piece(signed, begin(signed, at(draft)).json()["address"])
    before = values(draft.sheet)
    one = begin(signed, at(draft, language=language), key="k2").json()["address"]

    def full(*_given):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        answer = piece(signed, one)
    assert (answer.status_code, answer.json()["state"]) == (507, "full")
    assert text in answer.json()["text"]
    assert values(draft.sheet) == before
    assert piece(signed, one).status_code == 200


def test_a_full_disk_is_told_on_the_page_as_well(signed, draft, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with translation.override("en"):
        url = reverse("applicant:section", args=[draft.public_id, "attachments"])
    answer = signed.post(url, {"plan": SimpleUploadedFile("plan.pdf", PDF)})
    assert answer.status_code == 422
    assert "no room for this file" in answer.content.decode()


def test_strangers_find_nothing_and_who_may_only_read_is_told(client, scene, draft):
    client.force_login(scene.owner)
    one = begin(client, at(draft), size=len(LONG)).json()["address"]
    for user in (scene.stranger, people.person("New Comer"), scene.officer):
        client.force_login(user)
        assert begin(client, at(draft)).status_code == 404
        assert client.get(at(draft), headers=JSON).status_code == 404
        assert client.head(one, headers=JSON).status_code == 404
        assert piece(client, one, LONG[:PIECE], last=False).status_code == 404
        assert client.delete(one, headers=JSON).status_code == 404
    client.force_login(scene.reader)
    assert (begin(client, at(draft)).status_code, client.get(at(draft), headers=JSON).status_code) == (403, 403)
    client.force_login(scene.editor)  # a colleague sends their own
    assert piece(client, one, LONG[:PIECE], last=False).status_code == 404
    assert client.get(at(draft), headers=JSON).json() == {"uploads": []}
    assert Upload.objects.get().offset == 0


def test_who_has_lost_the_right_meanwhile_sends_no_piece_more(signed, scene, draft):
    one = begin(signed, at(draft), size=len(LONG)).json()["address"]
    scene.owner.memberships.update(role="reader", is_primary=False)
    assert piece(signed, one, LONG[:PIECE], last=False).status_code == 404
    assert begin(signed, at(draft), size=len(LONG)).status_code == 403
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize(("who", "kind"), [("reader", "profile"), ("editor", "account_profile")])
def test_who_may_not_fill_in_a_profile_sends_nothing_to_it(client, scene, who, kind):
    client.force_login(getattr(scene, who))
    assert begin(client, at(None, kind), path=SHEETS[kind]).status_code in (403, 422)
    assert not Upload.objects.exists()
    client.force_login(scene.officer)
    assert begin(client, at(None, "profile"), path="charter").status_code == 403
    assert queries.organization_of(scene.officer) is None


def test_the_first_document_of_a_newcomer_founds_the_organization(client, scene):
    newcomer = people.person("New Comer")
    client.force_login(newcomer)
    assert client.get(at(None, "profile"), headers=JSON).json() == {"uploads": []}
    assert queries.organization_of(newcomer) is None
    one = begin(client, at(None, "profile"), path="charter").json()["address"]
    assert piece(client, one).status_code == 200
    profile = queries.profile(queries.organization_of(newcomer), "minimal", "profile")
    assert values(profile.sheet)["charter"]["name"] == "plan.pdf"


def test_a_submitted_application_takes_no_piece_more_and_says_so(signed, scene):
    draft = scene.complete()
    one = begin(signed, at(draft), size=len(LONG)).json()["address"]
    scene.submit(draft)
    assert piece(signed, one, LONG[:PIECE], last=False).status_code == 404
    answer = begin(signed, at(draft), size=len(LONG))
    assert (answer.status_code, answer.json()["code"]) == (409, "already_submitted")


def test_one_that_is_cancelled_is_gone(signed, draft):
    one = begin(signed, at(draft), size=len(LONG)).json()["address"]
    piece(signed, one, LONG[:PIECE], last=False)
    assert signed.delete(one, headers=JSON).status_code == 204
    assert signed.delete(one, headers=JSON).status_code == 404
    assert signed.get(at(draft), headers=JSON).json() == {"uploads": []}


def test_a_session_that_has_ended_and_a_page_of_an_older_one_are_told_in_json(client, scene, draft):
    client.force_login(scene.owner)
    one = begin(client, at(draft)).json()["address"]
    client.logout()
    assert (piece(client, one).status_code, piece(client, one).json()) == (401, {"state": "signed_out"})
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(scene.owner)
    assert (piece(strict, one).status_code, piece(strict, one).json()) == (403, {"state": "stale"})
    assert strict.delete(one, headers=JSON).status_code == 403


def test_the_page_says_where_its_script_sends_documents(signed, draft, language):
    with translation.override(language):
        url = reverse("applicant:section", args=[draft.public_id, "attachments"])
    assert f'data-uploads="{at(draft, language=language)}"' in signed.get(url).content.decode()
