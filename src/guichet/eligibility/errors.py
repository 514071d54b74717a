"""Why something is refused in an examination (sentences in ``web/sentences.py``)."""

from guichet.kernel.errors import Refusal


class CaseClosed(Refusal):
    """The examination was concluded, or replaced by a newer profile, meanwhile; ``state`` says which."""

    code = "case_closed"


class CriteriaFirst(Refusal):
    """The account profile comes after the criteria are met."""

    code = "criteria_first"


class CriterionUnknown(Refusal):
    """The case has no finding with this key."""

    code = "criterion_unknown"


class OutcomeUnknown(Refusal):
    """An override is "met", "not_met", or "" to take it back."""

    code = "outcome_unknown"


class ReasonMissing(Refusal):
    """An override needs a reason."""

    code = "reason_missing"


class LetterChanged(Refusal):
    """The letter is not the one that the officer read: a criterion was decided otherwise meanwhile."""

    code = "letter_changed"


class Undecided(Refusal):
    """A criterion could not be computed and nobody decided it; ``criteria`` is the tuple of their keys."""

    code = "undecided"
