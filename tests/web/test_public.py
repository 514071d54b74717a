"""The pages that anybody may open, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

PAGES = ("home", "help", "support", "browsers", "accessibility", "privacy", "demo_letters")


def address(name, language, *args):
    with translation.override(language):
        return reverse(name, args=args)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_well_made(client, edition, language, name):
    assert client.get(address(f"public:{name}", language)).status_code == 200


def test_home_offers_the_two_ways_in(client, edition, language):
    html = client.get(f"/{language}/").content.decode()
    for words in {
        "en": ("New applicants", "Past applicants", "Register", "Log in", "Text equivalent", "Firefox"),
        "fr": ("Nouveaux demandeurs", "Bénéficiaires antérieurs", "S’inscrire", "Se connecter", "Équivalent textuel"),
    }[language]:
        assert words in html


def test_home_without_a_program_says_so(client, db, language):
    assert client.get(f"/{language}/").status_code == 200


def test_program_page_says_the_earliest_start_and_why(client, edition, language):
    html = client.get(address("public:program", language, "canexport-smes")).content.decode()
    assert "8.3" in html
    assert {"en": "60 business days", "fr": "60\N{NO-BREAK SPACE}jours ouvrables"}[language] in html


def test_unknown_program_is_not_found(client, edition, language):
    assert client.get(address("public:program", language, "nothing")).status_code == 404


def test_every_help_page_and_its_twin(client, edition, language):
    index = client.get(address("public:help", language)).content.decode()
    from guichet.programs import queries

    for page in queries.current_edition("canexport-smes").definition.help:
        path = address("public:help_page", language, "canexport-smes", page.slug.in_(language))
        assert path in index
        html = client.get(path).content.decode()
        other = "fr" if language == "en" else "en"
        assert address("public:help_page", other, "canexport-smes", page.slug.in_(other)) in html
        wrong = address("public:help_page", language, "canexport-smes", page.slug.in_(other))
        if wrong != path:
            assert client.get(wrong).headers["Location"] == path


@pytest.mark.parametrize("name", ["account_signup", "account_login", "account_reset_password"])
def test_sign_in_pages(client, db, language, name):
    path = address(name, language)
    assert client.get(path).status_code == 200
    response = client.post(path, {})
    assert response.status_code == 200
    assert {"en": "There is a problem", "fr": "Il y a un problème"}[language] in response.content.decode()


def test_session_that_ended_is_explained(client, db, language):
    path = address("account_login", language)
    html = client.get(path, {"ended": "1", "next": f"/{language}/"}).content.decode()
    assert {"en": "Your session has ended", "fr": "Votre session est terminée"}[language] in html
