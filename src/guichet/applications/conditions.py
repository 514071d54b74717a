"""What must hold before an act, one function for each: it says nothing, or raises the refusal that fits."""

from collections.abc import Set
from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.applications import intakes, queries
from guichet.applications.errors import (
    AlreadySubmitted,
    AttestationMissing,
    CriteriaNotMet,
    DraftDeleted,
    Incomplete,
    IntakeClosed,
    IntakePaused,
    LeadTimeTooShort,
    NotReady,
    NotSignatory,
)
from guichet.applications.models import Application
from guichet.eligibility import queries as eligibility
from guichet.kernel import clock
from guichet.kernel.calendar import Count
from guichet.organizations import queries as organizations
from guichet.organizations.models import Organization
from guichet.programs.queries import PublishedEdition
from guichet.questions.context import Context


def require_editor(user: User, organization: Organization) -> None:
    """The person may change applications of the organization. Raises PermissionDenied."""
    found = organizations.membership(user, organization)
    if found is None or not permissions.has(found.role, permissions.EDIT_APPLICATION):
        raise PermissionDenied(permissions.EDIT_APPLICATION)


def require_signatory(user: User, organization: Organization) -> str:
    """The person holds signing authority: the role they sign in.

    Raises PermissionDenied for a stranger, NotSignatory for a member without authority.
    """
    found = organizations.membership(user, organization)
    if found is None:
        raise PermissionDenied(permissions.SUBMIT_APPLICATION)
    if not permissions.has(found.role, permissions.SUBMIT_APPLICATION):
        raise NotSignatory(signatories=tuple(person.name for person in organizations.signatories(organization)))
    return found.role


def require_draft(application: Application) -> None:
    """The application can still change. Raises AlreadySubmitted, DraftDeleted."""
    if application.is_submitted:
        raise AlreadySubmitted(reference=application.reference)
    if not application.is_draft:
        raise DraftDeleted()


def require_ready(user: User, organization: Organization, edition: PublishedEdition) -> None:
    """Everything that comes before a new application is done.

    Raises NotReady; IntakeClosed, IntakePaused when only that is left.
    """
    left = [step for step in queries.readiness(organization, edition, user) if not step.done]
    if [step.key for step in left] == ["intake"]:
        require_open(organization, edition, clock.now())
    if left:
        raise NotReady(steps=tuple(left))


def require_open(organization: Organization, edition: PublishedEdition, at: datetime) -> None:
    """Applications are received from the organization at that moment. Raises IntakeClosed, IntakePaused."""
    found = intakes.reception(organization, edition, at)
    zone = edition.definition.program.zone
    if found.state == "paused" and found.pause:
        raise IntakePaused(notice=found.pause.notice, until=found.pause.ends, zone=zone)
    if not found.is_open:
        raise IntakeClosed(edition=edition.definition.title, opens=found.opens, closed=found.closed, zone=zone)


def require_not_refused(organization: Organization, program_key: str) -> None:
    """No examination since the draft began found the organization ineligible. Raises CriteriaNotMet.

    A profile that is being examined again does not stop a submission: its deadline would run out meanwhile.
    """
    if eligibility.is_refused(organization, program_key):
        raise CriteriaNotMet()


def require_lead_time(edition: PublishedEdition, context: Context, on: date) -> Count:
    """The first activity starts late enough for a submission on that day: how the earliest start was counted.

    No date at all is a matter of completeness, not of lead time. Raises LeadTimeTooShort.
    """
    count = queries.earliest_start(edition, on)
    first = queries.first_activity(edition, context)
    if first is not None and first < count.date:
        lead = edition.definition.lead_time
        raise LeadTimeTooShort(
            field=lead.table,
            first=first,
            earliest=count.date,
            submitted_on=on,
            days=lead.days,
            skipped=count.skipped,
            guide=lead.guide,
        )
    return count


def require_attested(edition: PublishedEdition, given: Set[str]) -> None:
    """Every statement of the edition is confirmed. Raises AttestationMissing; ``field`` is the first one's key."""
    missing = tuple(said.key for said in edition.definition.attestations if said.key not in given)
    if missing:
        raise AttestationMissing(field=missing[0], missing=missing)


def require_complete(context: Context) -> None:
    """Every section that is needed is complete and valid. Raises Incomplete."""
    problems = tuple(queries.problems(context))
    if problems:
        raise Incomplete(problems=problems)
