"""The one table of permissions, written out a second time: a change to it must be meant."""

import pytest

from guichet.accounts.permissions import KNOWN, PERMISSIONS, has

READER = {"organization.read", "account_profile.read", "application.read"}
EDITOR = READER | {"profile.edit", "profile.update", "application.edit"}
TABLE = {
    "reader": READER,
    "editor": EDITOR,
    "signatory": EDITOR | {"account_profile.transmit", "members.manage", "application.submit"},
    "officer": {"case.read_any", "case.conclude", "application.read_any", "intakes.manage"},
    "administrator": {"programs.manage"},
}


@pytest.mark.parametrize("role", ["", *TABLE])
def test_each_role_has_exactly_its_permissions(role):
    assert {permission for permission in KNOWN if has(role, permission)} == TABLE.get(role, set())


def test_the_table_has_no_other_role():
    assert set(PERMISSIONS) == set(TABLE)


@pytest.mark.parametrize(("role", "permission"), [("editor", "profile.edlt"), ("edltor", "profile.edit"), ("", "x")])
def test_a_misspelt_name_raises_rather_than_reads_as_no(role, permission):
    with pytest.raises(LookupError):
        has(role, permission)
