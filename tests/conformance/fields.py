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
    return st.one_of(*found) if found else st.none()
