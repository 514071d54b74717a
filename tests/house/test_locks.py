"""The tests run on the very parts on which the product runs."""

import re

from tests.house.sources import ROOT


def pins(lock):
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / f"{lock}.txt").read_text(), re.MULTILINE))


def test_every_part_of_the_product_is_among_those_of_the_tests():
    base, tests = pins("base"), pins("test")
    assert base
    assert {name: tests.get(name) for name in base} == base
