"""The last test of a run: an outside validator reads one page of every shape that the run received."""

import pytest

from tests import seen, validator

GOOD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>{}</body></html>\n'
)


@pytest.mark.last
def test_every_page_of_this_run_is_valid_html(tmp_path):
    found = validator.faults(
        {"good": GOOD.format("<p>Words.</p>")} | {page.name: page.html for page in seen.shapes()}, tmp_path
    )
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:200])


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<p>x<div>y</div></p>", "close-order"),
        ("<ul><p>x</p></ul>", "element-permitted-content"),
        ('<p id="a">x</p><p id="a">y</p>', "no-dup-id"),
        ('<label for="none">x</label>', "no-missing-references"),
        ('<input type="text" autocomplete="nonsense" aria-label="x">', "valid-autocomplete"),
        ('<table><tr><th scope="x">x</th></tr></table>', "attribute-allowed-values"),
        ('<form><button type="nothing">x</button></form>', "attribute-allowed-values"),
    ],
)
def test_the_validator_finds_what_is_wrong(tmp_path, body, rule):
    assert rule in "\n".join(validator.faults({"bad": GOOD.format(body)}, tmp_path))
