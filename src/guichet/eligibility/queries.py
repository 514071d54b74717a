"""What is to be known about examinations. Reading only, always ordered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from guichet.eligibility.models import Case, Finding
from guichet.eligibility.states import Outcome, State
from guichet.kernel.bilingual import LANGUAGES, Text
from guichet.kernel.calendar import Count
from guichet.kernel.clock import today
from guichet.kernel.identifiers import is_id
from guichet.organizations.models import Organization
from guichet.programs.definitions import Criterion
from guichet.programs.queries import PublishedEdition
from guichet.questions.context import Context

STANDARD = "profile_examination"  # the service standard of the edition, in business days


@dataclass(frozen=True)
class Computed:
    """What the rules say of one criterion: ``outcome`` (met, not_met, unknown) and why, in both languages."""

    criterion: Criterion
    outcome: str
    explanation: Text


def open_cases(*, after: str = "", limit: int = 25) -> list[Case]:
    """Open cases by due date, with ``organization``; ``after`` is the public id of the last one seen."""
    cases = Case.objects.filter(state=State.OPEN).order_by("due_on", "id")
    last = Case.objects.filter(public_id=after).values_list("due_on", "id").first() if is_id(after) else None
    if last:
        due_on, pk = last
        cases = cases.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, id__gt=pk))
    return list(cases.select_related("organization")[:limit])


def case(public_id: str) -> Case | None:
    """The case with its ``organization``, ``edition``, people, and ``findings``, in the order of the criteria."""
    return _whole(Case.objects.filter(public_id=public_id)).first()


def current_case(organization: Organization, program_key: str) -> Case | None:
    """The examination that counts now: the newest, since whatever replaces another is newer."""
    return _whole(Case.objects.filter(organization=organization, program_key=program_key)).first()


def history(organization: Organization, program_key: str) -> list[Case]:
    """Every examination of the organization, newest first, with the findings of each."""
    return list(_whole(Case.objects.filter(organization=organization, program_key=program_key)))


def has_met(organization: Organization, program_key: str) -> bool:
    """Are the criteria met, by the examination that counts now?"""
    cases = Case.objects.filter(organization=organization, program_key=program_key)
    return cases.values_list("state", flat=True).first() == State.MET


def is_refused(organization: Organization, program_key: str) -> bool:
    """Did the examination that counts now find that criteria are not met? One that goes on refuses nothing yet."""
    cases = Case.objects.filter(organization=organization, program_key=program_key)
    return cases.values_list("state", flat=True).first() == State.NOT_MET


def due(case: Case) -> Count:
    """How the due date was counted, with the holidays that were not."""
    return Count.read(case.due_reason)


def answer_due(edition: PublishedEdition) -> Count:
    """When a profile sent now is answered: the service standard, in business days of the program's calendar."""
    definition = edition.definition
    return definition.business_days.add(today(definition.program.zone), definition.service_standards[STANDARD])


def snapshot_context(edition: PublishedEdition, snapshot: Mapping[str, Any]) -> Context:
    """The profile as it was sent, as the form engine reads it."""
    return edition.definition.context("profile", snapshot)


def compute(edition: PublishedEdition, snapshot: Mapping[str, Any]) -> list[Computed]:
    """Each criterion of the edition over a profile as it was sent."""
    context = snapshot_context(edition, snapshot)
    return [_computed(criterion, context) for criterion in edition.definition.criteria]


def reads_same(edition: PublishedEdition, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Do the criteria read the same answers in both?"""
    read = {path for criterion in edition.definition.criteria for path in criterion.rule.reads()}
    return _only(read, before) == _only(read, after)


def explanation(finding: Finding) -> Text:
    """Why the rules found so."""
    return Text(**finding.explanation)


def _computed(criterion: Criterion, context: Context) -> Computed:
    met = criterion.rule.evaluate(context)
    outcome = Outcome.UNKNOWN if met is None else Outcome.MET if met else Outcome.NOT_MET
    sentences = {language: criterion.rule.explain(context, language) for language in LANGUAGES}
    return Computed(criterion, outcome, Text(**sentences))


def _only(read: set[str], snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of ``snapshot`` at the paths in ``read``; a cell ``sales.<row>.country`` counts as ``sales.country``.

    A table that is read as a whole (counted) counts with its rows.
    """
    return {path: value for path, value in snapshot.items() if read & set(_names(path))}


def _names(path: str) -> tuple[str, ...]:
    parts = path.split(".")
    return (path, parts[0]) if len(parts) < 3 else (path, parts[0], f"{parts[0]}.{parts[2]}")


def _whole(cases: QuerySet[Case]) -> QuerySet[Case]:
    people = ("opened_by", "concluded_by")
    return cases.select_related("organization", "edition", *people).prefetch_related("findings__overridden_by")
