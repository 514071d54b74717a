"""The receipt as a file, the record as one file, and the page on which anybody has them verified."""

import io
import re
import zipfile
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from guichet.applications import actions
from guichet.kernel import references
from tests.applications import scene as scenes
from tests.people import officer


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path):
    settings.MADE_ROOT, settings.FILES_ROOT = tmp_path / "made", tmp_path / "files"


@pytest.fixture
def scene(db):
    with time_machine.travel(scenes.NOON, tick=False):
        yield scenes.Scene()


@pytest.fixture
def submission(scene):
    application = scene.complete(project="Semis <b>boréaux</b> & fils")
    actions.attach_file(actor=scene.editor, application=application, path="plan", upload=scenes.pdf("Plan d’été.pdf"))
    return scene.submit(application)


def address(name, language, *arguments):
    with translation.override(language):
        return reverse(name, args=arguments)


def words(reader):
    """Every word of the file, without blanks: a line may break anywhere."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def close(text):
    return re.sub(r"\s", "", text)


def verified(client, language, **typed):
    return client.get(address("public:verify", language), typed)


def text_of(response):
    html = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2].partition("</main>")[0])
    return re.sub(r"\s+", " ", html.replace("&nbsp;", " "))


def dropped(client, language, content, name="record.zip"):
    return client.post(address("public:verify", language), {"bundle": SimpleUploadedFile(name, content)})


# The receipt ---------------------------------------------------------------------------------------------------------
def test_the_receipt_as_a_file_says_everything(client, scene, submission, language):
    client.force_login(scene.owner)
    response = client.get(address("applicant:receipt_pdf", language, submission.application.public_id))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{submission.reference}.pdf"'
    reader = PdfReader(io.BytesIO(response.content))
    assert reader.root_object["/Lang"] == f"{language}-CA"
    assert reader.root_object["/MarkInfo"]["/Marked"].value is True
    assert submission.reference in reader.metadata.title
    assert len(reader.outline) >= 5
    whole = words(reader)
    said = [submission.reference, submission.digest, submission.edition_hash, "Semis <b>boréaux</b> & fils"]
    said += [entry["sha256"] for entry in submission.document["files"]]
    said += [statement["text"] for statement in submission.document["attestations"]]
    said += {
        "en": ["January 7, 2026, 12:00:00 p.m. (PST)", "Plan d’été.pdf", "Olive Owner (Legal signatory)"],
        "fr": ["7 janvier 2026", "12 h 00 min 0 s (HNP)", "(Signataire légal)"],
    }[language]
    missing = [text for text in said if close(text) not in whole]
    assert missing == []


def test_it_is_the_same_file_for_whoever_may_read_it(client, scene, submission):
    client.force_login(scene.owner)
    one = client.get(address("applicant:receipt_pdf", "en", submission.application.public_id)).content
    client.force_login(officer())
    assert client.get(address("officer:receipt_pdf", "en", submission.application.public_id)).content == one


def test_a_draft_has_neither(client, scene, language):
    draft = scene.start()
    client.force_login(scene.owner)
    for name in ("receipt_pdf", "bundle"):
        response = client.get(address(f"applicant:{name}", language, draft.public_id))
        assert response.status_code == 302
        assert response.headers["Location"] == address("applicant:application", language, draft.public_id)


def test_the_receipt_leads_to_the_verification(client, scene, submission, language):
    client.force_login(scene.owner)
    html = client.get(address("applicant:receipt", language, submission.application.public_id)).content.decode()
    found = re.search(r'href="([^"]*number=[^"]*)"', html)[1].replace("&amp;", "&")
    client.logout()
    response = client.get(found.removeprefix(f"{urlsplit(found).scheme}://{urlsplit(found).netloc}"))
    assert response.status_code == 200
    assert {"en": "The same", "fr": "Identique"}[language] in text_of(response)


# Number and digest ---------------------------------------------------------------------------------------------------
def test_number_and_digest_are_compared(client, submission, language):
    typed = submission.reference.lower().replace("-", " ")
    spaced = " ".join(submission.digest[place : place + 8].upper() for place in range(0, 64, 8))
    same = {"en": "This digest is the one on record for this number", "fr": "Cette empreinte est bien celle qui est"}
    assert same[language] in text_of(verified(client, language, number=typed, digest=f"SHA-256: {spaced}"))


def test_an_unknown_number_and_a_wrong_digest_are_answered_alike(client, scene, submission, language):
    other = references.make("TST", 2026, 77)
    wrong = text_of(verified(client, language, number=submission.reference, digest="0" * 64))
    unknown = text_of(verified(client, language, number=other, digest="0" * 64))
    assert {"en": "No submission is on record with", "fr": "Aucune demande n’est consignée sous"}[language] in wrong
    assert wrong == unknown
    assert "Semis" not in wrong


@pytest.mark.parametrize(
    ("number", "digest", "english", "french"),
    [
        ("", "", "Enter the number.", "Inscrivez le numéro."),
        ("TST-2026-00001-A", "0" * 64, "This is no number of an application", "Ce n’est pas le numéro d’une demande"),
        ("x" * 61, "0" * 64, "at most 60", "au plus 60"),
        ("GOOD", "0" * 63, "A digest has 64 signs", "Une empreinte compte 64 signes"),
        ("GOOD", "g" * 64, "A digest has 64 signs", "Une empreinte compte 64 signes"),
        ("GOOD", "\x000", "A digest has 64 signs", "Une empreinte compte 64 signes"),
    ],
)
def test_what_was_mistyped_is_said(client, submission, language, number, digest, english, french):
    number = number.replace("GOOD", submission.reference)
    response = verified(client, language, number=number, digest=digest)
    assert response.status_code == 422
    assert {"en": english, "fr": french}[language] in text_of(response)


# The whole record ----------------------------------------------------------------------------------------------------
@pytest.fixture
def record(client, scene, submission):
    client.force_login(scene.owner)
    response = client.get(address("applicant:bundle", "fr", submission.application.public_id))
    assert response.headers["Content-Disposition"] == f'attachment; filename="{submission.reference}.zip"'
    assert response.headers["Content-Type"] == "application/zip"
    content = b"".join(response.streaming_content)
    client.logout()
    return content


def changed(record, **parts):
    """The record with some of its parts replaced, by the ends of their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(record)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = next((value for end, value in parts.items() if name.endswith(f".{end}")), old.read(name))
            new.writestr(name, content)
    return packed.getvalue()


def test_a_record_as_it_was_downloaded_is_the_same(client, record, submission, language):
    said = text_of(dropped(client, language, record))
    assert {"en": "Every part of the file is what", "fr": "Chaque partie du fichier est ce que"}[language] in said
    assert submission.reference in said
    assert {"en": "submission.json – the same", "fr": "submission.json – identique"}[language] in said


def test_another_file_is_named(client, record, language):
    said = text_of(dropped(client, language, changed(record, pdf=b"%PDF-1.7 another")))
    assert {"en": "Not the same", "fr": "Différent"}[language] in said
    assert {"en": "Plan d’été.pdf – not the same", "fr": "Plan d’été.pdf – différente"}[language] in said


def test_another_text_is_named_and_proves_no_file(client, record, submission, language):
    forged = submission.canonical.replace("boréaux", "boreaux").encode()
    said = text_of(dropped(client, language, changed(record, json=forged)))
    assert {"en": "submission.json – not the same", "fr": "submission.json – différente"}[language] in said
    assert {"en": "Plan d’été.pdf – cannot be said", "fr": "Plan d’été.pdf – impossible à dire"}[language] in said


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_record_is_said(client, db, language, content):
    response = dropped(client, language, content)
    assert response.status_code == 422
    expected = {"en": "This file is no record of a submission", "fr": "Ce fichier n’est pas le dossier d’une demande"}
    empty = {"en": "The file is empty: download it again.", "fr": "Le fichier est vide : téléchargez-le de nouveau."}
    assert (expected if content else empty)[language] in text_of(response).replace("\u00a0", " ")


def test_it_costs_two_statements_at_most(client, record, submission, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        dropped(client, "en", record)
    with django_assert_max_num_queries(2):
        verified(client, "en", number=submission.reference, digest=submission.digest)
