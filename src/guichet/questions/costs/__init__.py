"""The arithmetic of costs, once: used by the table, the review page, the receipt, and later by claims.

``definition`` is what an edition writes, ``arithmetic`` works it out, ``sentences`` says why something was reduced.
Decimal money, rounded half up to the cent, never floats; ``static/js/costs.js`` does the same in the browser.
"""

from guichet.questions.costs.arithmetic import Costs, Reduction, RowCost, compute, fiscal_year
from guichet.questions.costs.definition import CategoryCap, CostDefinition, Stacking, UnitCap, YearlyLimit
from guichet.questions.costs.sentences import explain, least, reason

__all__ = [
    "CategoryCap",
    "CostDefinition",
    "Costs",
    "Reduction",
    "RowCost",
    "Stacking",
    "UnitCap",
    "YearlyLimit",
    "compute",
    "explain",
    "fiscal_year",
    "least",
    "reason",
]
