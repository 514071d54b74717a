"""The arithmetic of costs, once: used by the table, the review page, the receipt, and later by claims.

Decimal money, rounded half up to the cent, never floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from guichet.questions.context import Context
from guichet.questions.definitions import Part
from guichet.questions.question import Key


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
    """The costs of the answers. Rows without a readable, positive cost count for nothing; no row at all gives zeros."""
    raise NotImplementedError
