"""The grammar of packages as JSON Schema, for editors: generated from the definitions, never written by hand.

An editor then completes keys and marks mistakes while one types; ``./guichet program check`` says more. Rules and terms
are described by their names and by the shape of their examples.
"""

import calendar
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from guichet.kernel.bilingual import Text
from guichet.programs.cases import CaseFile
from guichet.programs.checks import FORMS
from guichet.programs.definitions import EditionDefinition, ProgramDefinition
from guichet.programs.loading import EDITION, FILES, PROGRAM
from guichet.programs.quoting import OPTIONS
from guichet.questions import rules, terms
from guichet.questions.expressions import Node

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What the generator calls the definition of a type of question.
_LONG_NAME = re.compile(r"guichet__questions__fields__(\w+?)__Definition")
# What the generator writes of bounds that stand behind a function, and what the dialect calls them.
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
# Stands for a reference that the generator does not know.
_LATER = "x-later"
_RULE, _TERM = {"$ref": "#/$defs/rule"}, {"$ref": "#/$defs/term"}
_FIGURE = {
    "type": "object",
    "description": "A figure of edition.yaml, by its name.",
    "properties": {"number": {"type": "string"}},
    "required": ["number"],
    "additionalProperties": False,
}


class _Generator(GenerateJsonSchema):
    """Knows what pydantic cannot: rules and terms, and that unquoted decimals are refused."""

    def function_plain_schema(self, schema: Any) -> JsonSchemaValue:
        """Rules, conditions (true, false or a rule) and terms are read by functions of the engine."""
        name = getattr(schema["function"]["function"], "__qualname__", "")
        module = getattr(schema["function"]["function"], "__module__", "")
        if module == terms.__name__:
            return {_LATER: "term"}
        if module == rules.__name__:
            rule = {_LATER: "rule"}
            return {"anyOf": [{"type": "boolean"}, rule]} if name == "_condition" else rule
        return super().function_plain_schema(schema)

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        """Days of the week are written by their English names."""
        if getattr(schema["function"]["function"], "__name__", "") == "_weekday":
            return {"enum": [name.lower() for name in calendar.day_name]}
        return super().function_before_schema(schema)

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        """A whole number, or a decimal number between quotes."""
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}]}


def schemas() -> dict[str, dict[str, Any]]:
    """{file name: its schema}: one for each file of a package; ``form`` for the three forms, ``cases`` for cases."""
    whole = _schema(EditionDefinition)
    shape = whole["properties"]
    found = {PROGRAM: _without(_schema(ProgramDefinition), {"key"})}
    inside = {target for target, _wrapper in FILES.values()}
    found[EDITION] = _without(whole, {"key", "program", *inside})
    for name, (target, wrapper) in FILES.items():
        body = _keys({wrapper: shape[target]}) if wrapper else shape[target]
        found["form.yaml" if target in FORMS else name] = {**body, "$defs": whole["$defs"]}
    found["cases.yaml"] = _schema(CaseFile)
    return {name.replace(".yaml", ".json"): _finished(name, body) for name, body in found.items()}


def write(folder: Path, written: Mapping[str, Any]) -> None:
    """Write each schema into its file in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in written.items():
        (folder / name).write_text(text(body), encoding="utf-8")


def text(body: Any) -> str:
    """A schema as it stands in its file."""
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def _bounded(part: dict[str, Any]) -> dict[str, Any]:
    """With the dialect's words for bounds; a property may be called as one of ours."""
    return {_BOUNDS.get(key, key) if isinstance(value, int | float) else key: value for key, value in part.items()}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    model.model_rebuild()
    written = json.dumps(model.model_json_schema(by_alias=True, schema_generator=_Generator))
    body: dict[str, Any] = json.loads(_LONG_NAME.sub(r"type_\1", written), object_hook=_bounded)
    return body


def _keys(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _without(body: dict[str, Any], refused: set[str]) -> dict[str, Any]:
    properties = {key: value for key, value in body["properties"].items() if key not in refused}
    required = [key for key in body.get("required", ()) if key not in refused]
    return {**body, "properties": properties, "required": required}


def _finished(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """With its rules and terms, its options that may take a figure, and only the definitions that it needs."""
    body = _figures(body)
    definitions = {**body.pop("$defs", {}), **_nodes()}
    needed, waiting = dict[str, Any](), [body]
    while waiting:
        for key in _references(waiting.pop()):
            if key not in needed:
                needed[key] = _figures(definitions[key])
                waiting.append(needed[key])
    head = {"$schema": _DIALECT, "title": name}
    return {
        **head,
        **{key: value for key, value in body.items() if key != "title"},
        "$defs": dict(sorted(needed.items())),
    }


def _references(data: Any) -> set[str]:
    if isinstance(data, dict):
        own = {data["$ref"].rsplit("/", 1)[-1]} if isinstance(data.get("$ref"), str) else set()
        mapped = data.get("discriminator", {}).get("mapping", {}) if isinstance(data.get("discriminator"), dict) else {}
        own |= {way.rsplit("/", 1)[-1] for way in mapped.values()}
        return own.union(*(_references(value) for value in data.values()))
    return set().union(*(_references(item) for item in data)) if isinstance(data, list) else set()


def _figures(data: Any) -> Any:
    """The options that may take a figure by name take it; bilingual texts keep their two keys."""
    if isinstance(data, list):
        return [_figures(item) for item in data]
    if not isinstance(data, dict):
        return data
    if _LATER in data:
        rest = {key: value for key, value in data.items() if key != _LATER}
        return {"$ref": f"#/$defs/{data[_LATER]}", **rest}
    done = {key: _figures(value) for key, value in data.items()}
    properties = done.get("properties")
    if isinstance(properties, dict) and done.get("title") != Text.__name__:
        for key in OPTIONS & set(properties):
            properties[key] = {"anyOf": [properties[key], _FIGURE]}
    return done


def _nodes() -> dict[str, Any]:
    """What a rule and what a term can be: one word, and what follows it."""
    plain = {"type": ["string", "integer", "boolean"], "description": "A plain value; decimals between quotes."}
    written = {name: kind for name, kind in sorted(terms.terms().items()) if isinstance(kind.example, dict)}
    return {"rule": _one_word(dict(sorted(rules.operators().items()))), "term": {"anyOf": [plain, _one_word(written)]}}


def _one_word(kinds: Mapping[str, type[Node]]) -> dict[str, Any]:
    properties = {name: _node(name, kind) for name, kind in kinds.items()}
    one = {"minProperties": 1, "maxProperties": 1, "additionalProperties": False}
    return {"type": "object", "properties": properties, **one}


def _node(name: str, kind: type[Node]) -> dict[str, Any]:
    described = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    shapes = [_shape(example[name], first=True) for example in (kind.example, *kind.further)]
    return {**(shapes[0] if len(shapes) == 1 else {"anyOf": shapes}), "description": described}


def _shape(example: Any, *, first: bool = False) -> dict[str, Any]:
    """The schema of what looks like the example: rules and terms wherever it has one."""
    if isinstance(example, dict) and len(example) > 1:  # the sum of some rows: of, over, where
        properties = {key: _shape(value, first=isinstance(value, str)) for key, value in example.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}
    if isinstance(example, dict):
        return dict(_RULE if set(example) <= set(rules.operators()) else _TERM)
    if isinstance(example, list):
        shapes = [_shape(item) for item in example]
        if all(shape == _RULE for shape in shapes):
            return {"type": "array", "items": _RULE, "minItems": 1}
        if first and _RULE in shapes:  # if: a rule, and two terms
            return {"type": "array", "prefixItems": shapes, "minItems": len(shapes), "maxItems": len(shapes)}
        if first and all(not isinstance(item, list) for item in example):
            return {"type": "array", "items": _TERM, "minItems": 2}
        return (
            {"type": "array", "minItems": 1} if not first else {"type": "array", "prefixItems": shapes, "minItems": 2}
        )
    if example is True:
        return {"const": True}
    return {"type": "string"} if first else dict(_TERM)
