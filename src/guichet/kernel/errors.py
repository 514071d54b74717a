"""Refusals: a rule said no. A code, a field and parameters; ``web`` makes the sentence, in the reader's language."""


class Refusal(Exception):
    """The act was not done. ``code`` names the reason; ``field`` the answer it concerns; ``params`` the figures.

    Subclass it in a room's ``errors.py`` and set ``code``. What concerns permission is Django's ``PermissionDenied``.
    """

    code: str = ""

    def __init__(self, *, field: str | None = None, **params: object) -> None:
        super().__init__(self.code)
        self.field = field
        self.params = params

    def __str__(self) -> str:
        figures = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({figures})" if figures else self.code
