"""What is to be known about examinations. Reading only, always ordered."""

from guichet.eligibility.models import Case
from guichet.organizations.models import Organization


def open_cases(*, after: str = "", limit: int = 25) -> list[Case]:
    """Open cases by due date, with ``organization``; ``after`` is the public id of the last one seen."""
    raise NotImplementedError


def case(public_id: str) -> Case | None:
    """The case with its ``organization``, ``edition`` and people; findings by ``case.findings.all()``, prefetched."""
    raise NotImplementedError


def current_case(organization: Organization, program_key: str) -> Case | None:
    """The examination that counts now: the newest that no other has replaced."""
    raise NotImplementedError


def history(organization: Organization, program_key: str) -> list[Case]:
    """Every examination of the organization, newest first, findings prefetched."""
    raise NotImplementedError


def has_met(organization: Organization, program_key: str) -> bool:
    """Are the criteria met, by the examination that counts now?"""
    raise NotImplementedError
