"""Why something was reduced, in a sentence of either language: for pages, letters and the submission record."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext

from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.questions.costs.arithmetic import Costs, Reduction
from guichet.questions.costs.definition import CEILING, STACKING, CategoryCap, CostDefinition, UnitCap
from guichet.questions.definitions import Form
from guichet.questions.speech import said, say

# Where a sentence names figures that hang on the answers; ``explain`` fills them, a page may put elements there.
AMOUNT, LIMIT = "{amount}", "{limit}"


def explain(reduction: Reduction, definition: CostDefinition, form: Form, already: Mapping[int, Decimal]) -> Text:
    """What was taken away and why, in both languages: “Reduced by $2,000. Per diem: …”."""

    def sentence(language: str) -> str:
        figures = {AMOUNT: reduction.amount, LIMIT: reduction.limit}
        text = reason(reduction.key, definition, form, already, language)
        for place, amount in figures.items():
            text = text.replace(place, formats.money(amount, language))
        return text

    return say(sentence)


def reason(key: str, definition: CostDefinition, form: Form, already: Mapping[int, Decimal], language: str) -> str:
    """The same with ``{amount}`` (what was taken) and perhaps ``{limit}`` in place of figures."""
    if key == STACKING:
        return said(lambda _: _stacking(definition, language), language)
    if key == CEILING:
        return said(lambda _: _ceiling(definition, language), language)
    if key not in {cap.key for cap in definition.caps}:
        return said(lambda _: _yearly(definition, already, language), language)
    cap = definition.cap(key)
    if isinstance(cap, UnitCap):
        return said(lambda _: _units(cap, definition, form, language), language)
    return said(lambda _: _category(cap, definition, form, language), language)


def least(definition: CostDefinition, costs: Costs) -> Text:
    """That the program pays nothing below its floor, and what the answers come to."""

    def sentence(language: str) -> str:
        return gettext(
            "The contribution requested is %(requested)s, and the program pays no less than %(floor)s for a project."
            " Review the activities and their costs."
        ) % {
            "requested": formats.money(costs.requested, language),
            "floor": formats.money(definition.floor or 0, language),
        }

    return say(sentence)


def fiscal_year_name(year: int) -> str:
    """“2026–2027”: the same in both languages."""
    return f"{year}–{year + 1}"


def _units(cap: UnitCap, definition: CostDefinition, form: Form, language: str) -> str:
    units = []
    for unit in cap.units:
        label = form.name_of(f"{definition.table}.{unit.column}").in_(language)
        if unit.limit is not None:
            label = gettext("%(unit)s (at most %(limit)s)") % {
                "unit": label,
                "limit": formats.decimal(unit.limit, language),
            }
        units.append(label)
    words = {
        "title": cap.title.in_(language),
        "amount": AMOUNT,
        "rate": formats.money(cap.rate, language),
        "units": " × ".join(units),
    }
    text = gettext("%(title)s: reduced by %(amount)s. What counts is at most %(rate)s × %(units)s.") % words
    if cap.in_all is not None:
        limit = formats.decimal(cap.in_all, language)
        text += " " + gettext("All rows together, no more than %(limit)s such units count.") % {"limit": limit}
    return text


def _category(cap: CategoryCap, definition: CostDefinition, form: Form, language: str) -> str:
    words = {"title": cap.title.in_(language), "amount": AMOUNT, "limit": LIMIT}
    if cap.share is None:
        return gettext("%(title)s: reduced by %(amount)s. These costs count for at most %(limit)s.") % words
    words["share"] = formats.percent(cap.share * 100, language)
    if cap.of:
        column = form.question(f"{definition.table}.{cap.column}")
        labels = [column.show(option, language) for option in cap.of]
        words["whole"] = gettext("the cost of: %(categories)s") % {"categories": "; ".join(labels)}
    else:
        words["whole"] = gettext("all costs")
    text = gettext(
        "%(title)s: reduced by %(amount)s. These costs count for at most %(limit)s (%(share)s of %(whole)s)."
    )
    if cap.limit is not None:
        words["most"] = formats.money(cap.limit, language)
        text = gettext(
            "%(title)s: reduced by %(amount)s. These costs count for at most %(limit)s (%(share)s of %(whole)s, and no"
            " more than %(most)s)."
        )
    return text % words


def _stacking(definition: CostDefinition, language: str) -> str:
    share = definition.stacking.limit if definition.stacking else Decimal(1)
    return gettext(
        "Government money together: reduced by %(amount)s. All governments together pay at most %(share)s of the costs"
        " that count; beside the others, %(limit)s is left to this program."
    ) % {"amount": AMOUNT, "share": formats.percent(share * 100, language), "limit": LIMIT}


def _ceiling(definition: CostDefinition, language: str) -> str:
    ceiling = formats.money(definition.ceiling or 0, language)
    return gettext("Maximum: reduced by %(amount)s. The program pays at most %(ceiling)s for a project.") % {
        "amount": AMOUNT,
        "ceiling": ceiling,
    }


def _yearly(definition: CostDefinition, already: Mapping[int, Decimal], language: str) -> str:
    most = definition.yearly_limit.limit if definition.yearly_limit else Decimal(0)
    text = gettext(
        "Yearly limit: reduced by %(amount)s. The programs of this family pay an organization at most %(most)s for each"
        " fiscal year."
    ) % {"amount": AMOUNT, "most": formats.money(most, language)}
    for year, amount in sorted(already.items()):
        if amount:
            text += " " + gettext("Already asked for, for %(year)s: %(already)s.") % {
                "year": fiscal_year_name(year),
                "already": formats.money(amount, language),
            }
    return text
