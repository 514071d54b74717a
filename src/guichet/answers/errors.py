"""Why a save is refused as a whole. A conflict is no refusal: it is part of the result."""

from guichet.kernel.errors import Refusal


class BadPath(Refusal):
    """A path that cannot address an answer: a forged request. Params: path."""

    code = "bad_path"


class AnswerTooLong(Refusal):
    """One value is larger than an answer may be. Field: its path. Params: limit (characters)."""

    code = "answer_too_long"


class SheetFrozen(Refusal):
    """The sheet was submitted; its answers do not change any more."""

    code = "sheet_frozen"
