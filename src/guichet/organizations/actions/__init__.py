"""What happens in an organization: it is founded, its profiles are filled in and sent, people join and leave."""

from guichet.organizations.actions.members import (
    accept_invitation,
    change_role,
    invite,
    remove_member,
    revoke_invitation,
)
from guichet.organizations.actions.profiles import (
    attach_to_profile,
    found_organization,
    remove_from_profile,
    save_account_profile,
    save_profile,
    transmit_account_profile,
    update_profile,
)

__all__ = [
    "accept_invitation",
    "attach_to_profile",
    "change_role",
    "found_organization",
    "invite",
    "remove_from_profile",
    "remove_member",
    "revoke_invitation",
    "save_account_profile",
    "save_profile",
    "transmit_account_profile",
    "update_profile",
]
