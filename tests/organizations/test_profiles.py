"""Founding an organization, filling in its profiles, sending them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guichet.answers.actions import Change
from guichet.answers.queries import values
from guichet.audit.queries import events_for_organization
from guichet.mail.models import Letter
from guichet.organizations import actions, queries
from guichet.organizations.actions import profiles
from guichet.organizations.errors import BusinessNumberTaken, NotSignatory, ProfileIncomplete
from guichet.organizations.models import Organization, Profile
from guichet.organizations.queries import Change as Difference
from tests import people

pytestmark = pytest.mark.django_db


def save(firm, actor, kind="profile", **changed):
    act = actions.save_profile if kind == "profile" else actions.save_account_profile
    changes = [Change(path, value) for path, value in changed.items()]
    return act(actor=actor, organization=firm.organization, edition=firm.edition, changes=changes)


def update(firm, actor=None):
    return actions.update_profile(actor=actor or firm.signatory, organization=firm.organization, edition=firm.edition)


def transmit(firm, actor=None):
    return actions.transmit_account_profile(
        actor=actor or firm.signatory, organization=firm.organization, edition=firm.edition
    )


def letters(firm):
    return Letter.objects.filter(organization_id=firm.organization.public_id)


def events(firm):
    return [event.event for event in events_for_organization(firm.organization.public_id)]


# Founding ---------------------------------------------------------------------------------------------------------
def test_who_founds_an_organization_is_its_primary_signatory():
    user = people.person()
    organization = actions.found_organization(actor=user)
    member = queries.membership(user, organization)
    assert (member.role, member.is_primary, member.until) == ("signatory", True, None)
    assert queries.primary_contact(organization) == user
    assert queries.organization_of(user) == organization
    assert organization.business_number is None
    assert [event.event for event in events_for_organization(organization.public_id)] == ["organization_founded"]


def test_founding_twice_gives_the_same_organization():
    user = people.person()
    assert actions.found_organization(actor=user) == actions.found_organization(actor=user)
    assert Organization.objects.filter(created_by=user).count() == 1


def test_a_member_founds_nothing_they_already_act_for_one():
    firm = people.firm("founded")
    assert actions.found_organization(actor=firm.colleague("reader")) == firm.organization


# Saving -----------------------------------------------------------------------------------------------------------
def test_a_save_keeps_incomplete_and_unreadable_answers():
    firm = people.firm("founded")
    saved = save(firm, firm.signatory, legal_name="Acme", employees={"unreadable": "about ten"})
    assert saved.versions == {"legal_name": 1, "employees": 1}
    profile = queries.profile(firm.organization, people.PROGRAM, "profile")
    assert values(profile.sheet) == {"legal_name": "Acme", "employees": {"unreadable": "about ten"}}
    assert (profile.state, profile.snapshot, profile.updated_at) == ("draft", None, None)


def test_editors_save_readers_and_strangers_do_not():
    firm = people.firm("founded")
    assert save(firm, firm.colleague("editor"), legal_name="Acme").versions == {"legal_name": 1}
    for other in (firm.colleague("reader"), firm.former(), people.stranger(), people.officer()):
        with pytest.raises(PermissionDenied):
            save(firm, other, legal_name="Mine")
    profile = queries.profile(firm.organization, people.PROGRAM, "profile")
    assert values(profile.sheet) == {"legal_name": "Acme"}


@pytest.mark.parametrize("act", ["save", "update"])
def test_who_is_removed_while_an_act_waits_for_the_lock_is_refused(monkeypatch, act):
    firm = people.firm("filled")
    editor = firm.colleague("editor")
    lock = profiles._profile if act == "save" else profiles._lock

    def lock_after_the_removal(*given):
        monkeypatch.undo()
        actions.remove_member(actor=firm.signatory, member=editor.memberships.get())
        return lock(*given)

    monkeypatch.setattr(profiles, "_profile" if act == "save" else "_lock", lock_after_the_removal)
    with pytest.raises(PermissionDenied):
        save(firm, editor, legal_name="Too late") if act == "save" else update(firm, editor)
    profile = queries.profile(firm.organization, people.PROGRAM, "profile")
    assert values(profile.sheet)["legal_name"] != "Too late"
    assert profile.snapshot is None


# Update -----------------------------------------------------------------------------------------------------------
def test_an_update_keeps_the_names_the_number_and_a_snapshot():
    number = people.business_number()
    firm = people.firm("filled", business_number=f"{number}RC0001")
    profile = update(firm)
    firm.organization.refresh_from_db()
    kept = firm.organization
    assert (kept.business_number, kept.legal_name) == (number, "Érablière du Lac inc.")
    assert kept.operating_name == "Les Érables d’Éloïse"
    assert (profile.state, profile.updated_by) == ("sent", firm.signatory)
    assert profile.snapshot == people.profile_answers(business_number=f"{number}RC0001")
    assert events(firm) == ["organization_founded", "profile_updated"]


def test_an_incomplete_profile_is_not_sent():
    firm = people.firm("filled", employees=None, revenue={"unreadable": "lots"})
    with pytest.raises(ProfileIncomplete) as refused:
        update(firm)
    assert {problem.path for problem in refused.value.params["problems"]} == {"employees", "revenue"}
    firm.organization.refresh_from_db()
    assert firm.organization.business_number is None
    assert queries.profile(firm.organization, people.PROGRAM, "profile").state == "draft"
    assert events(firm) == ["organization_founded"]


def test_a_business_number_with_a_wrong_check_digit_is_not_sent():
    firm = people.firm("filled", business_number="123456789")
    with pytest.raises(ProfileIncomplete) as refused:
        update(firm)
    assert [problem.path for problem in refused.value.params["problems"]] == ["business_number"]


def test_a_business_number_that_has_an_account_is_refused_and_reveals_nothing():
    number = people.business_number()
    people.firm("sent", business_number=number)
    second = people.firm("filled", business_number=f"{number}RC0002", legal_name="Second")
    with pytest.raises(BusinessNumberTaken) as refused:
        update(second)
    assert (refused.value.field, refused.value.params) == ("business_number", {})
    second.organization = Organization.objects.get(pk=second.organization.pk)
    assert (second.organization.business_number, second.organization.legal_name) == (None, "")
    assert queries.profile(second.organization, people.PROGRAM, "profile").state == "draft"


def test_an_organization_may_send_its_own_number_again():
    firm = people.firm("sent")
    number = firm.organization.business_number
    update(firm)
    firm.organization.refresh_from_db()
    assert firm.organization.business_number == number


def test_editors_update_readers_and_strangers_do_not():
    firm = people.firm("filled")
    update(firm, firm.colleague("editor"))
    for other in (firm.colleague("reader"), firm.former(), people.stranger(), people.officer()):
        with pytest.raises(PermissionDenied):
            update(firm, other)


# What has changed since ---------------------------------------------------------------------------------------------
def profile_of(firm, kind="profile"):
    return queries.profile(firm.organization, people.PROGRAM, kind)


def test_a_profile_never_sent_has_no_changes_since():
    assert queries.changes_since_last(profile_of(people.firm("filled"))) == []


def test_changes_since_the_last_update_are_the_answers_that_differ():
    firm = people.firm("sent")
    assert queries.changes_since_last(profile_of(firm)) == []
    firm.answer(employees="14", operating_name=None, city="Lévis")
    assert queries.changes_since_last(profile_of(firm)) == [
        Difference("employees", "12.5", "14"),
        Difference("city", "Québec", "Lévis"),
        Difference("operating_name", "Les Érables d’Éloïse", None),
    ]
    firm.update()
    assert queries.changes_since_last(profile_of(firm)) == []


# Account profile ----------------------------------------------------------------------------------------------------
def test_the_primary_signatory_saves_and_transmits_the_account_profile():
    firm = people.firm("sent", language="fr")
    firm.answer("account_profile", **people.account_profile_answers())
    profile = transmit(firm)
    assert (profile.kind, profile.state, profile.updated_by) == ("account_profile", "sent", firm.signatory)
    assert profile.snapshot == people.account_profile_answers()
    assert events(firm)[-1] == "account_profile_transmitted"
    letter = letters(firm).get(name="account_profile_received")
    assert (letter.recipient, letter.language) == (firm.signatory, "fr")
    assert letter.subject == "Profil du compte reçu\u00a0: Érablière du Lac inc."
    assert "CanExport > Nouvelle application > PME" in letter.text


def test_an_incomplete_account_profile_is_not_transmitted():
    firm = people.firm("sent")
    firm.answer("account_profile", **people.account_profile_answers(total_sales=None))
    with pytest.raises(ProfileIncomplete) as refused:
        transmit(firm)
    assert "total_sales" in {problem.path for problem in refused.value.params["problems"]}
    assert not letters(firm).filter(name="account_profile_received").exists()


@pytest.mark.parametrize("role", ["signatory", "editor", "reader"])
def test_colleagues_are_told_whom_to_ask(role):
    firm = people.firm("sent")
    colleague = firm.colleague(role)
    for act in (lambda: save(firm, colleague, "account_profile", total_sales="1"), lambda: transmit(firm, colleague)):
        with pytest.raises(NotSignatory) as refused:
            act()
        assert refused.value.params == {"name": "Éloïse Tremblay"}
    assert profile_of(firm, "account_profile") is None


def test_strangers_are_told_nothing():
    firm = people.firm("sent")
    for other in (firm.former(), people.stranger(), people.officer()):
        for act in (
            lambda o=other: save(firm, o, "account_profile", total_sales="1"),
            lambda o=other: transmit(firm, o),
        ):
            with pytest.raises(PermissionDenied):
                act()


# The database -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", ["12345678", "123456789RC", "abcdefghi"])
def test_the_database_refuses_what_is_no_business_number(number):
    firm = people.firm("founded")
    with pytest.raises((IntegrityError, Exception)), transaction.atomic():
        Organization.objects.filter(pk=firm.organization.pk).update(business_number=number)


def test_the_database_ties_state_to_snapshot():
    firm = people.firm("filled")
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(pk=profile_of(firm).pk).update(state="sent")
