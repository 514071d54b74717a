"""Documents that My profile and the account profile ask for: sent with the page, shown, downloaded, taken out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from guichet.answers.queries import values
from guichet.files.models import StoredFile
from guichet.organizations import queries
from guichet.programs.actions import publish
from tests import people
from tests.applications.scene import PACKAGE, PDF
from tests.web.applying import fields

pytestmark = pytest.mark.django_db
KINDS = {"profile": "charter", "account_profile": "mandates"}


def at(language, name, *args, room="applicant"):
    with translation.override(language):
        return reverse(f"{room}:{name}", args=args)


@pytest.fixture
def firm():
    publish(actor=None, folder=PACKAGE)
    return people.firm("transmitted")


@pytest.fixture
def signed(client, firm):
    client.force_login(firm.signatory)
    return client


def send(client, url, path, *names, content=PDF, **more):
    uploads = [SimpleUploadedFile(name, content) for name in names]
    return client.post(url, fields(client.get(url)) | {path: uploads} | more, follow=True)


def kept(firm, kind):
    """The names in the answer as it stands."""
    profile = queries.profile(firm.organization, "minimal", kind)
    value = values(profile.sheet).get(KINDS[kind]) if profile else None
    return [entry["name"] for entry in (value if isinstance(value, list) else [value] if value else [])]


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_attached_shown_downloaded_and_removed(signed, firm, kind, language):
    url, path = at(language, kind) + "?program=minimal", KINDS[kind]
    response = send(signed, url, path, "Charte élégante.pdf")
    assert kept(firm, kind) == ["Charte élégante.pdf"]
    stored = StoredFile.objects.get()
    address = at(language, "document", stored.public_id)
    page = response.content.decode()
    assert f'href="{address}"' in page
    assert ("Not scanned for viruses yet" if language == "en" else "antivirus") in page
    download = signed.get(address)
    assert b"".join(download.streaming_content) == PDF
    assert download.headers["Content-Disposition"].startswith("attachment")
    send(signed, url, "nothing", remove_file=f"{path}:{stored.public_id}")
    assert kept(firm, kind) == []
    signed.force_login(people.firm("founded").signatory)
    assert signed.get(address).status_code == 404


def test_a_new_document_takes_the_place_of_the_one_before_and_a_list_grows_to_its_limit(signed, firm):
    profile, account = (at("en", kind) + "?program=minimal" for kind in KINDS)
    for name in ("first.pdf", "second.pdf"):
        send(signed, profile, "charter", name)
    assert kept(firm, "profile") == ["second.pdf"]
    response = send(signed, account, "mandates", "a.pdf", "b.pdf", "c.pdf")
    assert response.status_code == 422
    assert "At most 2 files may be attached here." in response.content.decode()
    assert kept(firm, "account_profile") == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "content"), [("lies.pdf", b"MZ executable"), ("run.exe", b"MZ"), ("big.pdf", PDF * 50_000)]
)
def test_a_bad_document_is_refused_beside_its_box_and_what_was_typed_is_kept(signed, firm, kind, name, content):
    answer = {"legal_name": "Semis"} if kind == "profile" else {"products": "Semis"}
    response = send(signed, at("en", kind) + "?program=minimal", KINDS[kind], name, content=content, **answer)
    assert response.status_code == 422
    assert f'id="q-{KINDS[kind]}-error1"' in response.content.decode()
    assert kept(firm, kind) == []
    (saved,) = answer.items()
    assert values(queries.profile(firm.organization, "minimal", kind).sheet)[saved[0]] == saved[1]


def test_who_may_not_fill_in_a_profile_attaches_nothing(client, firm):
    for kind, role in (("profile", "reader"), ("account_profile", "editor")):
        client.force_login(firm.colleague(role))
        url = at("en", kind) + "?program=minimal"
        client.post(url, {KINDS[kind]: SimpleUploadedFile("a.pdf", PDF)})
        assert kept(firm, kind) == []
    assert not StoredFile.objects.exists()


def test_the_first_document_of_a_newcomer_founds_the_organization(client, firm):
    newcomer = people.person("New Comer")
    client.force_login(newcomer)
    send(client, at("fr", "profile") + "?program=minimal", "charter", "charte.pdf")
    organization = queries.organization_of(newcomer)
    assert queries.profile_document(organization, StoredFile.objects.get().public_id).name == "charte.pdf"
    assert queries.profile_document(firm.organization, StoredFile.objects.get().public_id) is None


def test_a_newcomer_has_nothing_to_take_out(client, firm):
    client.force_login(people.person("New Comer"))
    url = at("en", "profile") + "?program=minimal"
    assert send(client, url, "nothing", remove_file="charter:x").status_code == 422


def test_an_officer_downloads_what_was_sent_with_the_profile(signed, firm, language):
    url = at(language, "profile") + "?program=minimal"
    typed = {"legal_name": "Semis", "business_number": people.business_number(), "employees": "12"}
    send(signed, url, "charter", "Charte.pdf", action="update", **typed)
    signed.force_login(people.officer())
    (case,) = firm.organization.cases.filter(program_key="minimal")
    stored = StoredFile.objects.get()
    address = at(language, "profile_document", firm.organization.public_id, stored.public_id, room="officer")
    page = signed.get(at(language, "case", case.public_id, room="officer")).content.decode()
    assert f'href="{address}"' in page
    assert b"".join(signed.get(address).streaming_content) == PDF
    other = people.firm("founded").organization.public_id
    assert signed.get(at(language, "profile_document", other, stored.public_id, room="officer")).status_code == 404


def test_a_document_that_nobody_stored_is_shown_without_a_link(signed, firm):
    """The organization of a preview has the invented documents of a golden case."""
    url = at("fr", "profile") + "?program=minimal"
    send(signed, url, "charter", "charte.pdf")
    StoredFile.objects.update(holder="sheet:elsewhere")
    page = signed.get(url).content.decode()
    assert "charte.pdf" in page
    assert at("fr", "document", StoredFile.objects.get().public_id) not in page
