"""The browser counts as the server does: the same numbers, the same roundings, the same reading and writing."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from guichet.kernel import decimals, formats
from guichet.kernel.decimals import plain
from guichet.questions.fields._numbers import read_number
from tests.journeys.scripts import blank_page


@pytest.fixture
def scripted(chromium: Any) -> Iterator[Any]:
    """A blank page with our arithmetic and nothing else."""
    page = blank_page(chromium, "decimal.js")
    yield page
    page.close()


def written(dice: random.Random) -> str:
    """A number as an answer or a package has it."""
    digits, places = dice.choice((1, 2, 5, 9, 13, 24)), dice.choice((0, 0, 1, 2, 2, 3, 6, 20))
    number = str(dice.randrange(10**digits)) + (f".{dice.randrange(10**places):0{places}}" if places else "")
    return f"-{number}" if dice.random() < 0.3 else number


def test_sums_products_quotients_and_roundings_are_equal(scripted):
    dice = random.Random(20261125)  # noqa: S311 -- cases to try, no secret
    asked = [(written(dice), written(dice), dice.randrange(5)) for _ in range(10_000)]
    asked += [("1.005", "0", 2), ("-1.005", "3", 2), ("0.125", "8", 2), ("2.5", "2", 0), ("-2.5", "-7", 0)]
    found = scripted.evaluate(
        """cases => cases.map(([a, b, places]) => {
            const d = guichet.decimal, [x, y] = [d.read(a), d.read(b)];
            const quotient = d.divide(x, y);
            return [d.plain(d.add(x, y)), d.plain(d.subtract(x, y)), d.plain(d.multiply(x, y)),
                    quotient && d.plain(quotient), d.plain(d.round(x, places)), d.compare(x, y), d.fixed(x, places)];
        })""",
        asked,
    )
    for (a, b, places), result in zip(asked, found, strict=True):
        x, y = Decimal(a), Decimal(b)
        quotient, rounded = decimals.divide(x, y), decimals.half_up(x, places)
        expected = [
            plain(decimals.add(x, y)),
            plain(decimals.subtract(x, y)),
            plain(decimals.multiply(x, y)),
            None if quotient is None else plain(quotient),
            plain(rounded),
            (x > y) - (x < y),
            f"{rounded:.{places}f}" if rounded else f"{0:.{places}f}",
        ]
        assert result == expected, (a, b, places)


@pytest.mark.parametrize(
    ("number", "places", "half_up"),
    [("1.005", 2, "1.01"), ("-1.005", 2, "-1.01"), ("2.5", 0, "3"), ("0.004999", 2, "0"), ("7", 2, "7")],
)
def test_half_goes_away_from_zero(number, places, half_up):
    assert decimals.half_up(Decimal(number), places) == Decimal(half_up)


def test_a_division_gives_twenty_decimals_half_up_and_none_by_zero():
    assert str(decimals.divide(Decimal(1), Decimal(3))) == "0.33333333333333333333"
    assert str(decimals.divide(Decimal(-2), Decimal(3))) == "-0.66666666666666666667"
    assert decimals.divide(Decimal(1), Decimal("0.00")) is None
    # Thirty-three digits: more than Decimal keeps by itself.
    assert decimals.divide(Decimal("9999999999999"), Decimal(7)) == Decimal("1428571428571.28571428571428571429")
    product = decimals.multiply(Decimal("123456789012345678.91"), Decimal("98765432109876543.21"))
    assert str(product).replace(".", "") == str(12345678901234567891 * 9876543210987654321)


def test_numbers_are_written_as_the_server_writes_them(scripted):
    dice = random.Random(7)  # noqa: S311
    asked = [written(dice) for _ in range(2_000)]
    asked = [text for text in asked if len(text.replace(".", "").lstrip("-")) <= 28]
    found = scripted.evaluate(
        """texts => texts.map(text => {
            const d = guichet.decimal, x = d.read(text);
            return [d.money(x, false), d.money(x, true), d.number(x, false), d.number(x, true), d.percent(x, true)];
        })""",
        asked,
    )
    for text, result in zip(asked, found, strict=True):
        x = Decimal(text)
        wanted = [formats.money(x, "en"), formats.money(x, "fr"), formats.decimal(x, "en"), formats.decimal(x, "fr")]
        assert result == [*wanted, formats.percent(x, "fr")], text


TYPED = (
    *("1 234,56 $", "$1,234.56", "1234.5", "(12)", "−3 %", "1,234", "1.234", "12,5", "1'234.50", "1\u00a0234", "abc"),
    *("", " ", "12.", ".5", ".", "-", "1,234,567", "1.234.567,89", "1,23,456", "CAD 50", "50 dollars", "5 0 0", "+7"),
    *("(-5)", "- 5", "1e5", "٣", "½", "123456789012345678901234567890", "00012", "1’234’567,5", "12-5", "$", "1,2,3"),
)


def test_what_is_typed_is_read_as_the_server_reads_it(scripted):
    dice = random.Random(3)  # noqa: S311
    signs = "0123456789" * 3 + " ,.'-$%()"
    texts = [*TYPED, *("".join(dice.choices(signs, k=dice.randrange(1, 12))) for _ in range(10_000))]
    for comma in (False, True):
        found = scripted.evaluate(
            """([texts, comma]) => texts.map(text => {
                const read = guichet.decimal.typed(text, comma);
                return read && guichet.decimal.plain(read);
            })""",
            [texts, comma],
        )
        for text, result in zip(texts, found, strict=True):
            number = read_number(text, decimal_comma=comma)
            assert result == (None if number is None else plain(number)), (text, comma)
