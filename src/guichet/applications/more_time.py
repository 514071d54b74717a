"""More time for one organization: an officer's decision."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.applications import access, letters
from guichet.applications.errors import NoMoreTime
from guichet.applications.models import PersonalExtension
from guichet.audit.actions import record
from guichet.kernel import clock
from guichet.kernel.canonical import plain
from guichet.organizations.models import Organization
from guichet.programs import queries as programs
from guichet.programs.errors import IntakeReasonMissing, MomentPast
from guichet.programs.queries import PublishedEdition


@transaction.atomic
def give_more_time(
    *, actor: User, organization: Organization, edition: PublishedEdition, until: datetime, reason: str
) -> PersonalExtension:
    """Let one organization begin and submit until ``until``, after the intake has closed for everybody.

    1. The actor manages intakes, and does not act for the organization. 2. The moment is to come, and later than what
    everybody has. 3. There is a reason. 4. Keep it, record the event, write to the organization's contacts. A newer
    extension replaces an older one.

    Raises PermissionDenied, MomentPast, NoMoreTime, IntakeReasonMissing.
    """
    if not access.can_give_more_time(actor, organization):
        raise PermissionDenied(permissions.MANAGE_INTAKES)
    at = clock.now()
    if until <= at:
        raise MomentPast(field="day")
    _require_gain(edition, at, until)
    reason = plain(reason).strip()
    if not reason:
        raise IntakeReasonMissing(field="reason")
    given = PersonalExtension.objects.create(
        organization=organization, edition_id=edition.id, until=until, reason=reason, given_at=at, given_by=actor
    )
    record(
        actor=actor,
        event="personal_extension_given",
        subject_type="organization",
        subject_id=organization.public_id,
        organization_id=organization.public_id,
        edition=f"{edition.program_key}/{edition.key}",
        until=until,
        reason=reason,
    )
    letters.more_time_given(given=given)
    return given


def _require_gain(edition: PublishedEdition, at: datetime, until: datetime) -> None:
    """Everybody has less time than that. Raises NoMoreTime."""
    found = programs.reception(edition, at)
    zone = edition.definition.program.zone
    if found.window is None or found.closes is None or found.state == "upcoming":
        raise NoMoreTime(field="day", closes=None, zone=zone)
    if until <= found.closes:
        raise NoMoreTime(field="day", closes=found.closes, zone=zone)
