"""Which keys a place of a package can have: found by following the definitions, for who has misspelt one."""

import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from guichet.programs.reading import Steps
from guichet.questions import fields
from guichet.questions.question import Question


def keys_at(model: type[BaseModel], loc: Steps) -> list[str]:
    """The keys that can stand at ``loc``, a place as pydantic's errors name it, in what ``model`` reads."""
    at: list[Any] = [model]
    for part in loc:
        at = [inner for each in at for inner in _inside(each, part)]
    return sorted({field.alias or name for each in at if _is_model(each) for name, field in each.model_fields.items()})


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    """What stands at ``part`` of something annotated so: a key, an index, or the tag of one of several models."""
    if _is_model(annotation):
        named = {field.alias or name: field for name, field in annotation.model_fields.items()}
        if part in named:
            yield from _apart(named[str(part)].annotation)
        elif annotation is Question:
            yield from [kind for key, kind in fields.types().items() if key == part]
        elif any(part in get_args(field.annotation) for field in named.values()):
            yield annotation
        return
    arguments = get_args(annotation)
    if arguments and get_origin(annotation) in (tuple, list):
        yield from _apart(arguments[0])
    elif len(arguments) == 2:  # a mapping
        yield from _apart(arguments[1])


def _apart(annotation: Any) -> Iterator[Any]:
    """An annotation without what is said about it; of a union, each member."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _apart(get_args(annotation)[0])
    elif origin in (Union, types.UnionType, typing.Optional):
        for each in get_args(annotation):
            yield from _apart(each)
    else:
        yield annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
