"""Field types: one folder each, registered by the folder's name.

A folder holds ``__init__.py`` (class ``Definition(Question)`` with the type's options and faces), ``input.html``,
``answer.html`` and ``example.yaml`` (a question as a package writes it, and values). Folders that begin with an
underscore hold what several templates share. A type whose templates print no more of an answer than a few attributes
names them (``openings``), and is drawn once for all rows. The conformance tests find a new folder by themselves.
"""

import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guichet.questions.question import Question


@lru_cache
def types() -> dict[str, "type[Question]"]:
    """Every field type by its key. Raises RuntimeError when a folder and its key differ."""
    found: dict[str, type[Question]] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.ispkg or module.name.startswith("_"):
            continue
        definition: type[Question] = importlib.import_module(f"{__name__}.{module.name}").Definition
        keys = getattr(definition.model_fields["type"].annotation, "__args__", ())
        if keys != (module.name,):
            raise RuntimeError(f"the folder fields/{module.name} declares the type {keys}")
        found[module.name] = definition
    return found
