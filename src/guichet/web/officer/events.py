"""The log as an officer reads it: who did what, when."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "account_registered": _("Account registered"),
    "person_updated": _("Personal details changed"),
    "organization_founded": _("Organization entered"),
    "profile_updated": _("My profile sent"),
    "account_profile_transmitted": _("Account profile submitted"),
    "invitation_sent": _("Invitation sent"),
    "invitation_revoked": _("Invitation withdrawn"),
    "member_joined": _("Person joined"),
    "member_left": _("Person left"),
    "member_role_changed": _("Role changed"),
    "case_opened": _("Verification opened"),
    "case_superseded": _("Verification replaced by a newer profile"),
    "case_concluded": _("Verification concluded"),
    "finding_overridden": _("Criterion decided by an officer"),
    "application_started": _("Application started"),
    "application_carried_over": _("Draft moved to a newer edition"),
    "draft_brought_back": _("Answers brought back from a file"),
    "application_deleted": _("Draft deleted"),
    "application_recovered": _("Deleted draft recovered"),
    "application_closed": _("Deleted draft closed for good"),
    "application_submitted": _("Application submitted"),
    "intake_extended": _("Intake extended for everybody"),
    "intake_paused": _("Applications paused"),
    "intake_resumed": _("Applications resumed"),
    "personal_extension_given": _("More time given to the organization"),
    "edition_published": _("Edition published"),
    "list_imported": _("List of codes imported"),
    "program_changed": _("Program’s names and mailboxes changed"),
}


def told(events: Iterable[Any]) -> list[dict[str, Any]]:
    """Events for the timeline: what, who (the system when nobody), when. An event without words shows its name."""
    return [
        {"what": WORDS.get(event.event, event.event), "who": event.actor_name or _("The portal"), "at": event.at}
        for event in events
    ]
