"""The states of a profile and of an invitation, and the legal moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProfileState(TextChoices):
    """Whether a profile has ever been sent; whether it was changed since is computed from its snapshot."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")


class InvitationState(TextChoices):
    """An open invitation past its date is expired: computed, never stored."""

    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Withdrawn")


PROFILE_MOVES = {
    ("draft", "send"): "sent",
    ("sent", "send"): "sent",
}

INVITATION_MOVES = {
    ("open", "accept"): "accepted",
    ("open", "revoke"): "revoked",
}
