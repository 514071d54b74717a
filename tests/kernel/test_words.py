"""Bilingual text, refusals, identifiers, canonical JSON, money, the clock."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from pydantic import ValidationError

from guichet.kernel import clock, money
from guichet.kernel.bilingual import LANGUAGES, Text, other
from guichet.kernel.canonical import canonical, plain, sha256
from guichet.kernel.errors import Refusal
from guichet.kernel.identifiers import is_id, new_id


def test_text_speaks_both_languages_and_no_other():
    text = Text(en="Save", fr="Enregistrer")
    assert [text.in_(language) for language in LANGUAGES] == ["Save", "Enregistrer"]
    with pytest.raises(ValueError, match="de"):
        text.in_("de")


@pytest.mark.parametrize("half", [{"en": "Save"}, {"en": "Save", "fr": ""}, {"en": "a", "fr": "b", "de": "c"}])
def test_half_a_text_is_refused(half):
    with pytest.raises(ValidationError):
        Text.model_validate(half)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Trois choses :", "Trois choses⍽:"),
        ("Objet : « Reçu »", "Objet⍽: «⍽Reçu⍽»"),
        ("50 % de 3 $", "50⍽% de 3⍽$"),
        ("{cost.share:percent} et {a} $", "{cost.share:percent} et {a}⍽$"),
        ("| --- | ---: |", "| --- | ---: |"),
        ("| :--- | :---: |", "| :--- | :---: |"),
        ("https://exemple.ca/a:b", "https://exemple.ca/a:b"),
    ],
)
def test_french_keeps_its_signs_with_their_words(typed, shown):
    text = Text(en="a : b « c » 5 %", fr=typed)
    assert text.fr.replace("\N{NO-BREAK SPACE}", "⍽") == shown
    assert text.en == "a : b « c » 5 %"


def test_other_language():
    assert (other("en"), other("fr")) == ("fr", "en")
    with pytest.raises(ValueError, match="de"):
        other("de")


def test_a_refusal_carries_code_field_and_figures():
    class TooEarly(Refusal):
        code = "too_early"

    refusal = TooEarly(field="start", days=60)
    assert (refusal.code, refusal.field, refusal.params) == ("too_early", "start", {"days": 60})
    assert str(refusal) == "too_early(days=60)"


def test_identifiers_are_long_url_safe_and_never_the_same():
    made = {new_id() for _ in range(2000)}
    assert len(made) == 2000
    assert all(is_id(identifier) for identifier in made)
    assert not any(is_id(text) for text in ("", "1", "../../etc/passwd", "x" * 23, "é" * 22))


def test_canonical_json_does_not_depend_on_order():
    assert canonical({"b": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"b":1}'.encode()
    assert sha256({"b": 1, "a": 2}) == sha256({"a": 2, "b": 1})


def test_plain_makes_json_types_that_the_database_can_hold():
    given = {
        "amount": Decimal("1234.50"),
        "on": dt.date(2026, 4, 1),
        "name": Text(en="a", fr="b"),
        "typed": "nul\x00 and \ud800 alone 🎉",
        "set": {"b", "a"},
        7: (1, None, True),
    }
    assert plain(given) == {
        "amount": "1234.50",
        "on": "2026-04-01",
        "name": {"en": "a", "fr": "b"},
        "typed": "nul and ? alone 🎉",
        "set": ["a", "b"],
        "7": [1, None, True],
    }
    with pytest.raises(TypeError, match="object"):
        plain(object())


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("1.005", "1.01"), ("2.675", "2.68"), ("-1.005", "-1.01"), ("0.004", "0.00"), ("9" * 40, "9" * 40 + ".00")],
)
def test_money_rounds_half_up(amount, cents):
    assert str(money.half_up(Decimal(amount))) == cents


def test_a_share_is_exact_to_the_cent():
    assert money.share(Decimal("33333.33"), Decimal("0.5")) == Decimal("16666.67")


def test_today_is_the_date_in_the_zone():
    with time_machine.travel(dt.datetime(2026, 4, 2, 2, 30, tzinfo=dt.UTC), tick=False):
        assert clock.today("America/Toronto") == dt.date(2026, 4, 1)
        assert clock.now() == dt.datetime(2026, 4, 2, 2, 30, tzinfo=dt.UTC)
