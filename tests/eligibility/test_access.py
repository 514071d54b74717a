"""Who may do what with an examination: the whole matrix, written out."""

import pytest
from django.core.exceptions import PermissionDenied

from guichet.eligibility import access, actions
from tests import people

pytestmark = pytest.mark.django_db

#                     queue  examine conclude read
MATRIX = {
    "officer": (True, True, True, True),
    "officer of the firm": (True, True, False, True),
    "closed officer": (False, False, False, False),
    "administrator": (False, False, False, False),
    "primary": (False, False, False, True),
    "editor": (False, False, False, True),
    "reader": (False, False, False, True),
    "former": (False, False, False, False),
    "stranger": (False, False, False, False),
}


def somebody(who, firm):
    match who:
        case "officer":
            return people.officer()
        case "administrator":
            return people.person(staff_role="administrator")
        case "primary":
            return firm.signatory
        case "former":
            return firm.former()
        case "stranger":
            return people.stranger()
        case "closed officer":
            user = people.officer()
            user.is_active = False
        case "officer of the firm":
            user = firm.colleague("reader")
            user.staff_role = "officer"
        case role:
            return firm.colleague(role)
    user.save()
    return user


@pytest.mark.parametrize("who", MATRIX)
def test_the_matrix(who):
    firm = people.firm("sent")
    user = somebody(who, firm)
    seen = (
        access.can_see_queue(user),
        access.can_examine(user, firm.case),
        access.can_conclude(user, firm.case),
        access.can_read(user, firm.case),
    )
    assert seen == MATRIX[who]
    if not seen[2]:
        with pytest.raises(PermissionDenied):
            actions.conclude(actor=user, case=firm.case)
        with pytest.raises(PermissionDenied):
            actions.override(actor=user, case=firm.case, criterion="revenue", outcome="met", reason="Because.")
        firm.case.refresh_from_db()
        assert firm.case.state == "open"
