"""The people and firms of the tests: who they are, for whom they act, and what they have answered.

``firm()`` makes an organization with its primary signatory; its keywords say how far it has come. Everything goes
through the product's own actions, save that a person is made without a password unless one is asked for.
"""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import Any
from unittest import mock

from allauth.account.models import EmailAddress
from django.conf import settings

from guichet.accounts.models import User
from guichet.answers.actions import Change
from guichet.answers.queries import answers
from guichet.eligibility import actions as eligibility
from guichet.eligibility.models import Case
from guichet.kernel.clock import now
from guichet.organizations import actions as organizations
from guichet.organizations import queries
from guichet.organizations.models import Membership, Organization
from guichet.programs import loading
from guichet.programs.actions import publish
from guichet.programs.queries import PublishedEdition
from guichet.programs.queries import edition as published_edition

PROGRAM = "canexport-smes"
FOLDER = settings.PROGRAMS / PROGRAM / "2024-25"
PASSWORD = "douze érables rouges 1867"

numbers = itertools.count(1)


def business_number() -> str:
    """Nine digits that no other firm has, with a correct check digit."""
    stem = str(10_200_000 + next(numbers))
    total = sum(sum(divmod(int(digit) * (2 if place % 2 else 1), 10)) for place, digit in enumerate(stem))
    return stem + str(-total % 10)


def profile_answers(**changed: Any) -> dict[str, Any]:
    """*My profile* of a firm that meets every criterion, by path."""
    return {
        "legal_name": "Érablière du Lac inc.",
        "operating_name": "Les Érables d’Éloïse",
        "business_number": business_number(),
        "business_number_active": True,
        "legal_form": "incorporated",
        "for_profit": True,
        "established_in_canada": True,
        "employees": "12.5",
        "revenue": "1234567.89",
        "revenue_period": "last_tax_year",
        "revenue_period_end": "2025-12-31",
        "street": "12, rue de l’Église",
        "city": "Québec",
        "province": "QC",
        "postal_code": "G1R 4P5",
        "industry": "311",
        "web_site": "https://erables.example",
    } | changed


def account_profile_answers(**changed: Any) -> dict[str, Any]:
    """A complete account profile, by path."""
    return {
        "activities_description": "Transformation de l’eau d’érable.",
        "products_description": "Sirop, tire et beurre d’érable.",
        "canadian_content": "Tout est fait au Québec.",
        "owners.k3v9x2ma": 0,
        "owners.k3v9x2ma.name": "Éloïse Tremblay",
        "owners.k3v9x2ma.country": "CA",
        "owners.k3v9x2ma.share": "100",
        "has_affiliates": False,
        "sales_year_end": "2025-12-31",
        "total_sales": "1234567.89",
        "sales.m4w8y3nb": 0,
        "sales.m4w8y3nb.country": "CA",
        "sales.m4w8y3nb.amount": "1000000.00",
        "has_government_funding": False,
        "signatory_position": "Présidente",
        "signatory_basis": "officer",
        "signatory_confirmation": True,
    } | changed


@lru_cache
def _loaded(folder: Any) -> Any:
    return loading.load(folder)


def edition() -> PublishedEdition:
    """The edition of the package, published. Read from the disk once for all tests."""
    with mock.patch("guichet.programs.actions.load", _loaded):
        return published_edition(publish(actor=None, folder=FOLDER).pk)


def person(
    name: str = "Sam Stone",
    *,
    language: str = "en",
    email: str = "",
    password: str | None = None,
    staff_role: str = "",
) -> User:
    """Somebody with an account and a verified address. A password costs a tenth of a second: ask for one to sign in."""
    email = email or f"person{next(numbers)}@example.com"
    fields = {"name": name, "language": language, "staff_role": staff_role}
    if password is None:
        user = User.objects.create(email=email, password="!", **fields)
    else:
        user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def stranger() -> User:
    """Somebody with an account, who acts for another organization."""
    user = person("Stranger Danger")
    organizations.found_organization(actor=user)
    return user


def officer(language: str = "en") -> User:
    """Somebody who examines."""
    return person("Olivia Officer", language=language, staff_role="officer")


@dataclass
class Firm:
    """An organization and its primary signatory; ``case`` is the examination that the last Update opened."""

    organization: Organization
    signatory: User
    case: Case | None = None

    @cached_property
    def edition(self) -> PublishedEdition:
        """The edition of the program that it deals with."""
        return edition()

    def colleague(self, role: str = "editor", *, name: str = "Colin Colleague", language: str = "en") -> User:
        """A member who is not the primary contact; role editor, reader or signatory."""
        user = person(name, language=language)
        Membership.objects.create(organization=self.organization, user=user, role=role, since=now())
        return user

    def former(self) -> User:
        """Somebody who was a signatory until yesterday."""
        user = person("Frank Former")
        since, until = now() - timedelta(days=9), now() - timedelta(days=1)
        Membership.objects.create(organization=self.organization, user=user, role="signatory", since=since, until=until)
        return user

    def answer(self, kind: str = "profile", **changed: Any) -> None:
        """The signatory saves answers of a profile (kind ``profile`` or ``account_profile``)."""
        save = organizations.save_profile if kind == "profile" else organizations.save_account_profile
        current = queries.profile(self.organization, self.edition.program_key, kind)
        stored = answers(current.sheet) if current else {}
        changes = [
            Change(path, value, stored[path].version if path in stored else 0) for path, value in changed.items()
        ]
        saved = save(actor=self.signatory, organization=self.organization, edition=self.edition, changes=changes)
        assert saved.conflicts == ()

    def update(self) -> Case | None:
        """The signatory presses Update."""
        self.case = eligibility.submit_profile(
            actor=self.signatory, organization=self.organization, edition=self.edition, language="en"
        )
        self.organization.refresh_from_db()
        return self.case

    def conclude(self) -> Case:
        """An officer concludes the open examination."""
        assert self.case is not None
        self.case = eligibility.conclude(actor=officer(), case=self.case)
        return self.case

    def transmit(self) -> None:
        """The signatory transmits the account profile."""
        organizations.transmit_account_profile(
            actor=self.signatory, organization=self.organization, edition=self.edition
        )


STAGES = ("founded", "filled", "sent", "met", "transmitted")


def firm(stage: str = "filled", *, language: str = "en", name: str = "Éloïse Tremblay", **changed: Any) -> Firm:
    """A firm that has come as far as ``stage``: one of STAGES. ``changed`` are answers of *My profile*."""
    reached = STAGES.index(stage)
    signatory = person(name, language=language)
    made = Firm(organizations.found_organization(actor=signatory), signatory)
    if reached >= STAGES.index("filled"):
        made.answer(**profile_answers(**changed))
    if reached >= STAGES.index("sent"):
        made.update()
    if reached >= STAGES.index("met"):
        made.conclude()
    if reached >= STAGES.index("transmitted"):
        made.answer("account_profile", **account_profile_answers())
        made.transmit()
    return made
