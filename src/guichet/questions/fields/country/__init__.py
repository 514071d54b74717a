"""Country. Canonical value: two letters of ISO 3166-1."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from guichet.kernel.bilingual import Text
from guichet.questions.fields._choosing import Picking
from guichet.questions.lists import countries


def _known(codes: tuple[str, ...]) -> tuple[str, ...]:
    unknown = sorted(set(codes) - set(countries.labels()))
    if unknown:
        raise ValueError(f"there is no country {', '.join(unknown)}: write two capital letters (ISO 3166-1)")
    return codes


class Definition(Picking):
    """Any country except those of ``exclude``; or, with ``only``, one of those."""

    type: Literal["country"]
    width: ClassVar[str] = "w-30"
    by_label: ClassVar[bool] = True
    exclude: Annotated[tuple[str, ...], AfterValidator(_known)] = ()
    only: Annotated[tuple[str, ...], AfterValidator(_known)] = ()

    def labels(self) -> Mapping[str, Text]:
        """The countries that can be picked."""
        if not self.exclude and not self.only:
            return countries.labels()
        return {
            code: label
            for code, label in countries.labels().items()
            if code not in self.exclude and (not self.only or code in self.only)
        }
