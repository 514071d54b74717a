"""A request as ``@page`` hands it to a view: by then it is known who asks, and for which organization."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from guichet.accounts.models import User
    from guichet.organizations.models import Membership, Organization


class PersonRequest(HttpRequest):
    """For pages of ``who="person"`` and of staff: somebody has signed in."""

    user: "User"


class MemberRequest(PersonRequest):
    """For pages of ``who="member"`` and ``"signatory"``: they act for an organization."""

    organization: "Organization"
    membership: "Membership"
