"""What a form is: sections of questions, in both languages, with conditions and checks.

Definitions come from a program package and never change once published. Every question is an instance of the
``Definition`` of its type's folder (``fields/<type>/``), which adds the options and the faces of that type.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Union

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema

from guichet.kernel.bilingual import Text
from guichet.questions.question import Check, Choice, GuideSection, Key, NotEmpty, Part, Question, placed
from guichet.questions.rules import Rule

__all__ = ["AnyQuestion", "Check", "Choice", "ColumnQuestion", "Form", "GroupedQuestion", "Part", "Question", "Section"]


class _OneOf:
    """The schema of "a question of one of these types", made when first needed: types are found by folder."""

    def __init__(self, kinds: Callable[[], tuple[type[Question], ...]]) -> None:
        self.kinds = kinds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        union: Any = Union[self.kinds()]  # noqa: UP007 -- from a tuple known at run time
        return handler.generate_schema(Annotated[union, Field(discriminator="type")])


def _any_type() -> tuple[type[Question], ...]:
    from guichet.questions import fields  # the folders import this module

    return tuple(fields.types().values())


def _column_types() -> tuple[type[Question], ...]:
    return tuple(kind for kind in _any_type() if kind.in_rows)


def _grouped_types() -> tuple[type[Question], ...]:
    return tuple(kind for kind in _any_type() if kind.in_groups)


AnyQuestion = Annotated[Question, _OneOf(_any_type)]
ColumnQuestion = Annotated[Question, _OneOf(_column_types)]
GroupedQuestion = Annotated[Question, _OneOf(_grouped_types)]


class Section(Part):
    """A page of the form. ``intro`` is Markdown. A section that is not visible is not needed, with all it holds."""

    # The question types are found when the first form is read, not when this module is imported.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    key: Key
    title: Text
    intro: Text | None = None
    guide: GuideSection | None = None
    visible: Rule | None = None
    questions: Annotated[tuple[AnyQuestion, ...], NotEmpty]

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], Question, Question | None]]:
        """Every question in reading order, those inside groups after their group: (way to it, it, its group)."""
        return placed("questions", self.questions)

    @cached_property
    def groups(self) -> dict[str, Question]:
        """The group of each question that stands in one, by path (``street``, ``partners.street``)."""
        found = {question.key: group for _way, question, group in self.placed() if group is not None}
        for table in self.every:
            found |= {f"{table.key}.{part.key}": group for _way, part, group in table.placed() if group is not None}
        return found

    def group_of(self, path: str) -> Question | None:
        """The group in which the question at ``path`` stands, if any."""
        return _group_at(self.groups, path)

    @cached_property
    def every(self) -> tuple[Question, ...]:
        """Every question in reading order, those inside groups included."""
        return tuple(question for _way, question, _group in self.placed())


class Form(Part):
    """Sections of questions. Keys are unique in the whole form: a path never says in which section it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    sections: Annotated[tuple[Section, ...], NotEmpty]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> "Form":
        _refuse_repeats([section.key for section in self.sections])
        _refuse_repeats([question.key for section in self.sections for question in section.every])
        return self

    @cached_property
    def _homes(self) -> dict[str, tuple[Section, Question]]:
        return {question.key: (section, question) for section in self.sections for question in section.every}

    @cached_property
    def _groups(self) -> dict[str, Question]:
        return {path: group for section in self.sections for path, group in section.groups.items()}

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return dict(self.paths())

    def section(self, key: str) -> Section:
        """The section called ``key``. Raises KeyError."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def question(self, path: str) -> Question:
        """The question at ``legal_name``, ``activities.cost`` or ``activities.<row>.cost``. Raises KeyError."""
        found = self._questions.get(path)
        if found is None:
            table, _, row = path.partition(".")
            found = self._questions.get(f"{table}.{row.partition('.')[2]}")
            if found is None or path.count(".") != 2:
                raise KeyError(path)
        return found

    def section_of(self, path: str) -> Section:
        """The section in which the question at ``path`` stands. Raises KeyError."""
        return self._homes[path.split(".")[0]][0]

    def group_of(self, path: str) -> Question | None:
        """The group in which the question at ``path`` stands, if any."""
        return _group_at(self._groups, path)

    def name_of(self, path: str) -> Text:
        """What the question at ``path`` is called away from its place: with its group. Raises KeyError."""
        return self.question(path).under(self.group_of(path))

    def paths(self) -> Iterator[tuple[str, Question]]:
        """Every question with its path (``activities``, ``activities.cost``), in reading order."""
        for section in self.sections:
            for question in section.every:
                yield question.key, question
                for part in question.parts():
                    yield f"{question.key}.{part.key}", part


def _group_at(groups: Mapping[str, Question], path: str) -> Question | None:
    table, *row = path.split(".")
    return groups.get(f"{table}.{row[-1]}" if row else path)


def _refuse_repeats(keys: list[str]) -> None:
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    if repeated:
        raise ValueError(f"keys used more than once: {', '.join(repeated)}")
