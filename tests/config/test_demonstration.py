"""The demonstration's data: what each account shows, made through the real actions, once."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from guichet.accounts.models import User
from guichet.applications.queries import readiness
from guichet.audit.models import Event
from guichet.config import cast, demonstration, prepare, up
from guichet.eligibility.queries import has_met
from guichet.organizations import queries
from guichet.programs.queries import programs

PASSWORD = "a password for everybody"

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    prepare.publish_all(settings.PROGRAMS, demonstration.offers)
    demonstration.load(PASSWORD, settings.PROGRAMS)
    return {account: User.objects.get(email=account.email) for account in cast.ACCOUNTS}


def test_everybody_has_the_one_password_and_a_verified_address(people):
    for user in people.values():
        assert user.check_password(PASSWORD)
        assert user.emailaddress_set.get().verified


def test_the_signatory_is_a_returning_client_with_nothing_in_the_way(people):
    signatory, (edition,) = people[cast.SIGNATORY], programs()
    organization = queries.organization_of(signatory)
    assert has_met(organization, edition.program_key)
    assert queries.primary_contact(organization) == signatory
    assert {step.state for step in readiness(organization, edition, signatory)} == {"done"}


def test_the_others_are_what_they_are_said_to_be(people):
    (edition,) = programs()
    organization = queries.organization_of(people[cast.SIGNATORY])
    assert queries.membership(people[cast.COLLEAGUE], organization).role == "editor"
    assert queries.organization_of(people[cast.NEWCOMER]) is None
    elsewhere = queries.organization_of(people[cast.STRANGER])
    assert elsewhere != organization
    assert not has_met(elsewhere, edition.program_key)
    assert people[cast.OFFICER].staff_role == "officer"
    assert people[cast.ADMINISTRATOR].staff_role == "administrator"


def test_loading_again_changes_nothing_but_the_password(people):
    before = Event.objects.count()
    demonstration.load("another password", settings.PROGRAMS)
    assert Event.objects.count() == before
    assert User.objects.get(email=cast.NEWCOMER.email).check_password("another password")


def test_the_letters_page_is_where_up_says():
    with translation.override("en"):
        assert reverse("public:demo_letters") == up.LETTERS_PAGE
