"""What the conformance tests know of field types beside what each type's own folder says: nothing but its values."""

import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from guichet.questions import fields
from guichet.questions.definitions import Form, Question

FOLDER = Path(fields.__file__).parent
TYPES = sorted(fields.types())
_amounts = st.decimals(0, 999_999_999, places=2, allow_nan=False)
_lines = st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1, max_size=60).map(
    lambda text: unicodedata.normalize("NFC", " ".join(text.split()))
)
# More values than the examples, where they can be invented: by the shape of the examples, not by the type's name.
INVENTED: dict[str, st.SearchStrategy[Any]] = {
    "short_text": _lines,
    "integer": st.integers(0, 499),
    "money": _amounts.map(lambda amount: f"{amount:.2f}"),
    "decimal": st.decimals(0, 10**9, places=2, allow_nan=False).map(
        lambda number: f"{number:f}".rstrip("0").rstrip(".")
    ),
    "percent": st.decimals(0, 100, places=2, allow_nan=False).map(lambda number: f"{number:f}".rstrip("0").rstrip(".")),
    "long_text": st.lists(_lines, min_size=1, max_size=5).map(lambda lines: "\n".join(lines).strip()).filter(bool),
    "postal_code": st.from_regex(
        r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]", fullmatch=True
    ),
    "business_number": st.from_regex(r"[1-9][0-9]{8}(R[CMPT][0-9]{4})?", fullmatch=True),
    "phone": st.from_regex(r"\+1819[2-9][0-9]{6}(;ext=[1-9][0-9]{0,4})?", fullmatch=True),
    "email": st.from_regex(r"[a-z][a-z0-9.+_-]{0,20}[a-z0-9]@[a-z]{1,20}\.(ca|com|org)", fullmatch=True).filter(
        lambda address: ".." not in address
    ),
    "url": st.from_regex(
        r"https?://[a-z]{1,20}\.(ca|com|org)(/[a-z0-9_%~.-]{0,20})?(\?[a-z0-9=&]{0,20})?", fullmatch=True
    ),
    "hs_code": st.from_regex(r"(0[1-9]|[1-6][0-9]|7[0-689]|8[0-9]|9[0-7])[0-9]{4}([0-9]{2}){0,2}", fullmatch=True),
    "date_range": st.lists(st.dates(date(1900, 1, 1), date(2199, 12, 31)), min_size=2, max_size=2).map(
        lambda days: dict(zip(("start", "end"), map(date.isoformat, sorted(days)), strict=True))
    ),
    "date": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(
        lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}"
    ),
}


@lru_cache
def example(type: str) -> dict[str, Any]:
    """``example.yaml`` of a type: ``definition`` and ``values``."""
    read = YAML(typ="safe").load((FOLDER / type / "example.yaml").read_text(encoding="utf-8"))
    assert set(read) == {"definition", "values"}
    return dict(read)


def form_of(*definitions: dict[str, Any]) -> Form:
    """A form of one section with these questions, and the table of examples for rules that read it."""
    table = example("table")["definition"]
    extra = [] if any(each["key"] == table["key"] for each in definitions) else [table]
    title = {"en": "Only", "fr": "Seule"}
    return Form.model_validate({"sections": [{"key": "only", "title": title, "questions": [*definitions, *extra]}]})


def question_of(type: str) -> Question:
    """The example of a type, as a question."""
    return form_of(example(type)["definition"]).sections[0].questions[0]


def values_of(type: str) -> st.SearchStrategy[Any]:
    """Values that are valid for the example: its own, and invented ones where there are."""
    own = example(type)["values"]
    found = ([st.sampled_from(own)] if own else []) + ([INVENTED[type]] if type in INVENTED else [])
    keys = sorted(getattr(question_of(type), "keys", ()))
    if keys and own and isinstance(own[0], str):
        found.append(st.sampled_from(keys))
    return st.one_of(*found) if found else st.none()
