"""How an answer is addressed.

``legal_name``; the row of a table, ``activities.k3v9x2ma``, whose value is its place; its cell,
``activities.k3v9x2ma.cost``.
"""

import re
import secrets

_ROW_SIGNS = "abcdefghjkmnpqrstvwxyz23456789"
_PATH = re.compile(r"[a-z][a-z0-9_]{0,79}(\.[a-z0-9]{8,32}(\.[a-z][a-z0-9_]{0,79})?)?")
LONGEST = 200


def new_row() -> str:
    """A fresh row id: 12 small letters and digits."""
    number, signs = secrets.randbelow(len(_ROW_SIGNS) ** 12), ""
    while len(signs) < 12:
        number, sign = divmod(number, len(_ROW_SIGNS))
        signs += _ROW_SIGNS[sign]
    return signs


def is_path(text: str) -> bool:
    """True when ``text`` can address an answer; whether the form has such a question is not known here."""
    return _PATH.fullmatch(text) is not None
