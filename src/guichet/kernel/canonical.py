"""Canonical JSON (RFC 8785): the same value gives the same bytes, so that a digest means something."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import rfc8785
from pydantic import BaseModel


def canonical(obj: Any) -> bytes:
    """The RFC 8785 bytes of ``obj`` (JSON types only; give Decimals and dates as strings, see ``plain``).

    Raises ``rfc8785.CanonicalizationError`` for anything JSON has no room for (NaN, whole numbers past 2**53).
    """
    return bytes(rfc8785.dumps(obj))


def sha256(obj: Any) -> str:
    """The SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(obj)).hexdigest()


def plain(obj: Any) -> Any:
    """``obj`` in JSON types that PostgreSQL can hold: Decimals, dates and moments become text, models objects.

    NUL characters are dropped and lone surrogates replaced: jsonb refuses both, and neither means anything.
    Raises TypeError for a type that has no plain form.
    """
    if obj is None or isinstance(obj, bool | int | float):
        return obj
    if isinstance(obj, str):
        return _storable(obj)
    if isinstance(obj, Decimal):
        return str(obj)
    if isinstance(obj, dt.date | dt.datetime | dt.time):
        return obj.isoformat()
    if isinstance(obj, BaseModel):
        return plain(obj.model_dump(mode="json"))
    if isinstance(obj, Mapping):
        return {_storable(str(key)): plain(value) for key, value in obj.items()}
    if isinstance(obj, Sequence | set | frozenset) and not isinstance(obj, bytes | bytearray):
        return [plain(item) for item in (sorted(obj) if isinstance(obj, set | frozenset) else obj)]
    raise TypeError(f"{type(obj).__name__} has no plain form")


def _storable(text: str) -> str:
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
