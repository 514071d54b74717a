"""Every refusal of every room has a sentence in both languages."""

import datetime as dt
import importlib
import pkgutil

import pytest
from django.utils import translation

import guichet
from guichet.kernel.bilingual import Text
from guichet.kernel.calendar import Holiday
from guichet.kernel.errors import Refusal
from guichet.web import sentences
from tests.page import ENGLISH_FAULTS, FRENCH_FAULTS, ONLY

DAY = dt.date(2026, 7, 1)
MOMENT = dt.datetime(2026, 5, 29, 16, tzinfo=dt.UTC)
PARAMS = {
    "name": "Ana Roy",
    "signatories": ("Ana Roy", "Bo Li"),
    "first": DAY,
    "earliest": DAY,
    "submitted_on": DAY,
    "days": 60,
    "skipped": (Holiday(DAY, Text(en="Canada Day", fr="Fête du Canada")),),
    "guide": "8.3",
    "reference": "CXS-2026-00001-K",
    "limit": 120,
    "max_bytes": 10_000_000,
    "kinds": ("pdf", "docx"),
    "edition": Text(en="Maple Fund 2027", fr="Fonds Érable 2027"),
    "opens": None,
    "closed": MOMENT,
    "closes": MOMENT,
    "now": MOMENT,
    "published": MOMENT,
    "zone": "America/Toronto",
    "notice": Text(en="We count the applications.", fr="Nous comptons les demandes."),
}
OTHER_PARAMS = {
    **PARAMS,
    "name": "",
    "signatories": (),
    "days": 1,
    "skipped": (),
    "opens": MOMENT,
    "closes": None,
}


def refusals():
    for module in pkgutil.walk_packages(guichet.__path__, "guichet."):
        if module.name.endswith(".errors") and ".web." not in module.name:
            found = vars(importlib.import_module(module.name)).values()
            yield from (x for x in found if isinstance(x, type) and issubclass(x, Refusal) and x is not Refusal)


CODES = sorted({refusal.code for refusal in refusals()})


def test_codes_are_found_and_belong_to_one_refusal_each():
    everything = set(refusals())
    assert len(CODES) == len(everything) > 20


def test_there_is_no_sentence_without_a_refusal():
    assert sorted(sentences.SENTENCES) == CODES


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("params", [PARAMS, OTHER_PARAMS])
def test_sentence_in_both_languages(code, params):
    refusal = Refusal(**params)
    refusal.code = code
    said = {}
    for language in ("en", "fr"):
        with translation.override(language):
            said[language] = sentences.sentence(refusal)
    assert said["en"] != said["fr"]
    assert not [name for name, rule in FRENCH_FAULTS.items() if rule.search(said["fr"])]
    assert not [name for name, rule in ENGLISH_FAULTS.items() if rule.search(said["en"])]
    assert not ONLY["en"].search(said["fr"])


def test_unknown_code_fails():
    refusal = Refusal()
    refusal.code = "nothing_of_the_kind"
    with pytest.raises(LookupError):
        sentences.sentence(refusal)


def test_names_are_listed_as_one_says_them():
    with translation.override("en"):
        assert [sentences.names(x) for x in ([], ["A"], ["A", "B", "C"])] == ["", "A", "A, B and C"]
    with translation.override("fr"):
        assert sentences.names(["A", "B"]) == "A et B"
