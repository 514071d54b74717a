"""Finding names whatever their accents and letter case: "ecole" finds "École"."""

import unicodedata
from typing import Any

from django.db.models import CharField, Func, Value
from django.db.models.functions import Lower

_MARKS = "[\u0300-\u036f]"


def folded(text: str) -> str:
    """``text`` without accents, in small letters: what ``Folded`` makes of a column."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return plain.lower().strip()


class Normalized(Func):
    """normalize(column, NFKD): letters apart from their accents."""

    function = "normalize"
    template = "%(function)s(%(expressions)s, NFKD)"
    output_field: Any = CharField()


class Folded(Lower):
    """A column without accents, in small letters."""

    def __init__(self, column: str) -> None:
        plain = Func(Normalized(column), Value(_MARKS), Value(""), Value("g"), function="regexp_replace")
        super().__init__(plain, output_field=CharField())
