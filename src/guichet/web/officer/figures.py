"""The windows and the figures of an edition, in words: what a program designer looks at before others do."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.kernel import formats
from guichet.programs.definitions import EditionDefinition, Intake
from guichet.web.receptions import moment


@dataclass(frozen=True)
class Figure:
    """One line: what it is, and what it says; ``code`` is the name by which rules call it, where it has no other."""

    title: str
    value: str
    code: str = ""


def figures(definition: EditionDefinition, language: str) -> list[Figure]:
    """Windows, delays, money, then the numbers that rules and texts take, as edition.yaml has them."""
    return [
        *(Figure(intake.title.in_(language), _window(intake, definition)) for intake in definition.intakes),
        *_delays(definition),
        *_money(definition, language),
        *(Figure("", _number(value, language), key) for key, value in sorted(definition.numbers.items())),
    ]


def _window(intake: Intake, definition: EditionDefinition) -> str:
    zone = definition.program.zone
    said = []
    if intake.opens:
        said.append(_("opens: %(moment)s") % {"moment": moment(intake.opens, zone)})
    if intake.closes:
        said.append(_("closes: %(moment)s") % {"moment": moment(intake.closes, zone)})
    return "; ".join(said) or _("open all year")


def _delays(definition: EditionDefinition) -> Iterator[Figure]:
    titles = {
        "profile_examination": _("To examine My profile"),
        "decision": _("To decide on an application"),
        "closing_reminder": _("Reminder before an intake closes"),
    }
    standards = definition.service_standards
    for key in (*(key for key in titles if key in standards), *sorted(set(standards) - set(titles))):
        yield Figure(titles.get(key, ""), _days(standards[key]), "" if key in titles else key)
    yield Figure(_("Between submission and the first activity"), _days(definition.lead_time.days))


def _days(days: int) -> str:
    return ngettext("%(days)s business day", "%(days)s business days", days) % {"days": days}


def _money(definition: EditionDefinition, language: str) -> Iterator[Figure]:
    cost = definition.cost
    yield Figure(_("Share of the costs that the program pays"), formats.percent(cost.share * 100, language))
    amounts = {
        _("Least that it pays for a project"): cost.floor,
        _("Most that it pays for a project"): cost.ceiling,
        _("Most for one organization in a fiscal year"): cost.yearly_limit.limit if cost.yearly_limit else None,
    }
    for title, amount in amounts.items():
        if amount is not None:
            yield Figure(title, formats.money(amount, language))
    if cost.stacking:
        yield Figure(_("Most that all governments pay together"), formats.percent(cost.stacking.limit * 100, language))
    for cap in cost.caps:
        yield Figure(_("Cap"), cap.title.in_(language))


def _number(value: Decimal, language: str) -> str:
    """Without a sign between the digits of four: it may be a year."""
    written = formats.decimal(value, language)
    return "".join(filter(str.isdigit, written)) if value == value.to_integral() and 1000 <= value < 10000 else written
