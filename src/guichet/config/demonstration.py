"""The demonstration's people and organizations, made through the same actions as in the portal.

What an organization answers belongs to a program, and stands in its folder: ``programs/<program>/demonstration.yaml``.
Loading again changes nothing but the password of the demonstration accounts.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from ruamel.yaml import YAML

from guichet.accounts.models import User
from guichet.answers.actions import Change
from guichet.answers.paths import new_row
from guichet.config.cast import ACCOUNTS, Account
from guichet.eligibility import actions as eligibility
from guichet.mail.models import Letter
from guichet.organizations import actions as organizations
from guichet.organizations import queries
from guichet.organizations.models import Organization
from guichet.programs.queries import PublishedEdition, current_edition

FILE = "demonstration.yaml"


def offers(edition: Path) -> bool:
    """Whether the demonstration puts the edition in that folder on offer: its program's file may name ``editions``.

    So a newcomer can always apply, with an edition whose rules the published instructions describe.
    """
    described = edition.parent / FILE
    named = YAML(typ="safe").load(described).get("editions") if described.is_file() else None
    return named is None or edition.name in named


def load(password: str, programs: Path) -> None:
    """Make what is missing, in one transaction."""
    with transaction.atomic():
        people = {account.email: _person(account) for account in ACCOUNTS}
        _set_password(people, password)
        for path in sorted(programs.glob(f"*/{FILE}")):
            for described in YAML(typ="safe").load(path)["organizations"]:
                if queries.organization_of(people[described["signatory"]]) is None:
                    _organization(described, people, current_edition(path.parent.name))


def _person(account: Account) -> User:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(
            account.email, name=account.name, language=account.language, staff_role=account.staff_role
        )
        EmailAddress.objects.create(user=user, email=account.email, verified=True, primary=True)
    return user


def _set_password(people: Mapping[str, User], password: str) -> None:
    """One hash for all: each costs a tenth of a second, and each check of it as well."""
    stale = [user for user in people.values() if not user.has_usable_password()]
    if not stale and next(iter(people.values())).check_password(password):
        return
    User.objects.filter(pk__in=[user.pk for user in people.values()]).update(password=make_password(password))


def _organization(described: Mapping[str, Any], people: Mapping[str, User], edition: PublishedEdition) -> None:
    signatory = people[described["signatory"]]
    organization = organizations.found_organization(actor=signatory)
    given: dict[str, Any] = {"actor": signatory, "organization": organization, "edition": edition}
    organizations.save_profile(**given, changes=list(_changes(described["profile"])))
    case = eligibility.submit_profile(**given, language=signatory.language)
    if "examined_by" in described and case is not None:
        eligibility.conclude(actor=people[described["examined_by"]], case=case)
    if "account_profile" in described:
        organizations.save_account_profile(**given, changes=list(_changes(described["account_profile"])))
        eligibility.transmit_account_profile(**given)
    for member in described.get("members", ()):
        _join(signatory, organization, people[member["email"]], member["role"])


def _changes(answers: Mapping[str, Any]) -> Iterator[Change]:
    """The answers as a page sends them; a list is a table of rows."""
    for path, value in answers.items():
        if not isinstance(value, list):
            yield Change(path, value)
            continue
        for place, cells in enumerate(value):
            row = f"{path}.{new_row()}"
            yield Change(row, place)
            yield from (Change(f"{row}.{column}", cell) for column, cell in cells.items())


def _join(signatory: User, organization: Organization, person: User, role: str) -> None:
    """Invite a person, and accept with the link in the letter, as the person would."""
    organizations.invite(
        actor=signatory, organization=organization, email=person.email, role=role, language=person.language
    )
    letter = Letter.objects.filter(recipient_email=person.email).latest("created_at")
    links = re.findall(r"/([\w-]{40,})/", letter.text)
    organizations.accept_invitation(actor=person, token=links[0])
