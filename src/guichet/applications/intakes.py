"""Until when an organization may begin and submit applications: what everybody has, and its own extension."""

from datetime import datetime

from guichet.applications.models import PersonalExtension
from guichet.organizations.models import Organization
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.programs.windows import Reception


def reception(organization: Organization, edition: PublishedEdition, at: datetime) -> Reception:
    """Whether applications are received from the organization at that moment, and until when. Two statements."""
    given = PersonalExtension.objects.filter(organization=organization, edition_id=edition.id).order_by("-id")
    return programs.reception(edition, at, given.values_list("until", flat=True).first())


def extensions_of(organization: Organization) -> list[PersonalExtension]:
    """Every extension that the organization was given, newest first, with who gave it. One statement."""
    given = PersonalExtension.objects.filter(organization=organization)
    return list(given.select_related("given_by").order_by("-id"))


def extensions_for(edition: PublishedEdition) -> list[PersonalExtension]:
    """Every extension that was given for an edition, newest first, with organization and giver. One statement."""
    given = PersonalExtension.objects.filter(edition_id=edition.id)
    return list(given.select_related("given_by", "organization").order_by("-id"))
