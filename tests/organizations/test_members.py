"""Invitations, roles, leaving."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from guichet.audit.queries import events_for_organization
from guichet.kernel.clock import now
from guichet.mail.models import Letter
from guichet.organizations import access, actions, queries
from guichet.organizations.errors import (
    ActsForAnother,
    AlreadyMember,
    EmailUnreadable,
    InvitationExpired,
    InvitationForSomebodyElse,
    InvitationUnknown,
    MembershipEnded,
    PrimaryContactStays,
    RoleUnknown,
    TooManyInvitations,
)
from guichet.organizations.models import Invitation, Membership
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    made = people.firm("founded")
    made.organization.legal_name = "Érablière du Lac inc."
    made.organization.save()
    return made


def invite(firm, email, *, actor=None, role="editor", language="en"):
    """The invitation and the token of its letter."""
    invitation = actions.invite(
        actor=actor or firm.signatory, organization=firm.organization, email=email, role=role, language=language
    )
    letter = letters(firm, name="invitation").latest("id")
    token = re.search(r"/([\w-]{43})/", letter.text)[1]
    return invitation, letter, token


def reverse_in(language, token):
    with translation.override(language):
        return reverse("applicant:invitation_accept", args=[token])


def letters(firm, **where):
    return Letter.objects.filter(organization_id=firm.organization.public_id, **where)


def letter(firm, name):
    return letters(firm, name=name).get()


def last_event(firm):
    event = events_for_organization(firm.organization.public_id)[-1]
    return event.event, event.data


# Inviting -----------------------------------------------------------------------------------------------------------
def test_an_invitation_goes_to_the_address_in_the_language_chosen(firm):
    invitation, letter, token = invite(firm, " New@Example.com ", language="fr")
    assert (invitation.email, invitation.role, invitation.state) == ("new@example.com", "editor", "open")
    assert invitation.expires_at - invitation.invited_at == timedelta(days=14)
    assert (letter.recipient_email, letter.language, letter.in_portal) == ("new@example.com", "fr", False)
    assert letter.subject == "Éloïse Tremblay vous invite à vous joindre à Érablière du Lac inc."
    assert f"http://testserver{reverse_in('fr', token)}" in letter.text
    assert last_event(firm) == ("invitation_sent", {"invitation": invitation.public_id, "role": "editor"})


def test_somebody_with_an_account_is_written_to_in_their_own_language(firm):
    person = people.person(language="fr")
    _, letter, _ = invite(firm, person.email, language="en")
    assert (letter.recipient, letter.language) == (person, "fr")


def test_only_a_digest_of_the_token_is_kept(firm):
    invitation, _, token = invite(firm, "new@example.com")
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert queries.invitation_by_token(token) == invitation
    assert queries.invitation_by_token(invitation.token_digest) is None
    assert queries.invitation_by_token("\ud800 forged") is None


def test_inviting_again_replaces_the_open_invitation(firm):
    first, _, old = invite(firm, "new@example.com")
    second, _, _ = invite(firm, "NEW@example.com", role="reader")
    assert queries.open_invitations(firm.organization) == [second]
    with pytest.raises(InvitationUnknown):
        actions.accept_invitation(actor=people.person(email="new@example.com"), token=old)
    first.refresh_from_db()
    assert first.state == "revoked"


@pytest.mark.parametrize(
    ("wrong", "refusal", "field"),
    [
        ({"email": "nobody"}, EmailUnreadable, "email"),
        ({"email": "a@b.ca\nBcc: everybody@example.com"}, EmailUnreadable, "email"),
        ({"email": ""}, EmailUnreadable, "email"),
        ({"role": "king"}, RoleUnknown, "role"),
    ],
)
def test_what_cannot_be_invited_is_refused(firm, wrong, refusal, field):
    with pytest.raises(refusal) as refused:
        invite(firm, **{"email": "new@example.com"} | wrong)
    assert refused.value.field == field
    assert not letters(firm).exists()


def test_a_member_is_not_invited_again(firm):
    colleague = firm.colleague()
    with pytest.raises(AlreadyMember):
        invite(firm, colleague.email.upper())


def test_invitations_do_not_go_to_the_whole_world(firm, monkeypatch):
    monkeypatch.setattr("guichet.organizations.actions.members.INVITATIONS_A_DAY", 3)
    for _ in range(3):
        invite(firm, "one@example.com")  # the same address again, too
    with pytest.raises(TooManyInvitations):
        invite(firm, "another@example.com")
    assert [found.email for found in queries.open_invitations(firm.organization)] == ["one@example.com"]
    Invitation.objects.filter(organization=firm.organization).update(invited_at=now() - timedelta(days=1))
    invite(firm, "another@example.com")


def test_only_signatories_manage_members(firm):
    invitation, _, _ = invite(firm, "one@example.com", actor=firm.colleague("signatory"))
    member = queries.membership(firm.colleague("reader"), firm.organization)
    for other in (
        firm.colleague("editor"),
        firm.colleague("reader"),
        firm.former(),
        people.stranger(),
        people.officer(),
    ):
        for act in (
            lambda o=other: invite(firm, "two@example.com", actor=o),
            lambda o=other: actions.revoke_invitation(actor=o, invitation=invitation),
            lambda o=other: actions.change_role(actor=o, member=member, role="signatory"),
            lambda o=other: actions.remove_member(actor=o, member=member),
        ):
            with pytest.raises(PermissionDenied):
                act()
    member.refresh_from_db()
    assert (member.role, member.until) == ("reader", None)


# Accepting ----------------------------------------------------------------------------------------------------------
def test_accepting_makes_a_member_and_tells_who_invited(firm):
    invitation, _, token = invite(firm, "new@example.com", role="reader")
    person = people.person("Nadia New", email="new@example.com")
    member = actions.accept_invitation(actor=person, token=token)
    assert (member.organization, member.role, member.is_primary) == (firm.organization, "reader", False)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", person)
    told = letter(firm, "invitation_accepted")
    assert (told.recipient, told.subject) == (firm.signatory, "Nadia New has joined Érablière du Lac inc.")
    assert last_event(firm) == ("member_joined", {"member": person.public_id, "role": "reader"})


def test_an_invitation_works_once(firm):
    _, _, token = invite(firm, "new@example.com")
    person = people.person(email="new@example.com")
    member = actions.accept_invitation(actor=person, token=token)
    with pytest.raises(InvitationUnknown):
        actions.accept_invitation(actor=person, token=token)
    actions.remove_member(actor=firm.signatory, member=member)
    with pytest.raises(InvitationUnknown):
        actions.accept_invitation(actor=person, token=token)


def test_an_invitation_lasts_fourteen_days(firm):
    invitation, _, token = invite(firm, "new@example.com")
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=now())
    with pytest.raises(InvitationExpired):
        actions.accept_invitation(actor=people.person(email="new@example.com"), token=token)


def test_an_invitation_is_for_the_address_that_received_it(firm):
    _, _, token = invite(firm, "new@example.com")
    with pytest.raises(InvitationForSomebodyElse) as refused:
        actions.accept_invitation(actor=people.person(), token=token)
    assert refused.value.params == {}


def test_a_withdrawn_invitation_works_no_more(firm):
    invitation, _, token = invite(firm, "new@example.com")
    actions.revoke_invitation(actor=firm.signatory, invitation=invitation)
    assert queries.open_invitations(firm.organization) == []
    with pytest.raises(InvitationUnknown):
        actions.accept_invitation(actor=people.person(email="new@example.com"), token=token)
    with pytest.raises(InvitationUnknown):
        actions.revoke_invitation(actor=firm.signatory, invitation=invitation)


def test_a_forged_token_is_unknown():
    with pytest.raises(InvitationUnknown):
        actions.accept_invitation(actor=people.person(), token="x" * 43)


def test_who_started_alone_joins_and_leaves_their_own_draft_behind(firm):
    person = people.person(email="new@example.com")
    own = actions.found_organization(actor=person)
    _, _, token = invite(firm, "new@example.com")
    actions.accept_invitation(actor=person, token=token)
    assert queries.organization_of(person) == firm.organization
    assert queries.membership(person, own) is None


def test_who_acts_for_another_organization_leaves_it_first(firm):
    other = people.firm("founded")
    colleague = other.colleague("editor")
    _, _, token = invite(firm, colleague.email)
    with pytest.raises(ActsForAnother):
        actions.accept_invitation(actor=colleague, token=token)
    _, _, token = invite(firm, other.signatory.email)
    with pytest.raises(ActsForAnother):  # the founder is not alone in it
        actions.accept_invitation(actor=other.signatory, token=token)
    actions.remove_member(actor=colleague, member=queries.membership(colleague, other.organization))
    _, _, token = invite(firm, colleague.email)
    assert actions.accept_invitation(actor=colleague, token=token).organization == firm.organization


# Roles and leaving --------------------------------------------------------------------------------------------------
def test_a_role_is_changed_and_the_member_told(firm):
    colleague = firm.colleague("reader", language="fr")
    member = queries.membership(colleague, firm.organization)
    assert not access.can_edit_profile(colleague, firm.organization)
    actions.change_role(actor=firm.signatory, member=member, role="editor")
    assert access.can_edit_profile(colleague, firm.organization)
    told = letter(firm, "role_changed")
    assert (told.recipient, told.language) == (colleague, "fr")
    assert told.subject == "Votre rôle dans Érablière du Lac inc. a changé"
    data = {"member": colleague.public_id, "before": "reader", "after": "editor"}
    assert last_event(firm) == ("member_role_changed", data)


def test_the_same_role_again_changes_nothing(firm):
    member = queries.membership(firm.colleague("reader"), firm.organization)
    actions.change_role(actor=firm.signatory, member=member, role="reader")
    assert not letters(firm).exists()


def test_an_unknown_role_is_refused(firm):
    member = queries.membership(firm.colleague("reader"), firm.organization)
    with pytest.raises(RoleUnknown):
        actions.change_role(actor=firm.signatory, member=member, role="owner")


def test_a_removed_member_has_no_access_from_then_on(firm):
    colleague = firm.colleague("signatory")
    actions.remove_member(actor=firm.signatory, member=queries.membership(colleague, firm.organization))
    assert queries.membership(colleague, firm.organization) is None
    assert queries.organization_of(colleague) is None
    assert not access.can_read(colleague, firm.organization)
    assert letter(firm, "membership_ended").recipient == colleague
    assert last_event(firm) == ("member_left", {"member": colleague.public_id, "role": "signatory"})


def test_a_member_may_leave(firm):
    colleague = firm.colleague("reader")
    actions.remove_member(actor=colleague, member=queries.membership(colleague, firm.organization))
    assert queries.organization_of(colleague) is None


def test_the_primary_contact_stays(firm):
    member = queries.membership(firm.signatory, firm.organization)
    for actor in (firm.signatory, firm.colleague("signatory")):
        with pytest.raises(PrimaryContactStays):
            actions.remove_member(actor=actor, member=member)
        with pytest.raises(PrimaryContactStays):
            actions.change_role(actor=actor, member=member, role="reader")
    assert queries.primary_contact(firm.organization) == firm.signatory


def test_a_membership_that_ended_meanwhile_is_neither_changed_nor_ended(firm):
    member = queries.membership(firm.colleague("reader"), firm.organization)
    actions.remove_member(actor=firm.signatory, member=member)
    with pytest.raises(MembershipEnded):
        actions.remove_member(actor=firm.signatory, member=member)
    with pytest.raises(MembershipEnded):
        actions.change_role(actor=firm.signatory, member=member, role="editor")


# Knowing ------------------------------------------------------------------------------------------------------------
def test_members_come_with_the_primary_contact_first_in_one_statement(firm, django_assert_num_queries):
    earlier = firm.colleague("signatory", name="Early Bird")
    Membership.objects.filter(user=earlier).update(since=now() - timedelta(days=30))
    firm.former()
    with django_assert_num_queries(1):
        assert [member.user for member in queries.members(firm.organization)] == [firm.signatory, earlier]
    firm.colleague()
    firm.colleague()
    with django_assert_num_queries(1):
        assert len([member.user.name for member in queries.members(firm.organization)]) == 4
    with django_assert_num_queries(1):
        assert queries.signatories(firm.organization) == [firm.signatory, earlier]


def test_a_member_is_found_in_their_own_organization_only(firm):
    member = queries.membership(firm.signatory, firm.organization)
    assert queries.member(firm.organization, member.public_id) == member
    other = people.firm("founded")
    assert queries.member(other.organization, member.public_id) is None
    invitation, _, _ = invite(firm, "new@example.com")
    assert queries.invitation(firm.organization, invitation.public_id) == invitation
    assert queries.invitation(other.organization, invitation.public_id) is None


def test_open_invitations_cost_the_same_for_one_and_for_three(firm, django_assert_num_queries):
    for expected in (1, 3):
        while len(queries.open_invitations(firm.organization)) < expected:
            invite(firm, f"guest{next(people.numbers)}@example.com")
        with django_assert_num_queries(1):
            names = [found.invited_by.name for found in queries.open_invitations(firm.organization)]
        assert len(names) == expected


# The database -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "king"},
        {"role": "editor", "is_primary": True},  # the primary contact is a signatory
        {"role": "signatory", "is_primary": True},  # there is one already
    ],
)
def test_the_database_refuses_a_membership_that_cannot_be(firm, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            organization=firm.organization, user=people.person(), since=now(), **{"role": "reader"} | wrong
        )


def test_the_database_refuses_a_second_current_membership(firm):
    colleague = firm.colleague()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            organization=people.firm("founded").organization, user=colleague, role="reader", since=now()
        )
