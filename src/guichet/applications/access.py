"""Who may do what on an application, in its state. Strangers are told nothing: pages answer 404."""

from typing import Any

from guichet.applications.models import Application


def can_start(user: Any, organization: Any) -> bool:
    """Editors and signatories of the organization."""
    raise NotImplementedError


def can_read(user: Any, application: Application) -> bool:
    """Members of the organization; officers, once it is submitted."""
    raise NotImplementedError


def can_edit(user: Any, application: Application) -> bool:
    """Editors and signatories, while it is a draft."""
    raise NotImplementedError


def can_submit(user: Any, application: Application) -> bool:
    """A person with signing authority, while it is a draft."""
    raise NotImplementedError
