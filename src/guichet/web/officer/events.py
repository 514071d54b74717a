"""The log as an officer reads it: who did what, when."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "account.registered": _("Account registered"),
    "person.updated": _("Personal details changed"),
    "organization.founded": _("Organization entered"),
    "profile.updated": _("My profile sent"),
    "account_profile.transmitted": _("Account profile submitted"),
    "invitation.sent": _("Invitation sent"),
    "invitation.revoked": _("Invitation withdrawn"),
    "member.joined": _("Person joined"),
    "member.left": _("Person left"),
    "member.role_changed": _("Role changed"),
    "case.opened": _("Verification opened"),
    "case.superseded": _("Verification replaced by a newer profile"),
    "case.concluded": _("Verification concluded"),
    "finding.overridden": _("Criterion decided by an officer"),
    "application_started": _("Application started"),
    "application_submitted": _("Application submitted"),
}


def told(events: Iterable[Any]) -> list[dict[str, Any]]:
    """Events for the timeline: what, who (the system when nobody), when. An event without words shows its name."""
    return [
        {"what": WORDS.get(event.event, event.event), "who": event.actor_name or _("The portal"), "at": event.at}
        for event in events
    ]
