"""The typographic check itself: it finds what it must, and leaves good texts alone."""

import pytest
from tests.conformance.typography import NBSP, faults

BAD_FRENCH = [
    "Titre : texte",
    "Titre: texte",
    "**Titre**: texte",
    "50 % des coûts",
    "50% des coûts",
    f"50{NBSP}000 $",
    f"50 000{NBSP}$",
    "« demande »",
    "«demande»",
    f"Enregistré{NBSP}!",
    "Que faire ?",
    "oui ; non",
    "l'entreprise",
    'le "projet"',
    "et ainsi de suite...",
    "deux  espaces",
    "A propos du programme",
    "Si vous rencontrez les critères",
    "Complétez le formulaire",
    "la page doit être complétée",
    "un courriel électronique",
    "par e-mail",
    "les critères d’éligibilité",
    "Remplissez votre application",
]
GOOD_FRENCH = [
    f"Titre{NBSP}: texte, 50{NBSP}% ou 50{NBSP}000{NBSP}$",
    f"«{NBSP}Critères atteints{NBSP}»",
    "Que faire? Enregistrez! Oui; non.",
    "Allez à Mes demandes > CanExport > Nouvelle application > PME",
    "[Ouvrir le guide](https://guide.example/fr?a=1:2;b)",
    "Écrivez à aide@demo.example.",
    "une demande complète, un complément",
    "une rencontre avec un acheteur",
]
BAD_ENGLISH = [
    "don't",
    'the "project"',
    "50 %",
    "Title : text",
    "the programme",
    "organisation",
    f"50{NBSP}000",
    "a  b",
]
GOOD_ENGLISH = ["don’t", "the “project”, 50%", "$50,000: up to", "the program of an organization"]


@pytest.mark.parametrize("text", BAD_FRENCH)
def test_bad_french_is_found(text):
    assert list(faults(text, "fr"))


@pytest.mark.parametrize("text", GOOD_FRENCH)
def test_good_french_is_left_alone(text):
    assert not list(faults(text, "fr"))


@pytest.mark.parametrize("text", BAD_ENGLISH)
def test_bad_english_is_found(text):
    assert list(faults(text, "en"))


@pytest.mark.parametrize("text", GOOD_ENGLISH)
def test_good_english_is_left_alone(text):
    assert not list(faults(text, "en"))
