"""What people type is understood, in both languages, and shown back tidily."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.bilingual import LANGUAGES
from guichet.questions.values import Unreadable, length

from .sample import asked, one

NBSP, NARROW = "\u00a0", "\u202f"


def read(type, typed, language="en", **options):
    return one(asked("only", type, **options)).parse(typed, language)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1 234,56 $", "1234.56"),
        (f"1{NBSP}234,56{NBSP}$", "1234.56"),
        (f"1{NARROW}234,56{NARROW}$", "1234.56"),
        ("$1,234.56", "1234.56"),
        ("1234.5", "1234.50"),
        ("1234,5", "1234.50"),
        ("1,234", "1234.00"),
        ("1,234,567", "1234567.00"),
        ("1.234.567,89", "1234567.89"),
        ("1'234.50", "1234.50"),
        ("50 000", "50000.00"),
        ("CAD 50,000", "50000.00"),
        ("50 000 dollars", "50000.00"),
        ("(12.50)", "-12.50"),
        ("\N{MINUS SIGN}12", "-12.00"),
        (".5", "0.50"),
        ("007", "7.00"),
        ("-0", "0.00"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts(typed, kept, language):
    assert read("money", typed, language) == kept


@pytest.mark.parametrize(
    "typed", ["abc", "12 34", "1.2.3", "1,23,456", "1.234", "12,345,6789", "1e5", "--5", "$", "5 or 6", "٣", "9" * 40]
)
def test_what_is_no_amount_is_kept_as_typed(typed):
    assert read("money", typed) == Unreadable(typed)


def test_a_lone_comma_is_read_as_the_language_has_it():
    assert read("decimal", "1,234", "en") == "1234"
    assert read("decimal", "1,234", "fr") == "1.234"
    assert read("percent", "12,5 %", "en") == "12.5"
    assert read("decimal", "1 234,567", "en") == "1234.567"


@pytest.mark.parametrize(("typed", "kept"), [("1 234", 1234), ("1,234", 1234), ("12.0", 12), (" 7 ", 7), ("-3", -3)])
def test_whole_numbers(typed, kept):
    assert read("integer", typed) == kept


@pytest.mark.parametrize("typed", ["12.5", "1e3", "twelve", "99999999999999999"])
def test_what_is_no_whole_number(typed):
    assert read("integer", typed) == Unreadable(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-04-01",
        "2026/4/1",
        "2026.04.01",
        "20260401",
        "2026\N{EN DASH}04\N{EN DASH}01",
        "1er avril 2026",
        f"1er{NBSP}avril{NBSP}2026",
        "1 avril 2026",
        "le 1er avril 2026",
        "mercredi 1er AVRIL 2026",
        "April 1, 2026",
        "april 1st 2026",
        "Apr. 1 2026",
        "1 April 2026",
        "Wednesday, April 1, 2026",
    ],
)
def test_dates(typed):
    assert read("date", typed) == "2026-04-01"


@pytest.mark.parametrize("typed", ["01/04/2026", "2026-02-30", "2026-13-01", "avril 2026", "29 février 2026", "soon"])
def test_ambiguous_and_impossible_dates_are_kept_as_typed(typed):
    assert read("date", typed) == Unreadable(typed)


def test_august_and_february_with_their_accents():
    assert read("date", "15 août 2026") == "2026-08-15"
    assert read("date", "28 févr. 2026") == "2026-02-28"


@pytest.mark.parametrize(
    ("type", "typed", "kept"),
    [
        ("postal_code", "k1a 0b1", "K1A 0B1"),
        ("postal_code", "K1AOB1", "K1A 0B1"),
        ("postal_code", "h2x-1y4", "H2X 1Y4"),
        ("business_number", "12302-6635 RC0001", "123026635RC0001"),
        ("business_number", "123 026 635", "123026635"),
        ("business_number", "123026635rc0001", "123026635RC0001"),
        ("phone", "819 555-0123 poste 22", "+18195550123;ext=22"),
        ("phone", "(819) 555-0123, ext. 22", "+18195550123;ext=22"),
        ("phone", "8195550123x22", "+18195550123;ext=22"),
        ("phone", "1-819-555-0123 #22", "+18195550123;ext=22"),
        ("phone", "+33 1 23 45 67 89", "+33123456789"),
        ("email", "  Someone@Example.CA ", "Someone@example.ca"),
        ("email", "mailto:a@b.ca", "a@b.ca"),
        ("url", "example.ca", "https://example.ca"),
        ("url", "HTTP://www.example.ca/fr", "http://www.example.ca/fr"),
        ("yes_no", "oui", True),
        ("yes_no", "Yes", True),
        ("yes_no", "NON", False),
        ("country", "États-Unis", "US"),
        ("country", "cote d'ivoire", "CI"),
        ("country", "france", "FR"),
        ("province", "québec", "QC"),
        ("industry", "541", "541"),
        ("industry", "Food manufacturing", "311"),
        ("choices", "french; Anglais", ["english", "french"]),
        ("choices", ["", "french"], ["french"]),
        ("attestation", "yes", True),
        ("attestation", ["", "yes"][1], True),
        ("short_text", "  A\r\nB\x00 ", "A B"),
        ("short_text", "\U0001f341 Ltd.", "\U0001f341 Ltd."),
        ("long_text", "a\r\nb\rc\n", "a\nb\nc"),
        ("date_range", "du 1er avril 2026 au 31 mars 2027", {"start": "2026-04-01", "end": "2027-03-31"}),
    ],
)
def test_other_types_are_forgiving(type, typed, kept):
    key = "languages" if type == "choices" else "only"
    assert one(asked(key, type)).parse(typed) == kept


@pytest.mark.parametrize(
    ("type", "typed"),
    [
        ("postal_code", "D1A 0B1"),
        ("postal_code", "12345"),
        ("business_number", "12345"),
        ("business_number", "123026635XX1"),
        ("phone", "call me"),
        ("phone", "5" * 61),
        ("email", "a@b"),
        ("email", "a b@c.ca"),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://example.ca"),
        ("url", "not a site"),
        ("country", "Atlantis"),
        ("yes_no", "maybe"),
        ("date_range", "2026-04-01\n"),
    ],
)
def test_what_cannot_be_read(type, typed):
    assert isinstance(one(asked("only", type)).parse(typed), Unreadable)


@pytest.mark.parametrize("number", ["123456783", "123026636", "000000000", "012345674"])
def test_a_business_number_is_checked_by_its_digits(number):
    question = one(asked("only", "business_number"))
    good = number == "123456783"
    assert question.problems("123026635") == []
    if not good:
        assert "erroné" in question.problems(number)[0].fr


@pytest.mark.parametrize(
    ("type", "value", "english", "french"),
    [
        ("money", "1234.50", "$1,234.50", f"1{NBSP}234,50{NBSP}$"),
        ("percent", "12.5", "12.5%", f"12,5{NBSP}%"),
        ("date", "2026-04-01", "April 1, 2026", "1er avril 2026"),
        ("phone", "+18195550123;ext=22", "819-555-0123 ext. 22", "819-555-0123, poste 22"),
        ("yes_no", False, "No", "Non"),
        ("business_number", "123026635RC0001", "123026635 RC0001", "123026635 RC0001"),
        ("country", "DE", "Germany", "Allemagne"),
        ("integer", 1234, "1,234", f"1{NBSP}234"),
    ],
)
def test_answers_are_written_as_each_language_does(type, value, english, french):
    question = one(asked("only", type))
    assert (question.display(value, "en"), question.display(value, "fr")) == (english, french)


def test_bounds_are_said_with_the_figures():
    question = one(asked("only", "integer", max=499))
    (problem,) = question.problems(500)
    assert problem.en == "Enter a number between 0 and 499."
    assert problem.fr == "Inscrivez un nombre de 0 à 499."
    (negative,) = one(asked("only", "money", max=50000)).problems("-1.00")
    assert negative.en == "Enter an amount between $0 and $50,000."
    assert negative.fr == f"Inscrivez un montant de 0{NBSP}$ à 50{NBSP}000{NBSP}$."
    assert one(asked("only", "money")).problems("9999999999999.00")


def test_a_figure_without_decimals_is_asked_for_as_a_whole_one():
    percent, decimal = one(asked("only", "percent", places=0)), one(asked("only", "decimal", places=0))
    assert isinstance(percent.parse("12,5 %"), Unreadable)
    assert percent.unreadable().model_dump() == {
        "en": "Enter a whole percentage, without decimals.",
        "fr": "Inscrivez un pourcentage entier, sans décimales.",
    }
    assert [problem.model_dump() for problem in decimal.problems("12.5")] == [
        {
            "en": "Round the number to a whole one, without decimals.",
            "fr": "Arrondissez à un nombre entier, sans décimales.",
        }
    ]
    assert one(asked("only", "percent", places=1)).unreadable().fr.endswith("au plus 1 décimale.")


def test_a_text_over_its_limit_is_kept_and_said():
    question = one(asked("only", "long_text", max_length=5))
    assert question.parse("a\r\nb\r\nc") == "a\nb\nc"
    assert question.problems("a\nb\nc") == []
    (problem,) = question.problems("a\nb\nc\U0001f341d")
    assert problem.en == "Shorten this text by 2 characters: it has 7, and the limit is 5."
    assert problem.fr.startswith(f"Raccourcissez ce texte de 2 caractères{NBSP}:")
    assert length("\U0001f341é\n") == 3


@given(st.integers(-(10**15), 10**15), st.sampled_from(LANGUAGES))
def test_any_whole_number_comes_back(number, language):
    question = one(asked("only", "integer"))
    assert question.parse(question.display(number, language), language) == number
