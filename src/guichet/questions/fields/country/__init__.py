"""Country. Canonical value: two letters of ISO 3166-1."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator

from guichet.kernel.bilingual import Text
from guichet.kernel.near import meant
from guichet.questions.expressions import Scope
from guichet.questions.fields._choosing import Picking
from guichet.questions.lists import countries

if TYPE_CHECKING:
    from guichet.questions.pages import Binder


def _known(codes: tuple[str, ...]) -> tuple[str, ...]:
    unknown = sorted(set(codes) - set(countries.labels()))
    if unknown:
        raise ValueError(f"there is no country {', '.join(unknown)}: write two capital letters (ISO 3166-1)")
    return codes


class Definition(Picking):
    """Any country except those of ``exclude``; or, with ``only``, one of those.

    ``among`` is a column of a table (``target_markets.country``): the page then offers only the countries in it. It
    does not refuse others: the rule ``found_in`` does.
    """

    type: Literal["country"]
    width: ClassVar[str] = "w-30"
    by_label: ClassVar[bool] = True
    narrowed_by: ClassVar[tuple[str, ...]] = ("among",)
    exclude: Annotated[tuple[str, ...], AfterValidator(_known)] = ()
    only: Annotated[tuple[str, ...], AfterValidator(_known)] = ()
    among: str | None = None

    def labels(self) -> Mapping[str, Text]:
        """The countries that can be picked."""
        return self._left

    def other_names(self) -> Mapping[str, Iterable[str]]:
        """Names that people use beside those of the list."""
        return countries.OTHER_NAMES

    @cached_property
    def _left(self) -> Mapping[str, Text]:
        if not self.exclude and not self.only:
            return countries.labels()
        return {
            code: label
            for code, label in countries.labels().items()
            if code not in self.exclude and (not self.only or code in self.only)
        }

    def offered(self, binder: "Binder") -> frozenset[str]:
        """The countries in the column, as long as it has any."""
        if self.among is None:
            return self.keys
        return frozenset(code for code in binder.column(self.among) if isinstance(code, str)) & self.keys or self.keys

    def check(self, scope: Scope) -> list[str]:
        """The column must exist."""
        if self.among is None:
            return []
        try:
            fits = "." in self.among and scope.form.question(self.among).kind == self.kind
        except KeyError:
            fits = False
        if fits:
            return []
        columns = [path for path, question in scope.form.paths() if "." in path and question.kind == self.kind]
        near = meant(self.among, columns) or " (table.column)"
        return [f"among: there is no column of countries {self.among!r}{near}"]
