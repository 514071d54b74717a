"""The states of an application, and the table of legal moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Stored keys, with the words that applicants see."""

    DRAFT = "draft", _("Not submitted yet")
    SUBMITTED = "submitted", _("Submitted")
    DELETED = "deleted", _("Deleted, can be recovered")
    CLOSED = "closed", _("Deleted for good")


# The words that officers see. They never see a draft: it is the applicant's own.
OFFICER_WORDS = {
    State.SUBMITTED: _("Received"),
}

# (state, verb): next state. Whatever is not listed is refused.
MOVES: dict[tuple[str, str], str] = {
    (State.DRAFT, "submit"): State.SUBMITTED,
    (State.DRAFT, "delete"): State.DELETED,
    (State.DELETED, "recover"): State.DRAFT,
    (State.DELETED, "close"): State.CLOSED,
}
