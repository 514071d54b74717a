"""Why something about a person's own account is refused (sentences in ``web/sentences.py``)."""

from guichet.kernel.errors import Refusal


class NameMissing(Refusal):
    """The person's name is blank."""

    code = "name_missing"


class TooLong(Refusal):
    """A text is longer than the place for it; ``limit`` says how many characters fit."""

    code = "too_long"


class LanguageUnknown(Refusal):
    """The language of correspondence is neither English nor French."""

    code = "language_unknown"


class PhoneUnreadable(Refusal):
    """The phone number cannot be read as one."""

    code = "phone_unreadable"
