"""The arithmetic of costs, once: used by the table, the review page, the receipt, and later by claims.

Decimal money, rounded half up to the cent, never floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from guichet.kernel.money import half_up, share
from guichet.questions.context import Context
from guichet.questions.definitions import Part
from guichet.questions.question import Key

_NOTHING = Decimal("0.00")


class CostDefinition(Part):
    """Which column of which table holds costs, and how much of them the program pays.

    ``share`` is a fraction ("0.50"); ``floor`` and ``ceiling`` bound the contribution of the whole file.
    """

    table: Key
    amount: Key
    share: Decimal = Field(gt=0, le=1)
    floor: Decimal | None = Field(default=None, ge=0)
    ceiling: Decimal | None = Field(default=None, gt=0)


@dataclass(frozen=True)
class RowCost:
    """One row: its cost, and the program's share of it."""

    cost: Decimal
    contribution: Decimal


@dataclass(frozen=True)
class Costs:
    """The whole table.

    ``contribution`` is the sum of the rows' shares, ``requested`` what remains of it under the ceiling,
    ``own_share`` what the applicant pays (cost less requested).
    """

    rows: Mapping[str, RowCost]
    cost: Decimal
    contribution: Decimal
    requested: Decimal
    own_share: Decimal
    below_floor: bool
    above_ceiling: bool


def compute(definition: CostDefinition, ctx: Context) -> Costs:
    """The costs of the answers.

    Each row's contribution is rounded to the cent, and the total is the sum of what the rows show. Rows whose cost is
    blank, unreadable or negative count for nothing; no row at all gives zeros.
    """
    rows = {
        row: RowCost(cost=half_up(cost), contribution=share(half_up(cost), definition.share))
        for row in ctx.filled_rows(definition.table)
        if isinstance(cost := ctx.answer(f"{definition.table}.{row}.{definition.amount}"), Decimal) and cost > 0
    }
    cost = sum((row.cost for row in rows.values()), _NOTHING)
    contribution = sum((row.contribution for row in rows.values()), _NOTHING)
    above = definition.ceiling is not None and contribution > definition.ceiling
    requested = half_up(definition.ceiling) if above and definition.ceiling is not None else contribution
    return Costs(
        rows=rows,
        cost=cost,
        contribution=contribution,
        requested=requested,
        own_share=cost - requested,
        below_floor=definition.floor is not None and requested < definition.floor,
        above_ceiling=above,
    )
