"""The totals of a budget as pages draw them: the figures, each reduction with its reason, and who pays how much.

The same box stands on the section page (where totals.js keeps it up to date), the review page, the receipt and the
file that was submitted; the last two show what was frozen.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guichet.kernel import formats
from guichet.programs.definitions import EditionDefinition
from guichet.questions.context import Context
from guichet.questions.costs import CostDefinition, Costs, compute, reason
from guichet.questions.definitions import Section

# The bar is drawn in units of its own: who pays what part of the whole.
WIDTH = 1000
_FIGURES = re.compile(r"(\{(?:amount|limit)\})")
FIGURES = ("cost", "eligible", "contribution", "requested", "other", "own_share")


@dataclass(frozen=True)
class Part:
    """A part of a sentence; ``figure`` (amount or limit) where the script writes a figure."""

    text: str
    figure: str = ""


@dataclass(frozen=True)
class Line:
    """A reduction: whether it applies now, and the parts of its sentence; ``key`` for the script."""

    key: str
    applies: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Piece:
    """A piece of the bar: whose money (program, others, own), where it begins and how wide it is."""

    key: str
    start: int
    width: int


@dataclass(frozen=True)
class Budget:
    """What the template draws. ``script`` is what the script reckons with; empty where nothing is typed."""

    definition: CostDefinition
    figures: Mapping[str, Decimal]
    reductions: tuple[Line, ...]
    below_floor: bool = False
    script: str = ""

    @property
    def share_percent(self) -> Decimal:
        """The program's share in percent: 50 for one half."""
        return self.definition.share * 100

    @property
    def has_caps(self) -> bool:
        """Whether some costs may count in part only."""
        return bool(self.definition.unit_caps or self.definition.category_caps)

    @property
    def reduced(self) -> bool:
        """Whether anything was reduced."""
        return any(line.applies for line in self.reductions)

    @property
    def pieces(self) -> list[Piece]:
        """The bar, from the left."""
        whole, start, pieces = self.figures["cost"] or Decimal(1), 0, []
        for key, name in (("program", "requested"), ("others", "other"), ("own", "own_share")):
            width = min(round(self.figures[name] * WIDTH / whole), WIDTH - start)
            pieces.append(Piece(key, start, width))
            start += width
        return pieces


def budget(definition: EditionDefinition, context: Context, language: str) -> Budget:
    """The totals of answers as they stand."""
    cost = definition.cost
    costs = compute(cost, context)
    return Budget(
        definition=cost,
        figures={name: getattr(costs, name) for name in FIGURES},
        reductions=tuple(_line(key, costs, cost, context, language) for key in cost.reducers()),
        below_floor=costs.below_floor and bool(costs.cost),
        script=_script(cost, context),
    )


def frozen(definition: EditionDefinition, context: Context, document: Mapping[str, Any], language: str) -> Budget:
    """The totals that a submission keeps; of a record without them, those of its answers."""
    kept = document.get("costs")
    if kept is None:
        return budget(definition, context, language)
    return Budget(
        definition=definition.cost,
        figures={name: Decimal(kept[name]) for name in FIGURES},
        reductions=tuple(Line(line["key"], True, (Part(line["text"][language]),)) for line in kept["reductions"]),
    )


def has_budget(definition: EditionDefinition, section: Section) -> bool:
    """Whether the table of costs stands in this section."""
    return any(question.key == definition.cost.table for question in section.every)


def _line(key: str, costs: Costs, definition: CostDefinition, context: Context, language: str) -> Line:
    """The sentence, its two figures apart."""
    found = costs.reduction(key)
    text = reason(key, definition, context.form, context.already, language)
    figures = {name: formats.money(getattr(found, name) if found else 0, language) for name in ("amount", "limit")}
    return Line(key, found is not None, tuple(_part(part, figures) for part in _FIGURES.split(text) if part))


def _part(written: str, figures: Mapping[str, str]) -> Part:
    name = written[1:-1]
    return Part(figures[name], name) if _FIGURES.fullmatch(written) else Part(written)


def _script(definition: CostDefinition, context: Context) -> str:
    """What static/js/totals.js reckons by; the answers it has from the page, as the rules have them."""
    document = {
        **definition.model_dump(mode="json", exclude={"unit_caps": {"__all__": {"title"}}}),
        "category_caps": [cap.model_dump(mode="json", exclude={"title"}) for cap in definition.category_caps],
        "year_begins": context.year_begins,
        "columns": sorted({column for column, _kind in definition.columns()}),
        "others": definition.others,
        "already": {str(year): str(amount) for year, amount in context.already.items()},
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
