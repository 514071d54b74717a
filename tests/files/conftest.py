"""The fixtures that this room's tests share with the others below the journey."""

from tests.kernel.conftest import committed, person

__all__ = ["committed", "person"]
