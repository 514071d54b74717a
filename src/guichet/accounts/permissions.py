"""The one table: which role may do what. ``access.py`` of each room asks it; unknown names raise.

Permission (may press the button) is here. Authority (may bind the organization) is the role ``signatory``, which a
membership carries, and the primary signatory, which the organization has at most one of.
"""

READ_ORGANIZATION = "organization.read"
EDIT_PROFILE = "profile.edit"
UPDATE_PROFILE = "profile.update"
READ_ACCOUNT_PROFILE = "account_profile.read"
TRANSMIT_ACCOUNT_PROFILE = "account_profile.transmit"
MANAGE_MEMBERS = "members.manage"
READ_APPLICATION = "application.read"
EDIT_APPLICATION = "application.edit"
SUBMIT_APPLICATION = "application.submit"
READ_ANY_CASE = "case.read_any"
CONCLUDE_CASE = "case.conclude"
READ_ANY_APPLICATION = "application.read_any"
MANAGE_INTAKES = "intakes.manage"
MANAGE_PROGRAMS = "programs.manage"

_READER = frozenset({READ_ORGANIZATION, READ_ACCOUNT_PROFILE, READ_APPLICATION})
_EDITOR = _READER | {EDIT_PROFILE, UPDATE_PROFILE, EDIT_APPLICATION}
_SIGNATORY = _EDITOR | {TRANSMIT_ACCOUNT_PROFILE, MANAGE_MEMBERS, SUBMIT_APPLICATION}
_OFFICER = frozenset({READ_ANY_CASE, CONCLUDE_CASE, READ_ANY_APPLICATION, MANAGE_INTAKES})

PERMISSIONS: dict[str, frozenset[str]] = {
    "reader": _READER,
    "editor": _EDITOR,
    "signatory": _SIGNATORY,
    "officer": _OFFICER,
    "administrator": frozenset({MANAGE_PROGRAMS}),
}
KNOWN = frozenset().union(*PERMISSIONS.values())


def has(role: str, permission: str) -> bool:
    """Does ``role`` carry ``permission``? The empty role (nobody in particular) carries none.

    Raises LookupError for a role or a permission that is not in the table: a misspelt name must not read as "no".
    """
    if permission not in KNOWN:
        raise LookupError(f"unknown permission {permission!r}")
    if role and role not in PERMISSIONS:
        raise LookupError(f"unknown role {role!r}")
    return bool(role) and permission in PERMISSIONS[role]


def roles_with(permission: str) -> list[str]:
    """The roles that carry ``permission``, for a statement that asks the database. Raises LookupError as ``has``."""
    return [role for role in PERMISSIONS if has(role, permission)]
