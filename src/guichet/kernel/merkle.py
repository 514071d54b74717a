"""The root of a hash tree (RFC 9162, section 2.1): one digest for many leaves, in their order.

A leaf and an inner node are hashed with different first bytes, so that none can be taken for the other.
"""

import hashlib
from collections.abc import Sequence


def root(leaves: Sequence[bytes]) -> str:
    """The root over ``leaves`` in hexadecimal; of none, the digest of nothing."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    return _node([hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]).hex()


def _node(level: list[bytes]) -> bytes:
    """Neighbours are joined until one is left; a last one without a neighbour goes up as it is."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        joined = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level = joined + level[len(level) - len(level) % 2 :]
    return level[0]
