"""A refusal's code becomes a sentence in the reader's language here, and nowhere else.

One entry per code; tests/web/test_sentences.py fails when a room's refusal has none.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guichet.kernel import formats
from guichet.kernel.errors import Refusal

Params = dict[str, Any]
Sentence = Callable[[Params], str]


def sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language. Raises LookupError for a code that has no sentence."""
    return SENTENCES[refusal.code](refusal.params)


def _language() -> str:
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def names(people: Iterable[str]) -> str:
    """ "Ana, Bo and Chi"; "Ana, Bo et Chi"."""
    several = list(people)
    if len(several) < 2:
        return "".join(several)
    return _("%(names)s and %(last)s") % {"names": ", ".join(several[:-1]), "last": several[-1]}


def _business_number_taken(params: Params) -> str:
    return _(
        "An organization with this business number already has an account. Ask its primary contact to add you, "
        "under Contacts and roles."
    )


def _not_primary_signatory(params: Params) -> str:
    if params.get("name"):
        return _("Only the primary contact, the legal signatory, may do this. Ask %(name)s.") % params
    return _("Only the primary contact of the account, the legal signatory, may do this.")


def _signing_authority_needed(params: Params) -> str:
    if params.get("signatories"):
        return _("Only a person with signing authority may submit. Ask %(names)s.") % {
            "names": names(params["signatories"])
        }
    return _("Only a person with signing authority may submit.")


def _intake_closed(params: Params) -> str:
    if params.get("opens"):
        return _("Applications are received from %(moment)s. Your draft is kept.") % {
            "moment": _moment(params, "opens")
        }
    if params.get("closed"):
        return _("Applications were received until %(moment)s. Your draft is kept.") % {
            "moment": _moment(params, "closed")
        }
    return _("Applications are not being received now. Your draft is kept.")


def _intake_paused(params: Params) -> str:
    said = _("Applications are paused: none can be started or submitted. Your draft is kept.")
    return f"{said} {params['notice'].in_(_language())}"


def _intake_not_extended(params: Params) -> str:
    return _("The intake now closes on %(now)s. Give another moment, and not one before %(published)s.") % {
        "now": _moment(params, "now"),
        "published": _moment(params, "published"),
    }


def _no_more_time(params: Params) -> str:
    if params.get("closes"):
        return _("Everybody may submit until %(moment)s. Give a later moment.") % {"moment": _moment(params, "closes")}
    return _("No intake of this edition has a closing date to extend now.")


def _moment(params: Params, name: str) -> str:
    at = params[name]
    return formats.moment(at, _language(), params["zone"], seconds=bool(at.second))


def _edition_changed(params: Params) -> str:
    return _(
        "Somebody has moved this draft to a newer edition in the meantime: %(edition)s. Open the page again, and look "
        "at what has changed."
    ) % {"edition": params["edition"].in_(_language())}


def _lead_time_too_short(params: Params) -> str:
    language = _language()
    values = {
        "first": formats.date(params["first"], language),
        "earliest": formats.date(params["earliest"], language),
        "submitted": formats.date(params["submitted_on"], language),
        "days": params["days"],
        "guide": params["guide"],
    }
    main = ngettext(
        "The first activity starts on %(first)s. For an application submitted on %(submitted)s, it may start on "
        "%(earliest)s at the earliest: %(days)s business day after the day of submission (guide, section %(guide)s).",
        "The first activity starts on %(first)s. For an application submitted on %(submitted)s, it may start on "
        "%(earliest)s at the earliest: %(days)s business days after the day of submission (guide, section %(guide)s).",
        params["days"],
    )
    return " ".join([main % values, skipped(params.get("skipped", ()))]).strip()


def skipped(holidays: Iterable[Any]) -> str:
    """Which holidays a count of business days left out: "Not counted: July 1, 2026 (Canada Day)."; "" for none."""
    language = _language()
    left_out = [f"{formats.date(day.date, language)} ({day.name.in_(language)})" for day in holidays]
    return _("Not counted: %(days)s.") % {"days": ", ".join(left_out)} if left_out else ""


def _file_of_other_edition(params: Params) -> str:
    return _(
        "This draft has moved to another edition since the file was taken: %(edition)s. Its questions may differ, so "
        "nothing was saved from the file."
    ) % {"edition": params["edition"].in_(_language())}


def _already_submitted(params: Params) -> str:
    return _("This application was submitted under the number %(reference)s and can no longer be changed.") % params


def _kinds(params: Params) -> str:
    return ", ".join(str(kind).upper() for kind in params.get("kinds", ()))


def _size(params: Params, name: str) -> str:
    return formats.file_size(int(params.get(name, 0)), _language())


def _too_long(params: Params) -> str:
    return _("This text is too long: at most %(limit)s characters.") % {
        "limit": formats.integer(int(params.get("limit", 0)), _language())
    }


def _too_many_files(params: Params) -> str:
    limit = int(params.get("limit", 0))
    return ngettext(
        "At most %(limit)s file may be attached here. Remove one first.",
        "At most %(limit)s files may be attached here. Remove one first.",
        limit,
    ) % {"limit": limit}


SENTENCES: dict[str, Sentence] = {
    # accounts
    "name_missing": lambda p: _("Enter your name."),
    "too_long": _too_long,
    "language_unknown": lambda p: _("Choose English or French."),
    "phone_unreadable": lambda p: _("Enter a phone number with its area code, for example 819-555-0123."),
    # organizations
    "business_number_taken": _business_number_taken,
    "profile_incomplete": lambda p: _("Some answers are missing or need a correction. The profile is saved, not sent."),
    "not_primary_signatory": _not_primary_signatory,
    "email_unreadable": lambda p: _("Enter an e-mail address such as name@example.ca."),
    "role_unknown": lambda p: _("Choose a role from the list."),
    "already_member": lambda p: _("This person already acts for your organization."),
    "too_many_invitations": lambda p: (
        _("At most %(limit)s invitations can be sent within a day. Try again tomorrow.") % p
    ),
    "invitation_unknown": lambda p: _(
        "This invitation is no longer valid. Ask the person who invited you for a new one."
    ),
    "invitation_expired": lambda p: _("This invitation has expired. Ask the person who invited you for a new one."),
    "invitation_for_somebody_else": lambda p: _(
        "This invitation was sent to another e-mail address. Log in with the address that received it."
    ),
    "acts_for_another": lambda p: _(
        "You already act for another organization. Ask its primary contact to remove you first."
    ),
    "primary_contact_stays": lambda p: _("The primary contact can be neither removed nor given another role."),
    "membership_ended": lambda p: _("This person no longer acts for the organization."),
    # eligibility
    "case_closed": lambda p: _("This verification was concluded or replaced in the meantime. Nothing was changed."),
    "criteria_first": lambda p: _(
        "The account profile is submitted once the eligibility criteria are met. It is saved, not submitted."
    ),
    "criterion_unknown": lambda p: _("This criterion is not part of the verification."),
    "outcome_unknown": lambda p: _("Choose whether the criterion is met."),
    "reason_missing": lambda p: _("Give the reason for your decision."),
    "letter_changed": lambda p: _(
        "A criterion was decided in the meantime, and the letter is another one now. Read it again, then conclude."
    ),
    "undecided": lambda p: _("Decide each criterion that could not be computed before you conclude."),
    # programs
    "unknown_program": lambda p: _("This program is not offered here."),
    "edition_frozen": lambda p: _("This edition is published and can no longer be changed."),
    "unknown_intake": lambda p: _("This edition has no such intake."),
    "intake_never_closes": lambda p: _("This intake has no closing date: there is nothing to extend."),
    "moment_past": lambda p: _("This moment has passed. Give one that is to come."),
    "intake_not_extended": _intake_not_extended,
    "intake_reason_missing": lambda p: _("Give the reason. It stays in the history."),
    "pause_notice_missing": lambda p: _("Write the notice in both languages: applicants read it in theirs."),
    "pause_ends_before": lambda p: _("The pause must end after it begins."),
    "not_paused": lambda p: _("Applications are not paused."),
    # applications
    "signing_authority_needed": _signing_authority_needed,
    "not_ready": lambda p: _("A step before this one is not done yet."),
    "criteria_not_met": lambda p: _(
        "The eligibility criteria are no longer met. Correct My profile and press Update; your draft is kept."
    ),
    "intake_closed": _intake_closed,
    "intake_paused": _intake_paused,
    "no_more_time": _no_more_time,
    "edition_changed": _edition_changed,
    "not_a_taken_file": lambda p: _(
        "This file is not a draft that was taken from this portal, or a part of it is missing. Choose the copy that "
        "you saved with the button in the file."
    ),
    "taken_file_too_large": lambda p: (
        _("This file is too large to be a draft: the most is %(limit)s.")
        % {"limit": formats.file_size(p["limit"], _language())}
    ),
    "file_altered": lambda p: _(
        "The part of this file that the portal had written was changed, so it cannot be read. Nothing was saved. Bring "
        "back another copy, or copy your texts from the file."
    ),
    "file_of_another": lambda p: _(
        "This file belongs to another application. Open that application, and bring it back there."
    ),
    "file_of_other_edition": _file_of_other_edition,
    "nothing_to_carry_over": lambda p: _("There is no newer edition to which this draft can be moved."),
    "lead_time_too_short": _lead_time_too_short,
    "incomplete": lambda p: _("The application is not complete yet. Your draft is kept."),
    "attestation_missing": lambda p: _("Confirm every statement before you submit."),
    "already_submitted": _already_submitted,
    "draft_deleted": lambda p: _("This draft was deleted. Recover it first: My applications, Deleted drafts."),
    "newer_draft": lambda p: _(
        "Another draft for this program has been begun since, and there can be only one. Submit or delete that one; "
        "then this one can be recovered."
    ),
    "not_recoverable": lambda p: _("This draft can no longer be recovered."),
    "not_a_question": lambda p: _("This answer does not belong to the form. Reload the page and try again."),
    "not_a_file": lambda p: _("This attachment does not belong to the form. Reload the page and try again."),
    "too_many_files": _too_many_files,
    # answers
    "bad_path": lambda p: _("This answer does not belong to the form. Reload the page and try again."),
    "answer_too_long": _too_long,
    "sheet_frozen": lambda p: _("This form was submitted and can no longer be changed."),
    # files
    "file_empty": lambda p: _("The file is empty. Choose another one."),
    "file_too_large": lambda p: _("The file is too large: at most %(size)s.") % {"size": _size(p, "max_bytes")},
    "file_kind_refused": lambda p: _("This kind of file is not accepted. Accepted: %(kinds)s.") % {"kinds": _kinds(p)},
    "file_content_differs": lambda p: _(
        "The content of the file does not match its name. Save it again in its format."
    ),
    "disk_full": lambda p: _(
        "There is no room for this file on the portal's disk at the moment. What was attached before stays as it is."
    ),
    "too_many_uploads": lambda p: _(
        "You have too many files on their way. Finish or cancel one of them before you send this one."
    ),
    "offset_differs": lambda p: _("The portal has another part of this file already. The upload goes on from there."),
    "upload_incomplete": lambda p: _("Parts of this file are still missing. The upload goes on."),
    "piece_refused": lambda p: _("A part of this file arrived damaged. It is sent again."),
}
