"""The path decides the language; the choice is remembered; the toggle keeps the page."""

import pytest


@pytest.mark.parametrize(
    ("accept", "cookie", "home"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", None, "/fr/"),
        ("en-CA", None, "/en/"),
        ("de-DE,fr;q=0.5", None, "/fr/"),
        ("de-DE", None, "/en/"),
        ("", None, "/en/"),
        ("en-CA", "fr", "/fr/"),
        ("fr-CA", "en", "/en/"),
        ("en-CA", "xx", "/en/"),
    ],
)
def test_first_address_leads_to_the_preferred_language(client, accept, cookie, home):
    if cookie:
        client.cookies["guichet_language"] = cookie
    response = client.get("/?a=1", headers={"accept-language": accept})
    assert (response.status_code, response.headers["Location"]) == (302, f"{home}?a=1")
    assert "Accept-Language" in response.headers["Vary"]


def test_language_is_remembered_and_set_only_when_it_changes(client, db):
    assert client.get("/fr/").cookies["guichet_language"].value == "fr"
    assert "guichet_language" not in client.get("/fr/").cookies
    assert client.get("/").headers["Location"] == "/fr/"
    client.get("/en/")
    assert client.get("/").headers["Location"] == "/en/"


def test_toggle_keeps_the_page_and_its_query(client, db):
    html = client.get("/fr/aide-technique/?a=b").content.decode()
    assert 'href="/en/technical-help/?a=b" lang="en" hreflang="en"' in html
    html = client.get("/en/technical-help/").content.decode()
    assert 'href="/fr/aide-technique/" lang="fr" hreflang="fr"' in html


def test_slug_of_the_other_language_is_not_a_page(client, db):
    assert client.get("/fr/technical-help/").status_code == 404


def test_mistyped_address_without_language_is_answered_in_the_preferred_one(client, db):
    response = client.get("/nothing/here/", headers={"accept-language": "fr"})
    assert response.status_code == 404
    assert "Page introuvable" in response.content.decode()
    assert 'href="/en/" lang="en"' in response.content.decode()
