"""The tables: an organization, its members, invitations to join it, and its profiles for each program."""

from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from guichet.kernel.identifiers import new_id
from guichet.organizations.states import InvitationState, ProfileState

BUSINESS_NUMBER = RegexValidator(r"^[0-9]{9}$")


class Role(models.TextChoices):
    """What a member may do (``accounts/permissions.py``); only a signatory may bind the organization."""

    SIGNATORY = "signatory", _("Legal signatory")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


class Organization(models.Model):
    """One organization per business number; it has none until its profile is sent for the first time."""

    public_id = models.CharField(max_length=22, unique=True, default=new_id, editable=False)
    business_number = models.CharField(max_length=9, null=True, unique=True, validators=[BUSINESS_NUMBER])
    legal_name = models.CharField(max_length=250, blank=True, default="")
    operating_name = models.CharField(max_length=250, blank=True, default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("legal_name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(business_number=None) | Q(business_number__regex=r"^[0-9]{9}$"),
                name="organization_business_number_nine_digits",
            ),
        )

    def __str__(self) -> str:
        return self.legal_name or self.public_id


class Membership(models.Model):
    """A person acts for an organization, in one role, from ``since`` on, until ``until`` when it has ended."""

    public_id = models.CharField(max_length=22, unique=True, default=new_id, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    is_primary = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-is_primary", "since", "id")
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(is_primary=False) | Q(role=Role.SIGNATORY), name="membership_primary_is_signatory"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="membership_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=("organization",), condition=Q(is_primary=True, until=None), name="one_primary_contact"
            ),
            # A person acts for one organization at a time; leaving one frees them to join another.
            models.UniqueConstraint(fields=("user",), condition=Q(until=None), name="one_membership_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.organization_id}"


class Invitation(models.Model):
    """A letter that lets one person join once. Only the digest of its token is kept."""

    public_id = models.CharField(max_length=22, unique=True, default=new_id, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=16, choices=Role.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16, choices=InvitationState.choices, default=InvitationState.OPEN)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-invited_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(condition=Q(state__in=InvitationState.values), name="invitation_state_known"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_in_lower_case"),
            models.CheckConstraint(
                condition=Q(state=InvitationState.ACCEPTED, accepted_at__isnull=False, accepted_by__isnull=False)
                | (~Q(state=InvitationState.ACCEPTED) & Q(accepted_at=None, accepted_by=None)),
                name="invitation_state_fits_fields",
            ),
            models.UniqueConstraint(
                fields=("organization", "email"),
                condition=Q(state=InvitationState.OPEN),
                name="one_open_invitation_per_address",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} to {self.organization_id}"

    def is_open(self, at: datetime) -> bool:
        """Can still be accepted at that moment."""
        return self.state == InvitationState.OPEN and at < self.expires_at


class Profile(models.Model):
    """An organization's *My profile* or *Account profile* for a program; its answers are in its sheet.

    ``snapshot`` holds the visible answers of the last time it was sent (``updated_at`` by ``updated_by``).
    """

    class Kind(models.TextChoices):
        PROFILE = "profile", _("My profile")
        ACCOUNT_PROFILE = "account_profile", _("Account profile")

    public_id = models.CharField(max_length=22, unique=True, default=new_id, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="profiles")
    program_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    sheet = models.OneToOneField("answers.Sheet", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=ProfileState.choices, default=ProfileState.DRAFT)
    snapshot = models.JSONField(null=True)
    updated_at = models.DateTimeField(null=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("organization", "program_key", "kind")
        constraints = (
            models.UniqueConstraint(fields=("organization", "program_key", "kind"), name="one_profile_of_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=["profile", "account_profile"]), name="profile_kind_known"),
            models.CheckConstraint(
                condition=Q(state=ProfileState.DRAFT, snapshot__isnull=True, updated_at=None, updated_by=None)
                | Q(
                    state=ProfileState.SENT,
                    snapshot__isnull=False,
                    updated_at__isnull=False,
                    updated_by__isnull=False,
                ),
                name="profile_state_fits_fields",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.organization_id} for {self.program_key}"
