"""The French of the interface is complete: nothing missing, fuzzy, unused, misplaced or with other placeholders."""

from django.utils import translation

from guichet.config import catalogue
from tests.house.sources import PACKAGE


def test_the_french_catalogues_have_no_fault():
    assert catalogue.faults(PACKAGE, PACKAGE / "locale" / "fr") == []


def test_the_built_catalogue_is_the_one_in_use():
    for message in catalogue.read_all(PACKAGE / "locale" / "fr")["web"][:5]:
        with translation.override("fr"):
            if not message.plural and not message.context:
                assert translation.gettext(message.text) == message.translations[0]
