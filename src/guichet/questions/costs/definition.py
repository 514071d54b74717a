"""What an edition writes about its costs: the ``cost`` of edition.yaml (docs/programs.md has examples)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from guichet.kernel.bilingual import Text
from guichet.kernel.decimals import Exact
from guichet.questions.question import Key, Part

# What reductions that are not caps are called in ``Reduction.key``; no cap has such a key.
STACKING, CEILING, YEARLY = "stacking", "ceiling", "yearly"

Amount = Annotated[Exact, Field(ge=0)]
Fraction = Annotated[Exact, Field(gt=0, le=1)]


class Unit(Part):
    """A column whose number multiplies a rate (days, travellers); more than ``limit`` counts as that many."""

    column: Key
    limit: Amount | None = None


class UnitCap(Part):
    """A part of each row's cost counts for at most ``rate`` times its units: a per diem, times days, times travellers.

    ``amount`` is the column of that part: the cost itself, or a column of what is included in it. ``in_all`` bounds
    the units of all rows together, those of the first rows counting first. A unit that is blank counts as none.
    """

    key: Key
    title: Text
    amount: Key
    rate: Amount
    units: Annotated[tuple[Unit, ...], Field(min_length=1)]
    in_all: Amount | None = None


class CategoryCap(Part):
    """Rows whose ``column`` has one of ``options`` count for at most ``limit``, or for ``share`` of a total, or both.

    The total is the cost of all rows, or of those whose column has one of ``of``. Caps are applied in the order in
    which they are written, each to what those before it left.
    """

    key: Key
    title: Text
    column: Key
    options: Annotated[tuple[str, ...], Field(min_length=1)]
    limit: Amount | None = None
    share: Fraction | None = None
    of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_how_much(self) -> "CategoryCap":
        if self.limit is None and self.share is None:
            raise ValueError("say how much: 'limit' (an amount), 'share' (of a total), or both")
        if self.of and self.share is None:
            raise ValueError("'of' says what a 'share' is a share of: write 'share' too")
        return self


class Stacking(Part):
    """All government money together pays at most ``limit`` (a fraction) of the cost that counts.

    ``other`` are the columns that hold the money of others (``activities.other_funding``); the program pays less.
    """

    limit: Fraction
    other: Annotated[tuple[str, ...], Field(min_length=1)]


class YearlyLimit(Part):
    """At most ``limit`` for one organization and fiscal year (April to March), over the programs of the family.

    ``date`` is the column of the day that says in which fiscal year a row falls.
    """

    limit: Amount
    date: Key


class CostDefinition(Part):
    """Which column of which table holds costs, and how much of them the program pays.

    ``share`` is a fraction ("0.50"); ``floor`` and ``ceiling`` bound the contribution of the whole file.
    """

    table: Key
    amount: Key
    share: Fraction
    floor: Amount | None = None
    ceiling: Annotated[Exact, Field(gt=0)] | None = None
    unit_caps: tuple[UnitCap, ...] = ()
    category_caps: tuple[CategoryCap, ...] = ()
    stacking: Stacking | None = None
    yearly_limit: YearlyLimit | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> "CostDefinition":
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError("floor is more than ceiling: no application could be submitted")
        return self

    @model_validator(mode="after")
    def _keys_are_unique(self) -> "CostDefinition":
        keys = [cap.key for cap in self.caps]
        for key in keys:
            if key in (STACKING, CEILING, YEARLY):
                raise ValueError(f"no cap can be called {key!r}; choose another key")
            if keys.count(key) > 1:
                raise ValueError(f"keys used more than once: {key}")
        return self

    @property
    def caps(self) -> tuple[UnitCap | CategoryCap, ...]:
        """The caps on costs, in the order in which they are applied."""
        return (*self.unit_caps, *self.category_caps)

    def cap(self, key: str) -> UnitCap | CategoryCap:
        """The cap called ``key``. Raises KeyError."""
        for cap in self.caps:
            if cap.key == key:
                return cap
        raise KeyError(key)

    def reducers(self) -> Iterator[str]:
        """The key of everything that may reduce, in the order in which it is applied."""
        yield from (cap.key for cap in self.caps)
        named = ((STACKING, self.stacking), (CEILING, self.ceiling), (YEARLY, self.yearly_limit))
        yield from (key for key, given in named if given is not None)

    @property
    def others(self) -> tuple[str, ...]:
        """The columns (``activities.other_funding``) that hold the money of others; none unless that is limited."""
        return self.stacking.other if self.stacking else ()

    def columns(self) -> Iterator[tuple[str, str]]:
        """(column, kind of its answers) for each column of the table that the arithmetic reads, the amount first."""
        yield self.amount, "number"
        for unit_cap in self.unit_caps:
            yield unit_cap.amount, "number"
            yield from ((unit.column, "number") for unit in unit_cap.units)
        yield from ((cap.column, "text") for cap in self.category_caps)
        if self.yearly_limit is not None:
            yield self.yearly_limit.date, "date"
