"""Reference numbers: what is typed on the phone is understood, and one slip is always noticed."""

import pytest

from guichet.kernel.references import ALPHABET, make, read

SAMPLES = [make(prefix, year, serial) for prefix in ("CXS", "AB", "YXWVTS") for year in (2024, 2026, 2031)
           for serial in (1, 7, 31, 99, 1234, 99999, 123456)]  # fmt: skip


def test_the_form():
    reference = make("CXS", 2026, 1)
    assert reference.startswith("CXS-2026-00001-")
    assert len(reference) == len("CXS-2026-00001-K")
    assert read(reference) == reference


def test_the_alphabet_has_no_look_alikes_and_a_prime_number_of_signs():
    assert not set(ALPHABET) & set("ILOUZ")
    assert len(set(ALPHABET)) == 31


@pytest.mark.parametrize("reference", SAMPLES)
def test_read_forgives_how_it_is_typed(reference):
    bare = reference.replace("-", "")
    ways = [reference.lower(), bare, bare.lower(), f"  {reference} ", reference.replace("-", " "),
            reference.replace("-", "\u2013"), bare.replace("0", "O"), bare.replace("0", "o").replace("1", "l"),
            bare.replace("1", "I")]  # fmt: skip
    assert {read(way) for way in ways} == {reference}


@pytest.mark.parametrize("reference", SAMPLES)
def test_every_wrong_sign_is_noticed(reference):
    bare = reference.replace("-", "")
    for place, sign in enumerate(bare):
        for wrong in set(ALPHABET) - {sign}:
            assert read(bare[:place] + wrong + bare[place + 1 :]) is None


@pytest.mark.parametrize("reference", SAMPLES)
def test_every_exchange_of_neighbours_is_noticed(reference):
    bare = reference.replace("-", "")
    for place in range(len(bare) - 1):
        if bare[place] != bare[place + 1]:
            swapped = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
            assert read(swapped) is None


@pytest.mark.parametrize("typed", ["", "CXS", "CXS-2026-00001", "12302-6635 RC0001", "é" * 30, "CXS" * 1000, "\x00"])
def test_what_is_no_reference_is_none(typed):
    assert read(typed) is None


def test_a_serial_with_needless_zeros_is_none():
    for sign in ALPHABET:
        assert read(f"CXS-2026-000001-{sign}") is None


@pytest.mark.parametrize(
    ("prefix", "year", "serial"),
    [("C", 2026, 1), ("CXO", 2026, 1), ("cxs", 2026, 1), ("CX5", 2026, 1), ("CXS", 26, 1), ("CXS", 2026, 0)],
)
def test_make_refuses_what_it_could_not_read(prefix, year, serial):
    with pytest.raises(ValueError, match=r"prefix|range"):
        make(prefix, year, serial)
