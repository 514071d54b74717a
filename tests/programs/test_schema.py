"""The JSON Schemas for editors: generated, fresh, and wide enough for what ships."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from guichet.programs import schema
from guichet.programs.faults import PATTERNS
from guichet.programs.reading import read
from guichet.questions import fields, rules, terms
from tests.programs.packages import SHIPPED, documented, example, shipped

FOLDER = SHIPPED / "schema"


def test_the_schemas_in_the_repository_are_those_of_the_definitions():
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    made = {name: schema.text(body) for name, body in schema.schemas().items()}
    assert written == made, "make them again: ./guichet program schema programs/schema"


def test_every_rule_every_term_and_every_type_is_described():
    definitions = schema.schemas()["form.json"]["$defs"]
    assert set(definitions["rule"]["properties"]) == set(rules.operators())
    assert set(definitions["term"]["anyOf"][1]["properties"]) == set(terms.terms()) - {"literal"}
    assert {f"type_{name}" for name in fields.types()} <= set(definitions)


def test_bounds_are_said_in_words_that_editors_know():
    edition = schema.schemas()["edition.json"]
    assert edition["properties"]["lead_time"]["$ref"].endswith("/LeadTime")
    assert re.findall(r'"(?:ge|gt|le|lt)": ', schema.text(edition)) == []
    warning = edition["$defs"]["Drafts"]["properties"]["warn_days_before"]
    assert (warning["minimum"], warning["maximum"]) == (1, 365)


def test_every_pattern_is_said_in_words():
    """Who designs a program reads no regular expressions."""

    def patterns(part: Any) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(patterns, part))
        if not isinstance(part, dict):
            return set()
        own = {part["pattern"]} if isinstance(part.get("pattern"), str) else set()
        return own.union(*map(patterns, part.values()))

    written = set().union(*(patterns(body) for name, body in schema.schemas().items()))
    numbers = {r"^-?\d+(\.\d+)?$"}  # only the schemas have it: the grammar reads numbers itself
    assert written - numbers <= set(PATTERNS)


def faults(body: dict[str, Any], data: Any, root: dict[str, Any], way: str = "") -> list[str]:
    """What ``data`` breaks of a schema, with the words that our schemas use."""
    if "$ref" in body:
        body = root["$defs"][body["$ref"].rsplit("/", 1)[-1]]
    for word in ("anyOf", "oneOf"):
        if word in body:
            tried = [faults(part, data, root, way) for part in body[word]]
            return [] if [] in tried else min(tried, key=len)
    if "const" in body or "enum" in body:
        return [] if data in body.get("enum", [body.get("const")]) else [f"{way}: {data!r}"]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    wanted = body.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and type(data) not in [kinds[each] for each in wanted]:
        return [f"{way}: {data!r} is no {wanted}"]
    found = []
    if isinstance(data, dict):
        known, rest = body.get("properties", {}), body.get("additionalProperties", True)
        found += [f"{way}: {key} is missing" for key in body.get("required", ()) if key not in data]
        for key, value in data.items():
            matching = [part for pattern, part in body.get("patternProperties", {}).items() if re.search(pattern, key)]
            part = known.get(key) or next(iter(matching), rest)
            if part is False:
                found.append(f"{way}: unknown {key}")
            elif part is not True:
                found += faults(part, value, root, f"{way}/{key}")
    if isinstance(data, list):
        for index, value in enumerate(data):
            shapes = body.get("prefixItems", [])
            part = shapes[index] if index < len(shapes) else body.get("items", {})
            found += faults(part, value, root, f"{way}/{index}")
    return found


def schema_of(path: Path) -> dict[str, Any]:
    name = "cases" if path.parent.name == "cases" else path.stem
    name = "form" if name in ("profile", "account-profile", "application") else name
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def files() -> list[Path]:
    found = [path for folder in shipped() for path in (*folder.glob("*.yaml"), *folder.glob("cases/*.yaml"))]
    return [path for path in found if not path.name.startswith("translations.")]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SHIPPED)))
def test_what_ships_satisfies_the_schemas(path):
    body = schema_of(path)
    assert faults(body, read(path, path.name).data, body) == []


@pytest.mark.parametrize("name", sorted(documented()))
def test_the_example_of_the_documentation_satisfies_the_schemas(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(documented()[name], encoding="utf-8")
    body = schema_of(path)
    assert faults(body, read(path, path.name).data, body) == []


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("profile.yaml", "type: integer", "type: intger"),
        ("profile.yaml", "fr: Nom}", "de: Name}"),
        ("edition.yaml", "begins:", "begin:"),
        ("edition.yaml", "people_maximum: 5000", "people_maximum: true"),
        ("eligibility.yaml", "{at_most:", "{atmost:"),
        ("eligibility.yaml", "{answer: people}", "{anser: people}"),
        ("application.yaml", "rows_max: 10", "rows_max: ten"),
        ("calendar.yaml", "rule: fixed", "rule: fix"),
    ],
)
def test_the_schemas_refuse_what_the_check_refuses(tmp_path, file, before, after):
    text = example()[f"village-grants/2030/{file}"]
    assert before in text
    path = tmp_path / file
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    body = schema_of(path)
    assert faults(body, read(path, file).data, body)
