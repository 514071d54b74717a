"""What applications ask for: figures for the yearly limit of a family of programs, and the totals that are frozen.

The arithmetic is ``questions.costs``; here is what it cannot know, because it is in other applications.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guichet.applications.models import Submission
from guichet.organizations.models import Organization
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.questions.context import Context
from guichet.questions.costs import Costs, compute, explain, fiscal_year


def already(organization: Organization, edition: PublishedEdition) -> dict[int, Decimal]:
    """What the organization asked for in submitted applications to the programs of the family, by fiscal year.

    Empty, and no statement, for an edition without a yearly limit; else one statement, and one more for applications
    that were submitted before totals were part of the record.
    """
    if edition.definition.cost.yearly_limit is None:
        return {}
    family = edition.definition.program.family
    submissions = Submission.objects.filter(
        application__organization=organization,
        application__edition__program__document__family={"en": family.en, "fr": family.fr},
    ).order_by("id")
    years = dict(submissions.values_list("pk", "document__costs__years"))
    older = [pk for pk, found in years.items() if found is None]
    for submission in submissions.filter(pk__in=older).select_related("application") if older else ():
        years[submission.pk] = _years_of(submission)
    asked: dict[int, Decimal] = defaultdict(Decimal)
    for found in years.values():
        for year, amount in found.items():
            asked[int(year)] += Decimal(amount)
    return dict(asked)


def document(edition: PublishedEdition, context: Context, first: dt.date) -> dict[str, Any]:
    """The totals with their explanations, as a submission keeps them: amounts as text, fiscal years as keys.

    ``first`` is the day that says in which fiscal year the whole falls where the edition does not limit years: that of
    the first activity, or else of the submission.
    """
    definition = edition.definition.cost
    costs = compute(definition, context)
    years = costs.years or {fiscal_year(first, context.year_begins): costs.requested}
    return {
        **amounts(costs),
        "reductions": [
            {
                "key": reduction.key,
                "on": reduction.on,
                "amount": str(reduction.amount),
                "text": explain(reduction, definition, context.form, context.already).model_dump(),
            }
            for reduction in costs.reductions
        ],
        "years": _written(years),
        "already": _written(context.already),
    }


def amounts(costs: Costs) -> dict[str, str]:
    """The totals as text."""
    names = ("cost", "eligible", "contribution", "requested", "other", "own_share")
    return {name: str(getattr(costs, name)) for name in names}


def read_years(written: Mapping[str, str]) -> dict[int, Decimal]:
    """Amounts by fiscal year, as ``document`` writes them."""
    return {int(year): Decimal(amount) for year, amount in written.items()}


def _written(years: Mapping[int, Decimal]) -> dict[str, str]:
    return {str(year): str(amount) for year, amount in sorted(years.items())}


def _years_of(submission: Submission) -> dict[str, str]:
    """The same for a record without totals, from its answers and its edition."""
    edition = programs.edition(submission.application.edition_id)
    definition = edition.definition
    context = definition.context("application", submission.document["answers"])
    written = submission.document["lead_time"]["first_activity"] or submission.document["submitted_at"][:10]
    day = dt.date.fromisoformat(written)
    return _written({fiscal_year(day, context.year_begins): compute(definition.cost, context).requested})
