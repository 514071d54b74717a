"""The French of the interface is complete: nothing missing, fuzzy, unused, misplaced or with other placeholders."""

import re

from django.utils import translation

from guichet.config import catalogue
from tests.house.sources import PACKAGE

# A word that loses its vowel before one ("d'Érablière"), and a name that nobody knows beforehand.
ELISION = re.compile(
    r"\b(?:que|de|le|la|ne|se|si|jusque|lorsque|puisque) \**[%{(]*(?:name|organization|who|inviter|member|submitter)\b"
)


def test_the_french_catalogues_have_no_fault():
    assert catalogue.faults(PACKAGE, PACKAGE / "locale" / "fr") == []


def test_the_built_catalogue_is_the_one_in_use():
    for message in catalogue.read_all(PACKAGE / "locale" / "fr")["web"][:5]:
        with translation.override("fr"):
            if not message.plural and not message.context:
                assert translation.gettext(message.text) == message.translations[0]


def test_no_french_text_has_a_word_that_the_name_after_it_may_shorten():
    """Every "de {organization}" is wrong for Érablière: the sentence is turned round."""
    letters = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("texts/*.fr.md")]
    catalogues = catalogue.read_all(PACKAGE / "locale" / "fr").values()
    texts = letters + [text for messages in catalogues for message in messages for text in message.translations]
    assert len(letters) > 15
    assert [text for text in texts if ELISION.search(text)] == []
