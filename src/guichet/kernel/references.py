"""Reference numbers: CXS-2026-00001-K. Program, year, serial, and a check character.

The alphabet has 31 signs (a prime) and no look-alikes: no I, L, O, U, Z. Every sign is weighted by its place, counted
from the right, and the weighted sum of a true number is 0 modulo 31. So any one wrong sign is noticed, and any two
neighbours exchanged: their weights differ by one, and 31 has no divisors.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
PREFIX = r"^[A-HJKMNP-TV-Y]{2,5}$"  # of a program; an older one may have one letter more
_PREFIX = re.compile(r"[A-HJKMNP-TV-Y]{2,6}")
_COMPACT = re.compile(r"([A-HJKMNP-TV-Y]{2,6})([0-9]{4})([0-9]{5,9})([0-9A-HJKMNP-TV-Y])")
_SEPARATORS = re.compile(r"[\s\u00a0\u202f.\-_/\u2010-\u2015\u2212]+")
_LONGEST_TYPED = 60


def make(prefix: str, year: int, serial: int) -> str:
    """The reference for a program's ``serial``-th file of ``year``, as "CXS-2026-00001-K".

    Raises ValueError for a prefix that is not 2 to 6 letters of the alphabet, and for a year or serial out of range.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"prefix {prefix!r} is not 2 to 6 letters of {ALPHABET[10:]}")
    if not (1000 <= year <= 9999 and 1 <= serial <= 999_999_999):
        raise ValueError("year or serial out of range")
    body = f"{prefix}{year}{serial:05}"
    check = ALPHABET[-_weighted(body + "0") % len(ALPHABET)]
    return f"{prefix}-{year}-{serial:05}-{check}"


def read(typed: str) -> str | None:
    """The reference somebody typed, in its canonical form; None when it is none.

    Forgives small letters, missing or other separators, and O for 0, I or L for 1.
    """
    if len(typed) > _LONGEST_TYPED:
        return None
    compact = _SEPARATORS.sub("", typed).upper().translate(_LOOK_ALIKE)
    match = _COMPACT.fullmatch(compact)
    if match is None or _weighted(compact) % len(ALPHABET):
        return None
    reference = "-".join(match.groups())
    # "00001" and "000001" would both pass: only the form that make() writes is a reference.
    return reference if f"{int(match[3]):05}" == match[3] else None


def _weighted(signs: str) -> int:
    return sum(weight * _VALUE[sign] for weight, sign in enumerate(reversed(signs), start=1))
