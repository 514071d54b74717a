"""Who may do what in an organization: the whole matrix, written out."""

import pytest

from guichet.organizations import access, queries
from tests import people

pytestmark = pytest.mark.django_db

ACTS = (
    access.can_read,
    access.can_edit_profile,
    access.can_update_profile,
    access.can_transmit,
    access.can_manage_members,
)
#                     read  edit   update transmit manage
MATRIX = {
    "primary": (True, True, True, True, True),
    "signatory": (True, True, True, False, True),
    "editor": (True, True, True, False, False),
    "reader": (True, False, False, False, False),
    "former": (False,) * 5,
    "stranger": (False,) * 5,
    "closed": (False,) * 5,
    "officer": (False,) * 5,
    "administrator": (False,) * 5,
}


def somebody(who, firm):
    if who == "primary":
        return firm.signatory
    if who in ("signatory", "editor", "reader"):
        return firm.colleague(who)
    if who == "closed":
        user = firm.colleague("signatory")
        user.is_active = False
        user.save()
        return user
    return {
        "former": firm.former,
        "stranger": people.stranger,
        "officer": people.officer,
        "administrator": lambda: people.person(staff_role="administrator"),
    }[who]()


@pytest.mark.parametrize("who", MATRIX)
def test_the_matrix(who):
    firm = people.firm("founded")
    user = somebody(who, firm)
    assert tuple(act(user, firm.organization) for act in ACTS) == MATRIX[who]


def test_signatories_end_memberships_and_members_their_own():
    firm = people.firm("founded")
    reader, editor = firm.colleague("reader"), firm.colleague("editor")
    member = queries.membership(reader, firm.organization)
    assert access.can_end(reader, member)
    assert access.can_end(firm.signatory, member)
    assert not access.can_end(editor, member)
    assert not access.can_end(people.stranger(), member)
