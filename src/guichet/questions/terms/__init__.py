"""Terms: one kind of value per file, registered by its file name.

In a package a term is a plain value (``500``, ``incorporated``, ``"0.50"``, ``true``) or a mapping with one key:
``{answer: employees}``, ``{number: employees_max}``, ``{sum: activities.cost}`` … A new term is a new file here with a
class ``Definition(Term)``.
"""

import importlib
import pkgutil
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

from pydantic import PlainSerializer, PlainValidator

from guichet.kernel.near import meant
from guichet.questions.expressions import Term as Term
from guichet.questions.values import JSON


@lru_cache
def terms() -> dict[str, type[Term]]:
    """Every term by its name."""
    found: dict[str, type[Term]] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            definition = importlib.import_module(f"{__name__}.{module.name}").Definition
            definition.name = module.name
            found[module.name] = definition
    return found


def parse(source: JSON) -> Term:
    """The term written as ``source``. Raises ValueError with a sentence for a program designer."""
    if isinstance(source, Term):
        return source
    if not isinstance(source, dict):
        return terms()["literal"](source)
    if len(source) != 1:
        raise ValueError(f"a term is a plain value or a mapping with one key, one of: {', '.join(sorted(terms()))}")
    ((name, arguments),) = source.items()
    if name not in terms():
        known = sorted(terms())
        raise ValueError(f"there is no term {name!r}{meant(name, known)}; the terms are: {', '.join(known)}")
    return terms()[name](arguments)


def _source(term: Any) -> JSON:
    return term.source if isinstance(term, Term) else term


TermField: TypeAlias = Annotated[Term, PlainValidator(parse), PlainSerializer(_source)]
