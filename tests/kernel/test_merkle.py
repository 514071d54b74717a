"""The root of a hash tree, against the definition of RFC 9162, section 2.1.1."""

import hashlib

import pytest

from guichet.kernel import merkle


def sha(data):
    return hashlib.sha256(data).digest()


def defined(leaves):
    """As the RFC writes it: split at the largest power of two below the number of leaves."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\x00" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\x01" + defined(leaves[:split]) + defined(leaves[split:]))


@pytest.mark.parametrize("number", range(35))
def test_it_is_the_tree_of_the_standard(number):
    leaves = [bytes([place]) * 3 for place in range(number)]
    assert merkle.root(leaves) == defined(leaves).hex()


def test_a_known_root():
    """The test vector of two leaves that implementations of the standard share: an empty one, and 0x00."""
    assert merkle.root([b""]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root([b"", b"\x00"]) == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


def test_order_and_every_leaf_count():
    leaves = [bytes([place]) for place in range(9)]
    roots = {merkle.root(leaves)} | {merkle.root(leaves[:place] + leaves[place + 1 :]) for place in range(9)}
    swapped = {
        merkle.root([*leaves[:place], leaves[place + 1], leaves[place], *leaves[place + 2 :]]) for place in range(8)
    }
    assert len(roots | swapped) == 1 + 9 + 8
