"""Addresses of answers."""

import pytest

from guichet.answers.paths import is_path, new_row


def test_new_rows_are_unlike_and_fit():
    rows = {new_row() for _ in range(500)}
    assert len(rows) == 500
    assert all(is_path(f"activities.{row}.cost") for row in rows)


@pytest.mark.parametrize("path", ["legal_name", "activities.k3v9x2ma", "activities.k3v9x2ma.cost", "a1"])
def test_good_paths(path):
    assert is_path(path)


@pytest.mark.parametrize(
    "path",
    ["", "Legal", "1a", "a.short", "a.k3v9x2ma.", "a.k3v9x2ma.b.c", "a..b", "a\n", "a" * 300, "é", "__proto__", "a b"],
)
def test_bad_paths(path):
    assert not is_path(path)
