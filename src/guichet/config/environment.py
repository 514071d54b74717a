"""Typed readers of environment variables. Each error says which variable to set, and to what."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class SettingError(SystemExit):
    """A setting is missing or unusable; the message is one sentence for the operator."""

    def __init__(self, message: str) -> None:
        super().__init__(f"guichet: {message}")


def text(name: str, default: str | None = None, *, hint: str = "") -> str:
    """The value of ``name``; ``default`` when it is unset or empty.

    Raises SettingError when there is neither, with ``hint`` as the advice.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise SettingError(f"{name} is not set. {hint}".strip())
    return default


def secret(name: str, default: str | None = None, *, hint: str = "") -> str:
    """Like ``text``, and reads ``<name>_FILE`` when ``name`` itself is unset."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not os.environ.get(name, "").strip() and path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error
        if not value:
            raise SettingError(f"{name}_FILE names {path}, which is empty.")
        return value
    return text(name, default, hint=hint)


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of ``allowed``."""
    value = text(name, default)
    if value not in allowed:
        raise SettingError(f"{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    return value


def _converted(name: str, default: str, convert: Callable[[str], T], expected: str) -> T:
    value = text(name, default)
    try:
        return convert(value)
    except ValueError as error:
        raise SettingError(f"{name} is {value!r}; it must be {expected}.") from error


def integer(name: str, default: int) -> int:
    """A whole number."""
    return _converted(name, str(default), int, "a whole number")


def switch(name: str, *, default: bool) -> bool:
    """Exactly ``true`` or ``false``: a misspelt switch must not be read as off."""
    return choice(name, ("true", "false"), "true" if default else "false") == "true"


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute path."""
    return Path(text(name, str(default))).expanduser().resolve()
