"""Founding an organization, filling in its profiles, sending them.

Who may is asked after the lock: a person who was removed while their save waited for it is refused.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.answers.actions import Change, Saved, create_sheet
from guichet.answers.actions import save as save_answers
from guichet.files.models import StoredFile
from guichet.kernel.canonical import sha256
from guichet.kernel.clock import now
from guichet.kernel.states import move
from guichet.organizations import access, letters, queries
from guichet.organizations.actions import documents
from guichet.organizations.actions.events import record
from guichet.organizations.errors import BusinessNumberTaken, NotSignatory, ProfileIncomplete
from guichet.organizations.models import Membership, Organization, Profile, Role
from guichet.organizations.states import PROFILE_MOVES
from guichet.programs.definitions import FormName
from guichet.programs.queries import PublishedEdition
from guichet.questions import engine

NINE_DIGITS = 9  # the root of a business number; a program account (RC0001) may follow it


@transaction.atomic
def found_organization(*, actor: User) -> Organization:
    """The organization the actor acts for; a new one, of which they are primary signatory, when there is none.

    It has no business number until its profile is sent. Asked twice at once, both get the same organization.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    existing = queries.organization_of(actor)
    if existing is not None:
        return existing
    at = now()
    organization = Organization.objects.create(created_at=at, created_by=actor)
    Membership.objects.create(organization=organization, user=actor, role=Role.SIGNATORY, is_primary=True, since=at)
    record(actor, "organization_founded", organization)
    return organization


@transaction.atomic
def save_profile(
    *,
    actor: User,
    organization: Organization,
    edition: PublishedEdition,
    changes: Sequence[Change],
    request_key: str = "",
) -> Saved:
    """Keep answers of *My profile*, even incomplete or invalid ones.

    Raises PermissionDenied, and what ``answers.actions.save`` raises.
    """
    profile = to_fill_in(actor, organization, edition, Profile.Kind.PROFILE)
    return save_answers(actor=actor, sheet=profile.sheet, changes=changes, request_key=request_key)


@transaction.atomic
def update_profile(*, actor: User, organization: Organization, edition: PublishedEdition) -> Profile:
    """Send *My profile*: the button Update, whose page calls ``eligibility.actions.submit_profile``.

    1. The actor may update it.
    2. It is complete and valid.
    3. Its business number belongs to no other organization.
    4. Keep the names and the number, and the snapshot; record the event.

    Raises PermissionDenied, ProfileIncomplete, BusinessNumberTaken.
    """
    _lock(organization)
    if not access.can_update_profile(actor, organization):
        raise PermissionDenied(permissions.UPDATE_PROFILE)
    profile = _profile(organization, edition, Profile.Kind.PROFILE)
    snapshot = _complete(organization, edition, Profile.Kind.PROFILE)
    _take_identity(organization, edition, snapshot)
    return _send(actor, profile, organization, edition, snapshot, "profile_updated")


@transaction.atomic
def save_account_profile(
    *,
    actor: User,
    organization: Organization,
    edition: PublishedEdition,
    changes: Sequence[Change],
    request_key: str = "",
) -> Saved:
    """Keep answers of the account profile, even incomplete or invalid ones.

    Raises PermissionDenied (not a member), NotSignatory, and what ``answers.actions.save`` raises.
    """
    profile = to_fill_in(actor, organization, edition, Profile.Kind.ACCOUNT_PROFILE)
    return save_answers(actor=actor, sheet=profile.sheet, changes=changes, request_key=request_key)


@transaction.atomic
def attach_to_profile(
    *,
    actor: User,
    organization: Organization,
    edition: PublishedEdition,
    kind: FormName,
    path: str,
    upload: UploadedFile,
) -> StoredFile:
    """Store a document for the question at ``path`` of one of the two profiles (``kind``).

    Raises PermissionDenied, NotSignatory, and what ``documents.attach`` raises.
    """
    profile, form = to_fill_in(actor, organization, edition, kind), getattr(edition.definition, kind)
    return documents.attach(actor=actor, sheet=profile.sheet, form=form, path=path, upload=upload)


@transaction.atomic
def remove_from_profile(
    *, actor: User, organization: Organization, edition: PublishedEdition, kind: FormName, path: str, file_id: str
) -> None:
    """Take a document out of the answer at ``path`` of one of the two profiles.

    Raises PermissionDenied, NotSignatory, NotAFile (also for a file that is not at ``path``).
    """
    profile, form = to_fill_in(actor, organization, edition, kind), getattr(edition.definition, kind)
    documents.detach(actor=actor, sheet=profile.sheet, form=form, path=path, file_id=file_id)


@transaction.atomic
def transmit_account_profile(*, actor: User, organization: Organization, edition: PublishedEdition) -> Profile:
    """Transmit the account profile, which opens the application form.

    1. The actor is the primary contact, the legal signatory.
    2. It is complete and valid.
    3. Keep the snapshot; record the event; write to the primary contact.

    Raises PermissionDenied (not a member), NotSignatory, ProfileIncomplete.
    """
    _lock(organization)
    _require_primary_signatory(actor, organization)
    profile = _profile(organization, edition, Profile.Kind.ACCOUNT_PROFILE)
    snapshot = _complete(organization, edition, Profile.Kind.ACCOUNT_PROFILE)
    sent = _send(actor, profile, organization, edition, snapshot, "account_profile_transmitted")
    letters.account_profile_received(organization=organization, edition=edition, recipient=actor)
    return sent


def to_fill_in(actor: User, organization: Organization, edition: PublishedEdition, kind: str) -> Profile:
    """The profile that the actor may fill in, locked. Raises PermissionDenied, NotSignatory."""
    profile = _profile(organization, edition, kind)
    require_to_fill_in(actor, organization, kind)
    return profile


def require_to_fill_in(actor: User, organization: Organization, kind: str) -> None:
    """The actor may fill in that profile. Raises PermissionDenied, NotSignatory."""
    _REQUIRED[kind](actor, organization)


def _require_editor(actor: User, organization: Organization) -> None:
    """Raise PermissionDenied for who may not fill in *My profile*."""
    if not access.can_edit_profile(actor, organization):
        raise PermissionDenied(permissions.EDIT_PROFILE)


def _require_primary_signatory(actor: User, organization: Organization) -> None:
    """Raise PermissionDenied for a stranger, NotSignatory for a colleague."""
    if not access.can_read(actor, organization):
        raise PermissionDenied(permissions.READ_ACCOUNT_PROFILE)
    if not access.can_transmit(actor, organization):
        primary = queries.primary_contact(organization)
        raise NotSignatory(name=primary.name if primary else "")


_REQUIRED = {"profile": _require_editor, "account_profile": _require_primary_signatory}


def _lock(organization: Organization) -> None:
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def _profile(organization: Organization, edition: PublishedEdition, kind: str) -> Profile:
    """The profile of that kind, locked; made, once, when it is first needed."""
    wanted = {"organization": organization, "program_key": edition.program_key, "kind": kind}
    locked = Profile.objects.select_for_update(of=("self",), no_key=True).select_related("sheet")
    found = locked.filter(**wanted).first()
    if found is None:
        _lock(organization)
        found = locked.filter(**wanted).first()
    return found or Profile.objects.create(**wanted, sheet=create_sheet())


def _complete(organization: Organization, edition: PublishedEdition, kind: str) -> dict[str, Any]:
    """The snapshot of a complete and valid profile. Raises ProfileIncomplete."""
    context = queries.profile_context(organization, edition, kind)
    problems = tuple(engine.problems(context, level="submit"))
    if problems:
        raise ProfileIncomplete(problems=problems)
    return engine.snapshot(context)


def _take_identity(organization: Organization, edition: PublishedEdition, snapshot: dict[str, Any]) -> None:
    """Copy names and business number from the answers. Raises BusinessNumberTaken."""
    paths = edition.definition.organization
    number = str(snapshot.get(paths.business_number) or "")[:NINE_DIGITS]
    organization.business_number = number or None
    organization.legal_name = str(snapshot.get(paths.legal_name) or "")
    organization.operating_name = str(snapshot.get(paths.operating_name) or "")
    try:
        with transaction.atomic():
            organization.save(update_fields=["business_number", "legal_name", "operating_name"])
    except IntegrityError as error:
        raise BusinessNumberTaken(field=paths.business_number) from error


def _send(
    actor: User,
    profile: Profile,
    organization: Organization,
    edition: PublishedEdition,
    snapshot: dict[str, Any],
    event: str,
) -> Profile:
    move(
        Profile.objects.filter(pk=profile.pk),
        state_now=profile.state,
        verb="send",
        moves=PROFILE_MOVES,
        snapshot=snapshot,
        updated_at=now(),
        updated_by=actor,
    )
    record(actor, event, organization, edition=edition.hash, digest=sha256(snapshot))
    profile.refresh_from_db()
    return profile
