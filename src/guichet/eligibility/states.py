"""The states of an examination and the legal moves between them; the outcomes of one criterion."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The words officers see."""

    OPEN = "open", _("To examine")
    MET = "met", _("Criteria met")
    NOT_MET = "not_met", _("Criteria not met")
    SUPERSEDED = "superseded", _("Replaced by a newer profile")


class Outcome(TextChoices):
    """What the rules say of one criterion; an officer's override is MET or NOT_MET."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    UNKNOWN = "unknown", _("Cannot be computed")


MOVES = {
    ("open", "find_met"): "met",
    ("open", "find_not_met"): "not_met",
    ("open", "supersede"): "superseded",
}
