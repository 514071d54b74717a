"""Public identifiers: what stands in an address instead of a primary key."""

import re
import secrets

_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


def new_id() -> str:
    """22 URL-safe characters, 128 random bits: cannot be guessed or counted."""
    return secrets.token_urlsafe(16)


def is_id(text: str) -> bool:
    """True when ``text`` has the shape of an identifier; whether it exists is another question."""
    return _SHAPE.fullmatch(text) is not None
