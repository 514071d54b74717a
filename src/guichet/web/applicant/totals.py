"""The totals under the table of costs: the same figures as totals.js shows while one types."""

from dataclasses import dataclass
from decimal import Decimal

from guichet.programs.queries import PublishedEdition
from guichet.questions.context import Context
from guichet.questions.costs import CostDefinition, Costs, compute
from guichet.questions.definitions import Section


@dataclass(frozen=True)
class Totals:
    """What templates draw: the figures, the definition for the script, and the bar (``bar`` of ``bar_maximum``)."""

    definition: CostDefinition
    costs: Costs
    bar: Decimal
    bar_maximum: Decimal

    @property
    def share_percent(self) -> Decimal:
        """The program's share in percent: 50 for one half."""
        return self.definition.share * 100


def totals_of(edition: PublishedEdition, context: Context) -> Totals:
    """The totals of the answers as they stand."""
    definition = edition.definition.cost
    costs = compute(definition, context)
    maximum = definition.ceiling or max(costs.contribution, Decimal(1))
    return Totals(definition, costs, min(costs.contribution, maximum), maximum)


def has_costs(edition: PublishedEdition, section: Section) -> bool:
    """Whether the table of costs stands in this section."""
    return any(question.key == edition.definition.cost.table for question in section.every)
