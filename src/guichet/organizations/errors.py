"""Why something is refused in an organization (sentences in ``web/sentences.py``)."""

from guichet.kernel.errors import Refusal


class BusinessNumberTaken(Refusal):
    """An organization with this business number has an account: its primary contact must add the person.

    Carries nothing but the field: who holds the number is not revealed.
    """

    code = "business_number_taken"


class ProfileIncomplete(Refusal):
    """Answers are missing or invalid; ``problems`` is the tuple of the form engine's problems."""

    code = "profile_incomplete"


class NotSignatory(Refusal):
    """Only the primary contact, the legal signatory, may do this; ``name`` says whom to ask ("" if nobody)."""

    code = "not_primary_signatory"


class EmailUnreadable(Refusal):
    """What was typed is not an e-mail address."""

    code = "email_unreadable"


class RoleUnknown(Refusal):
    """There is no such role."""

    code = "role_unknown"


class AlreadyMember(Refusal):
    """The person already acts for this organization."""

    code = "already_member"


class TooManyInvitations(Refusal):
    """The organization has sent as many invitations as it may within a day; ``limit`` says how many."""

    code = "too_many_invitations"


class InvitationUnknown(Refusal):
    """No open invitation has this token: never existed, used, withdrawn or replaced."""

    code = "invitation_unknown"


class InvitationExpired(Refusal):
    """The invitation is older than 14 days; the person who invited can send a new one."""

    code = "invitation_expired"


class InvitationForSomebodyElse(Refusal):
    """The invitation was sent to another address than the one the person signed in with."""

    code = "invitation_for_somebody_else"


class ActsForAnother(Refusal):
    """The person already acts for another organization, and must leave it first."""

    code = "acts_for_another"


class PrimaryContactStays(Refusal):
    """The primary contact can neither be removed nor lose signing authority: transfer comes first."""

    code = "primary_contact_stays"


class MembershipEnded(Refusal):
    """The membership ended meanwhile."""

    code = "membership_ended"


class NotAFile(Refusal):
    """The path names no attachment of this form, or no such file is there; ``field`` is the path."""

    code = "not_a_file"


class TooManyFiles(Refusal):
    """The question takes no more attachments; ``field`` is the path. Params: ``limit``."""

    code = "too_many_files"
