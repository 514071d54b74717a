"""Pydantic's errors as sentences for a program designer, each with its way through the document."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guichet.kernel.near import meant
from guichet.kernel.references import PREFIX
from guichet.programs.grammar import keys_at
from guichet.programs.reading import Steps
from guichet.questions import fields

_LANGUAGE_NAMES = {"en": "English", "fr": "French"}
# What each pattern of the grammar asks for, in words.
PATTERNS = {
    r"^[a-z][a-z0-9_]{0,60}$": "small letters without accents, digits and _, beginning with a letter",
    r"^[a-z0-9][a-z0-9-]{0,60}$": "small letters without accents, digits and hyphens",
    r"^[A-Za-z0-9][A-Za-z0-9_-]{0,60}$": "letters without accents, digits, _ and hyphens",
    r"^[a-z][a-z0-9 -]{1,40}$": "small letters, as in postal-code",
    r"^\d+(\.\d+)*$": 'numbers with dots between them, as in "8.3"',
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "an e-mail address",
    r"^-?\d+(\.\d{1,2})?$": 'an amount between quotes, without spaces or signs, as in "1234.50"',
    PREFIX: "2 to 5 capital letters, without I, L, O, U and Z, which are taken for other signs",
}

_DATE = "a date is expected here, as in 2026-04-01"
_MOMENT = "a moment is expected here, as in 2026-02-04T12:00:00-05:00"
_WRITTEN = {_DATE: re.compile(r"\d{4}-\d\d-\d\d"), _MOMENT: re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")}
_SHAPES = {
    "model_type": "keys and values are expected here",
    "model_attributes_type": "keys and values are expected here",
    "dict_type": "keys and values are expected here",
    "tuple_type": "a list (lines that begin with a dash) is expected here",
    "list_type": "a list (lines that begin with a dash) is expected here",
    "string_type": "text is expected here",
    "int_type": "a whole number is expected here, as in 4000",
    "int_parsing": "a whole number is expected here, as in 4000",
    "bool_type": "true or false is expected here",
    "bool_parsing": "true or false is expected here",
    "decimal_type": "a number is expected here",
    "decimal_parsing": "a number is expected here",
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_type": _DATE,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_type": _MOMENT,
}


# Errors that a number may have which is written with signs.
_OF_NUMBERS = ("decimal_parsing", "int_parsing")
_EXACT = 'a decimal number between quotes ("0.50")'
# What a percentage is compared with is out of 100; elsewhere a share is a fraction.
_OUT_OF_100 = ("min", "max")
# A number as people write it: 4 000 $, $4,000, 75 %, 0,5.
_TYPED = re.compile(r"\$?\s*([0-9]{1,3}(?:[\s,][0-9]{3})+|[0-9]+)([.,][0-9]+)?\s*([$%]?)")


def sentences(
    error: ValidationError, document: dict[str, Any], model: type[BaseModel]
) -> Iterator[tuple[Steps, str, bool]]:
    """(way, sentence, whether the fault is in the key itself) for each error of a validation of ``document``."""
    for detail in _causes(error.errors(include_url=False)):
        steps, rest = _walk(detail["loc"], document)
        if detail["type"] == "extra_forbidden":
            yield steps, _unknown_key(detail, model), True
        else:
            yield _sentence(detail, steps, rest)


def _unknown_key(detail: ErrorDetails, model: type[BaseModel]) -> str:
    *loc, name = detail["loc"]
    near = meant(name, keys_at(model, tuple(loc)))
    hint = "; put a text with a comma between double quotes" if detail["input"] is None and not near else ""
    return f"unknown key {str(name)!r}{near}{hint}"


def _causes(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors without those that only follow from another: a list is too short because its items were refused."""
    ways = [detail["loc"] for detail in details]
    for detail in details:
        loc = detail["loc"]
        follows = detail["type"] == "too_short" and any(way != loc and way[: len(loc)] == loc for way in ways)
        if not follows:
            yield detail


def _walk(loc: Steps, document: Any) -> tuple[Steps, Steps]:
    """The part of ``loc`` that exists in the document, without pydantic's union tags, and what remains."""
    at = document
    steps: list[str | int] = []
    for index, part in enumerate(loc):
        if holds(at, part):
            at = at[part]
        elif index + 1 < len(loc):
            continue  # a tag: the next part goes on from here
        else:
            return tuple(steps), (part,)
        steps.append(part)
    return tuple(steps), ()


def holds(data: Any, part: str | int) -> bool:
    """Whether plain data has something at a key or an index."""
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def _sentence(detail: ErrorDetails, steps: Steps, rest: Steps) -> tuple[Steps, str, bool]:
    kind = detail["type"]
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        if name in _LANGUAGE_NAMES:
            return steps, f"the {_LANGUAGE_NAMES[name]} text ({name}) is missing", False
        return steps, f"{name!r} is missing", False
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        context = detail.get("ctx", {})
        discriminator = str(context.get("discriminator", "type")).strip("'")
        discriminator = discriminator.removeprefix("_").removesuffix("_of()")  # the function that finds the tag
        if kind == "union_tag_not_found":
            return steps, f"{discriminator!r} is missing", False
        tag, expected = str(context.get("tag")), str(context.get("expected_tags", "")).replace("'", "")
        near = meant(tag, expected.split(", "))
        if discriminator == "type" and tag in fields.types():
            holder = next((part for part in reversed(detail["loc"]) if part in fields.types()), "form")
            what = f"other {tag}" if tag == holder else tag
            return (*steps, discriminator), f"a {holder} holds no {what}; it may hold: {expected}", False
        return (*steps, discriminator), f"there is no {discriminator} {tag!r}{near}; there are: {expected}", False
    if kind == "literal_error":
        expected = str(detail["ctx"]["expected"])
        near = meant(detail["input"], re.findall("'([^']+)'", expected))
        return steps, f"there is no {name} {str(detail['input'])!r}{near}; there are: {expected}", False
    if kind == "string_pattern_mismatch":
        return steps, f"{detail['input']!r} is not written as it must be: {PATTERNS[detail['ctx']['pattern']]}", False
    if kind == "string_too_short" and name in _LANGUAGE_NAMES:
        return steps, f"the {_LANGUAGE_NAMES[name]} text ({name}) is empty", False
    if (kind in _OF_NUMBERS or detail["msg"].endswith(_EXACT)) and (model := _number(detail)):
        return steps, model, False
    if kind == "value_error":
        return steps, detail["msg"].removeprefix("Value error, "), False
    message = _SHAPES.get(kind, detail["msg"][:1].lower() + detail["msg"][1:])
    if message in _WRITTEN and _WRITTEN[message].fullmatch(str(detail["input"])):
        message = f"{detail['input']} does not exist: look at its day and its hour; {message}"
    return steps, message + (f" ({name})" if rest else ""), False


def _number(detail: ErrorDetails) -> str:
    """“a number is expected here; write 4000”, for one written with signs and spaces; empty where it is no number."""
    written, whole = detail["input"], detail["type"].startswith("int")
    typed = _TYPED.fullmatch(written.strip()) if isinstance(written, str) else None
    share = typed is not None and typed[3] == "%"
    if typed is None or (whole and (typed[2] or share)) or (share and detail["loc"][-1] in _OUT_OF_100):
        return ""
    value = Decimal(re.sub(r"[\s,]", "", typed[1]) + (typed[2] or "").replace(",", ".")) / (100 if share else 1)
    shown = f"{value:f}" if value == value.to_integral_value() else f'"{value:f}"'
    return f"a {'whole ' if whole else ''}number is expected here; write {shown}"
