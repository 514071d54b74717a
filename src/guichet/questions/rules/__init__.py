"""Rules: one operator per file, registered by its file name.

In a package a rule is a mapping with one key: ``{all: [{equals: [{answer: legal_form}, incorporated]}, …]}``.
A new rule is a new file here with a class ``Definition(Operator)``; the conformance tests find it by themselves.
"""

import importlib
import pkgutil
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

from pydantic import PlainSerializer, PlainValidator

from guichet.kernel.near import meant
from guichet.questions.expressions import Operator
from guichet.questions.values import JSON

# Deeper than any rule a person would write; a package cannot exhaust the stack.
_DEPTH = 12


@lru_cache
def operators() -> dict[str, type[Operator]]:
    """Every rule by its name."""
    found: dict[str, type[Operator]] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            definition = importlib.import_module(f"{__name__}.{module.name}").Definition
            definition.name = module.name
            found[module.name] = definition
    return found


def parse(source: JSON) -> Operator:
    """The rule written as ``source``. Raises ValueError with a sentence for a program designer."""
    if isinstance(source, Operator):
        return source
    if _depth(source) > 2 * _DEPTH:
        raise ValueError(f"rules are nested more than {_DEPTH} deep")
    if not isinstance(source, dict) or len(source) != 1:
        raise ValueError(f"a rule is expected here, a mapping with one key, one of: {', '.join(sorted(operators()))}")
    ((name, arguments),) = source.items()
    if name not in operators():
        known = sorted(operators())
        raise ValueError(f"there is no rule {name!r}{meant(name, known)}; the rules are: {', '.join(known)}")
    return operators()[name](arguments)


def _condition(source: JSON) -> bool | Operator:
    if isinstance(source, bool):
        return source
    if not isinstance(source, dict | Operator):
        raise ValueError("write true or false, or a rule, as in {answered: {answer: …}}")
    return parse(source)


def _source(rule: Any) -> JSON:
    return rule.source if isinstance(rule, Operator) else rule


def _depth(source: JSON, level: int = 0) -> int:
    if level > 2 * _DEPTH:
        return level
    children = source.values() if isinstance(source, dict) else source if isinstance(source, list | tuple) else ()
    return max((_depth(child, level + 1) for child in children), default=level)


Rule: TypeAlias = Annotated[Operator, PlainValidator(parse), PlainSerializer(_source)]
# true, false or a rule.
Condition: TypeAlias = Annotated[bool | Operator, PlainValidator(_condition), PlainSerializer(_source)]
