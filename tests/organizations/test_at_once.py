"""Two browsers, the same moment: one organization, one holder of a number, one member."""

import pytest
from django.core.exceptions import PermissionDenied

from guichet.eligibility.models import Case
from guichet.mail.models import Letter
from guichet.organizations import actions, queries
from guichet.organizations.errors import ActsForAnother, BusinessNumberTaken, InvitationUnknown
from guichet.organizations.models import Membership, Organization, Profile
from tests import people
from tests.kernel.together import together
from tests.organizations.test_members import invite

pytestmark = pytest.mark.usefixtures("committed")


def test_founding_twice_at_once_makes_one_organization():
    for _ in range(5):
        user = people.person()
        first, second = together(*[lambda user=user: actions.found_organization(actor=user)] * 2)
        assert first == second
        assert Organization.objects.filter(created_by=user).count() == 1


def test_a_profile_first_saved_twice_at_once_is_one():
    for _ in range(5):
        firm = people.firm("founded")
        firm.edition  # noqa: B018 -- published before the threads begin
        together(lambda firm=firm: firm.answer(city="Lévis"), lambda firm=firm: firm.answer(street="1, rue A"))
        assert Profile.objects.filter(organization=firm.organization).count() == 1


def test_one_of_two_organizations_gets_the_number():
    for _ in range(5):
        number = people.business_number()
        firms = [people.firm("filled", business_number=number) for _ in range(2)]
        outcomes = together(*[firm.update for firm in firms])
        assert [type(outcome) for outcome in outcomes].count(BusinessNumberTaken) == 1
        assert Organization.objects.filter(business_number=number).count() == 1


def test_no_organization_that_was_sent_is_left_without_anybody():
    for _ in range(5):
        own, invited_by = people.firm("filled"), people.firm("founded")
        own.edition  # noqa: B018 -- published before the threads begin
        _, _, token = invite(invited_by, own.signatory.email)
        outcomes = together(
            lambda own=own, t=token: actions.accept_invitation(actor=own.signatory, token=t),
            own.update,
        )
        assert {type(outcome) for outcome in outcomes} in ({ActsForAnother, Case}, {Membership, PermissionDenied})
        organization = Organization.objects.get(pk=own.organization.pk)
        assert (organization.business_number is not None) == bool(queries.members(organization))


def test_an_invitation_accepted_twice_at_once_makes_one_member():
    for _ in range(5):
        firm = people.firm("founded")
        person = people.person()
        _, _, token = invite(firm, person.email)
        outcomes = together(*[lambda who=person, t=token: actions.accept_invitation(actor=who, token=t)] * 2)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == [InvitationUnknown.__name__, "Membership"]
        assert Membership.objects.filter(user=person).count() == 1
        assert Letter.objects.filter(name="invitation_accepted", recipient=firm.signatory).count() == 1
        assert queries.organization_of(person) == firm.organization
