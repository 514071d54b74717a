"""What the types share whose options a package lists."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from guichet.kernel.bilingual import Text
from guichet.questions.fields._choosing import Picking
from guichet.questions.question import Choice, NotEmpty


def _unique(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    keys = [choice.key for choice in choices]
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    if repeated:
        raise ValueError(f"options used more than once: {', '.join(repeated)}")
    return choices


class Listed(Picking):
    """Options come from the package: ``choices``, each with ``key``, ``label`` and perhaps a ``hint``."""

    choices: Annotated[tuple[Choice, ...], NotEmpty, AfterValidator(_unique)]

    def labels(self) -> Mapping[str, Text]:
        """The choices."""
        return {choice.key: choice.label for choice in self.choices}

    def hint_of(self, key: str, language: str) -> str:
        """The option's hint."""
        hint = next((choice.hint for choice in self.choices if choice.key == key), None)
        return hint.in_(language) if hint else ""
