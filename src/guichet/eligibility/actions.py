"""What happens in an examination: a profile is sent, a finding overridden, the case concluded."""

from guichet.accounts.models import User
from guichet.eligibility.models import Case, Finding
from guichet.organizations.models import Organization
from guichet.programs.queries import PublishedEdition


def submit_profile(
    *, actor: User, organization: Organization, edition: PublishedEdition, language: str
) -> Case | None:
    """Update *My profile* and open its examination.

    Returns the open case, or None when the criteria are met already and nothing that they read has changed.
    Raises PermissionDenied, ProfileIncomplete, BusinessNumberTaken.
    """
    raise NotImplementedError


def override(*, actor: User, case: Case, criterion: str, outcome: str, reason: str) -> Finding:
    """Decide a criterion otherwise than the rules, with a reason; ``outcome`` "" takes an override back.

    Raises PermissionDenied, CaseClosed, CriterionUnknown, OutcomeUnknown, ReasonMissing.
    """
    raise NotImplementedError


def conclude(*, actor: User, case: Case) -> Case:
    """Conclude by the findings, and write to the primary contact. Raises PermissionDenied, CaseClosed, Undecided."""
    raise NotImplementedError
