"""The states of an application, and the table of legal moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Stored keys; the words are the applicant's."""

    DRAFT = "draft", _("Draft, not submitted yet")
    SUBMITTED = "submitted", _("Submitted")


# (state, verb): next state. Whatever is not listed is refused.
MOVES: dict[tuple[str, str], str] = {
    (State.DRAFT, "submit"): State.SUBMITTED,
}
