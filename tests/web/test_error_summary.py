"""The error summary at the top of a page: each line is understood alone."""

import html5lib
import pytest

ADDRESSES = {"en": "/en/register/", "fr": "/fr/s-inscrire/"}
LINES = {
    "en": [
        "Your name: This field is required.",
        "E-mail address: This field is required.",
        "Password: This field is required.",
    ],
    "fr": [
        "Votre nom\u00a0: Ce champ est obligatoire.",
        "Adresse de courriel\u00a0: Ce champ est obligatoire.",
        "Mot de passe\u00a0: Ce champ est obligatoire.",
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_summary_of_an_empty_form_names_each_field(client, language):
    page = client.post(ADDRESSES[language], {"language": language})
    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    summary = tree.find(".//*[@id='error-summary']")
    assert ["".join(line.itertext()).strip() for line in summary.iter("li")] == LINES[language]
