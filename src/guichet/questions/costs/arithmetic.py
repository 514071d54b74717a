"""From answers to figures: what counts, what the program pays of it, and each reduction on the way.

Every cap goes through the rows in the order of the table: what stands first counts first. So each row has its own
figure to the cent, and every total is the sum of what the rows show.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from guichet.kernel.decimals import add, multiply, subtract, total
from guichet.kernel.money import half_up, share
from guichet.questions.context import Context
from guichet.questions.costs.definition import CEILING, STACKING, YEARLY, CategoryCap, CostDefinition, UnitCap

_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class RowCost:
    """One row: its cost, what counts of it, the program's share of that, and what is requested in the end.

    ``year`` is the fiscal year (2026 for April 2026 to March 2027) where the edition limits years and the row is dated.
    """

    cost: Decimal
    eligible: Decimal
    contribution: Decimal
    requested: Decimal
    year: int | None = None


@dataclass(frozen=True)
class Reduction:
    """What one cap took away: ``key`` says which, ``on`` whether from the cost or from the contribution.

    ``limit`` is what the capped part may come to; ``rows`` (ids) are those that were reduced.
    """

    key: str
    on: str
    amount: Decimal
    limit: Decimal
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Costs:
    """The whole table.

    ``cost`` is what was entered, ``eligible`` what the caps on costs leave of it, ``contribution`` the sum of the rows'
    shares, ``requested`` what remains of it under stacking, ceiling and yearly limit; ``other`` is government money
    of others (zero unless the edition limits stacking); ``own_share`` is what the applicant pays; ``years`` what is
    requested in each fiscal year (empty unless the edition limits years).
    """

    rows: Mapping[str, RowCost]
    cost: Decimal
    eligible: Decimal
    contribution: Decimal
    requested: Decimal
    other: Decimal
    own_share: Decimal
    below_floor: bool
    above_ceiling: bool
    reductions: tuple[Reduction, ...] = ()
    years: Mapping[int, Decimal] = field(default_factory=dict)

    def reduction(self, key: str) -> Reduction | None:
        """What the cap called ``key`` took away; None when it took nothing."""
        return next((reduction for reduction in self.reductions if reduction.key == key), None)


def fiscal_year(day: date, first_month: int) -> int:
    """The fiscal year by the year in which it begins: 2026 for April 1, 2026 to March 31, 2027, ``first_month`` 4."""
    return day.year - (day.month < first_month)


def compute(definition: CostDefinition, ctx: Context) -> Costs:
    """The costs of the answers; a yearly limit also reads ``ctx.already``, what was asked for in earlier applications.

    Each row's contribution is rounded to the cent, and the total is the sum of what the rows show. Rows whose cost is
    blank, unreadable or negative count for nothing; no row at all gives zeros.
    """
    work = _Work(definition, ctx)
    for unit_cap in definition.unit_caps:
        work.cap_units(unit_cap)
    for category_cap in definition.category_caps:
        work.cap_categories(category_cap)
    work.pay()
    if definition.stacking is not None:
        most = share(_sum(work.eligible.values()), definition.stacking.limit)
        work.limit(STACKING, max(_NOTHING, subtract(most, work.other)))
    if definition.ceiling is not None:
        work.limit(CEILING, half_up(definition.ceiling))
    if definition.yearly_limit is not None:
        work.limit_years(definition.yearly_limit.limit, ctx.already)
    return work.result()


class _Work:
    """The rows on their way through the caps: amounts by row id, in the order of the table."""

    def __init__(self, definition: CostDefinition, ctx: Context) -> None:
        self.definition = definition
        self.ctx = ctx
        self.cost = {
            row: half_up(amount)
            for row in ctx.filled_rows(definition.table)
            if (amount := self._number(row, definition.amount)) > 0
        }
        self.eligible = dict(self.cost)
        self.contribution: dict[str, Decimal] = {}
        self.requested: dict[str, Decimal] = {}
        self.reductions: list[Reduction] = []
        dated = definition.yearly_limit.date if definition.yearly_limit else ""
        days = {row: self._day(row, dated) for row in self.cost}
        self.years = {row: fiscal_year(day, ctx.year_begins) for row, day in days.items() if day is not None}
        money = (amount for path in definition.others for amount in ctx.column(path) if isinstance(amount, Decimal))
        self.other = half_up(_sum(amount for amount in money if amount > 0))

    def cap_units(self, cap: UnitCap) -> None:
        """Take from each row what its part costs beyond the rate times its units."""
        left, limit, taken = cap.in_all, _NOTHING, {}
        for row in self.cost:
            units = Decimal(1)
            for unit in cap.units:
                number = self._number(row, unit.column)
                units = multiply(units, number if unit.limit is None else min(number, unit.limit))
            if left is not None:
                units = min(units, left)
            amount = half_up(self._number(row, cap.amount))
            if amount > 0 and left is not None:
                left = subtract(left, units)
            most = share(cap.rate, units)
            limit = add(limit, min(most, amount))
            taken[row] = min(self.eligible[row], max(_NOTHING, subtract(amount, most)))
        self._take(cap.key, taken, limit)

    def cap_categories(self, cap: CategoryCap) -> None:
        """Take from the last rows of these categories what goes beyond their limit."""
        rows = self._rows_with(cap.column, cap.options)
        limits = [half_up(cap.limit)] if cap.limit is not None else []
        if cap.share is not None:
            whole = self._rows_with(cap.column, cap.of) if cap.of else self.cost
            limits.append(share(_sum(self.eligible[row] for row in whole), cap.share))
        limit = min(limits)
        self._take(cap.key, _beyond(self.eligible, rows, limit), limit)

    def pay(self) -> None:
        """The program's share of what counts, row by row."""
        self.contribution = {row: share(amount, self.definition.share) for row, amount in self.eligible.items()}
        self.requested = dict(self.contribution)

    def limit(self, key: str, most: Decimal) -> None:
        """Pay at most that much in all."""
        self._withhold(key, _beyond(self.requested, self.requested, most), most)

    def limit_years(self, at_most: Decimal, already: Mapping[int, Decimal]) -> None:
        """Pay at most that much in each fiscal year, less what was asked for before."""
        taken: dict[str, Decimal] = {}
        limit = _NOTHING
        for year in sorted(set(self.years.values())):
            most = max(_NOTHING, half_up(subtract(at_most, already.get(year, _NOTHING))))
            beyond = _beyond(self.requested, (row for row in self.cost if self.years.get(row) == year), most)
            limit = add(limit, most if any(beyond.values()) else _NOTHING)
            taken |= beyond
        self._withhold(YEARLY, taken, limit)

    def result(self) -> Costs:
        """The figures, once everything was applied."""
        definition = self.definition
        cost, contribution, requested = (_sum(x.values()) for x in (self.cost, self.contribution, self.requested))
        years = {
            year: _sum(self.requested[row] for row in self.cost if self.years.get(row) == year)
            for year in sorted(set(self.years.values()))
        }
        return Costs(
            rows={
                row: RowCost(
                    cost=amount,
                    eligible=self.eligible[row],
                    contribution=self.contribution[row],
                    requested=self.requested[row],
                    year=self.years.get(row),
                )
                for row, amount in self.cost.items()
            },
            cost=cost,
            eligible=_sum(self.eligible.values()),
            contribution=contribution,
            requested=requested,
            other=self.other,
            own_share=max(_NOTHING, subtract(subtract(cost, requested), self.other)),
            below_floor=definition.floor is not None and requested < definition.floor,
            above_ceiling=any(reduction.key == CEILING for reduction in self.reductions),
            reductions=tuple(self.reductions),
            years=years,
        )

    def _take(self, key: str, taken: Mapping[str, Decimal], limit: Decimal) -> None:
        self._note(key, "cost", self.eligible, taken, limit)

    def _withhold(self, key: str, taken: Mapping[str, Decimal], limit: Decimal) -> None:
        self._note(key, "contribution", self.requested, taken, limit)

    def _note(
        self, key: str, on: str, amounts: dict[str, Decimal], taken: Mapping[str, Decimal], limit: Decimal
    ) -> None:
        rows = tuple(row for row, amount in taken.items() if amount)
        for row in rows:
            amounts[row] = subtract(amounts[row], taken[row])
        if rows:
            self.reductions.append(Reduction(key, on, _sum(taken.values()), limit, rows))

    def _answer(self, row: str, column: str) -> object:
        return self.ctx.cells(f"{self.definition.table}.{column}").get(row)

    def _number(self, row: str, column: str) -> Decimal:
        found = self._answer(row, column)
        return found if isinstance(found, Decimal) and found > 0 else Decimal(0)

    def _day(self, row: str, column: str) -> date | None:
        found = self._answer(row, column) if column else None
        return found if isinstance(found, date) else None

    def _rows_with(self, column: str, options: Iterable[str]) -> list[str]:
        wanted = set(options)
        return [row for row in self.cost if self._answer(row, column) in wanted]


def _beyond(amounts: Mapping[str, Decimal], rows: Iterable[str], limit: Decimal) -> dict[str, Decimal]:
    """What each of the rows has beyond a common limit; the first rows are served first."""
    left, beyond = limit, {}
    for row in rows:
        kept = min(amounts[row], left)
        beyond[row] = subtract(amounts[row], kept)
        left = subtract(left, kept)
    return beyond


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return add(_NOTHING, total(amounts))
