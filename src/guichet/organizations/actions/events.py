"""What an organization's actions leave in the log."""

from typing import Any

from guichet.accounts.models import User
from guichet.audit import actions as audit
from guichet.organizations.models import Organization


def record(actor: User, event: str, organization: Organization, **data: Any) -> None:
    """Record an event of the organization."""
    audit.record(
        actor=actor,
        event=event,
        subject_type="organization",
        subject_id=organization.public_id,
        organization_id=organization.public_id,
        **data,
    )
