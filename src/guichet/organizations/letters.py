"""The letters of this room, each named for what has happened. Texts in ``texts/``, one per language."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings

from guichet.accounts.links import link
from guichet.accounts.models import User
from guichet.kernel import formats
from guichet.kernel.bilingual import Text
from guichet.mail.actions import send
from guichet.organizations.models import Invitation, Membership, Organization, Role
from guichet.programs.queries import PublishedEdition

ROOM = "organizations"

# What each role may do, as a letter says it after "you can".
ABILITIES: Mapping[str, Text] = {
    Role.SIGNATORY: Text(
        en="fill in the forms, manage contacts, and sign and submit applications",
        fr="remplir les formulaires, gérer les contacts, puis signer et transmettre les demandes",
    ),
    Role.EDITOR: Text(
        en="fill in the organization’s profile and its applications, but not sign them",
        fr="remplir le profil de l’organisme et ses demandes, mais non les signer",
    ),
    Role.READER: Text(
        en="read the organization’s profile and its applications",
        fr="lire le profil de l’organisme et ses demandes",
    ),
}
NAMES: Mapping[str, Text] = {
    Role.SIGNATORY: Text(en="legal signatory", fr="signataire légal"),
    Role.EDITOR: Text(en="editor", fr="rédaction"),
    Role.READER: Text(en="reader", fr="lecture"),
}
UNNAMED = Text(en="(organization without a name yet)", fr="(organisme encore sans nom)")


def invitation(*, invitation: Invitation, token: str, person: User | None, language: str) -> None:
    """To the person invited. The link works once, so no copy is kept among the messages."""
    expires = invitation.expires_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    send(
        room=ROOM,
        name="invitation",
        language=language,
        email=invitation.email,
        user=person,
        values={
            "inviter": invitation.invited_by.name,
            "organization": _name(invitation.organization, language),
            "abilities": ABILITIES[Role(invitation.role)].in_(language),
            "link": link("applicant:invitation_accept", language, token),
            "email": invitation.email,
            "expires": formats.date(expires, language),
        },
        organization_id=invitation.organization.public_id,
        in_portal=False,
    )


def invitation_accepted(*, invitation: Invitation, member: Membership) -> None:
    """To the person who invited."""
    recipient = invitation.invited_by
    _to(
        recipient,
        "invitation_accepted",
        member.organization,
        name=recipient.name,
        member=member.user.name,
        role=NAMES[Role(member.role)].in_(recipient.language),
        contacts_link=link("applicant:contacts", recipient.language),
    )


def role_changed(*, member: Membership) -> None:
    """To the member whose role is another one now."""
    language = member.user.language
    _to(
        member.user,
        "role_changed",
        member.organization,
        name=member.user.name,
        role=NAMES[Role(member.role)].in_(language),
        abilities=ABILITIES[Role(member.role)].in_(language),
    )


def membership_ended(*, member: Membership) -> None:
    """To the person who no longer acts for the organization."""
    _to(member.user, "membership_ended", member.organization, name=member.user.name)


def account_profile_received(*, organization: Organization, edition: PublishedEdition, recipient: User) -> None:
    """To the signatory who transmitted the account profile: the application form is open."""
    program = edition.definition.program
    language = recipient.language
    _to(
        recipient,
        "account_profile_received",
        organization,
        override=edition.definition.letters.get("account_profile_received"),
        name=recipient.name,
        program=program.name.in_(language),
        family=program.family.in_(language),
        short=program.short.in_(language),
        applications_link=link("applicant:applications", language),
    )


def _to(person: User, letter: str, organization: Organization, *, override: Text | None = None, **values: str) -> None:
    send(
        room=ROOM,
        name=letter,
        language=person.language,
        email=person.email,
        user=person,
        values={"organization": _name(organization, person.language), **values},
        organization_id=organization.public_id,
        override=override,
    )


def _name(organization: Organization, language: str) -> str:
    return organization.legal_name or UNNAMED.in_(language)
