"""Things that happen to programs: an edition is published, and from then on never changes."""

from pathlib import Path
from typing import Any

from guichet.programs.models import Edition


def publish(*, actor: Any, folder: Path) -> Edition:
    """Publish the edition in ``folder``; ``actor`` is a user, or None for the command line.

    1. The package has no fault.
    2. The same content published before: nothing happens. Other content under the same key: refused.
    3. Keep the program's names and mailboxes as they are now, and the edition for good.

    Raises PackageFaults, EditionFrozen (``differences``: the places that changed).
    """
    raise NotImplementedError
