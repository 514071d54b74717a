"""Trying an act that may be refused, where the page goes on either way."""

from collections.abc import Callable
from typing import Any

from guichet.kernel.errors import Refusal


def refusal_of(act: Callable[..., Any], **names: Any) -> Refusal | None:
    """Do it; the refusal, or None when it is done. Everything else that is raised passes."""
    try:
        act(**names)
    except Refusal as refusal:
        return refusal
    return None
