"""Where an organization stands for one program: one clear state, who acts next, by which date and why."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.applications import access, intakes
from guichet.applications import queries as applications
from guichet.applications.queries import Step
from guichet.eligibility import queries as eligibility
from guichet.kernel import clock
from guichet.kernel.calendar import Count
from guichet.kernel.formats import date as written_date
from guichet.programs.queries import PublishedEdition
from guichet.programs.windows import Reception
from guichet.web.applicant.editions import family_slug
from guichet.web.applicant.profiles import editors
from guichet.web.counts import why
from guichet.web.receptions import told


@dataclass(frozen=True)
class Stage:
    """One dot of the journey bar; ``state``: done, current, todo or blocked."""

    label: str
    state: str


@dataclass(frozen=True)
class Next:
    """The one state and the one next step, as components/next_step.html draws it."""

    state: str
    act: str = ""
    who: str = ""
    due: date | None = None
    why: str = ""
    act_href: str = ""
    act_label: str = ""

    @property
    def yours(self) -> bool:
        """Whether it is the reader's turn."""
        return self.who == _("You")


@dataclass
class Facts:
    """What is known before anything is said; ``steps`` by key."""

    organization: Any
    edition: PublishedEdition
    language: str
    steps: dict[str, Step] = field(default_factory=dict)
    case: Any = None
    draft: Any = None
    editors: str = ""  # who can fill in the draft, in words
    latest: Any = None

    def address(self, name: str) -> str:
        """The address of a page that belongs to the program."""
        return f"{reverse(name)}?program={self.edition.program_key}"


@dataclass(frozen=True)
class Journey:
    """What home shows for one program."""

    edition: PublishedEdition
    stages: list[Stage]
    next: Next
    facts: Facts


def journey(*, user: Any, organization: Any, edition: PublishedEdition, language: str) -> Journey:
    """Where the organization stands (None: nothing begun), told to ``user`` in ``language``, which is active."""
    facts = gather(user, organization, edition, language)
    place = _place(facts)
    return Journey(edition, _stages(place), SAID[place](facts), facts)


def gather(user: Any, organization: Any, edition: PublishedEdition, language: str) -> Facts:
    """The facts, by a fixed number of queries."""
    facts = Facts(organization, edition, language)
    if organization is None:
        return facts
    facts.steps = {step.key: step for step in applications.readiness(organization, edition, user)}
    facts.case = eligibility.current_case(organization, edition.program_key)
    sent = applications.applications_of(organization, programs=[edition.program_key], submitted=True, limit=1)
    facts.draft = applications.draft_of(organization, edition.program_key)
    facts.editors = _("You") if access.can_start(user, organization) else ", ".join(editors(organization))
    facts.latest = sent[0] if sent else None
    return facts


def you_or(step: Step, edition: PublishedEdition) -> str:
    """Who can do a step, in words."""
    if step.who == "program":
        return _("The program")
    return _("You") if step.state == "todo" else ", ".join(step.names)


def _place(facts: Facts) -> str:
    if facts.organization is None:
        return "profile"
    if facts.draft:
        return "draft"
    undone = [key for key, step in facts.steps.items() if step.state != "done"]
    if facts.latest and "profile" in undone:
        return "submitted"  # nothing was begun since: the file is with the program
    return undone[0] if undone else "ready"


ORDER = ("profile", "criteria", "account_profile", "draft", "submitted")
STAGE_OF = {"intake": "draft", "ready": "draft"}


def _stages(place: str) -> list[Stage]:
    labels = {
        "profile": _("My profile"),
        "criteria": _("Verification"),
        "account_profile": _("Account profile"),
        "draft": _("Application"),
        "submitted": _("Submitted"),
    }
    here = ORDER.index(STAGE_OF.get(place, place))
    states = ["done" if n < here else "current" if n == here else "todo" for n in range(len(ORDER))]
    return [Stage(labels[key], state) for key, state in zip(ORDER, states, strict=True)]


def _profile(facts: Facts) -> Next:
    again = bool(facts.latest or (facts.case and facts.case.state == "met"))
    step = facts.steps.get("profile")
    return Next(
        state=_("My profile: review it, then press Update") if again else _("My profile: not sent yet"),
        act=_("The program reads it before any application."),
        who=you_or(step, facts.edition) if step else _("You"),
        act_href=facts.address("applicant:profile"),
        act_label=_("Review My profile") if again else _("Fill in My profile"),
    )


def _criteria(facts: Facts) -> Next:
    case = facts.case
    if case and case.state == "not_met":
        return Next(
            state=_("Verification: criteria not met"),
            act=_("Read which criteria were not met, correct My profile and press Update: it is examined again."),
            who=you_or(facts.steps["criteria"], facts.edition),
            act_href=facts.address("applicant:verification"),
            act_label=_("Read the reasons"),
        )
    return Next(
        state=_("Verification: your profile is being examined"),
        act=_("You will receive the answer by e-mail. There is nothing to do now."),
        who=_("The program"),
        due=case.due_on if case else None,
        why=why(Count.read(case.due_reason), facts.language) if case else "",
        act_href=facts.address("applicant:verification"),
        act_label=_("See the verification"),
    )


def _account_profile(facts: Facts) -> Next:
    step = facts.steps["account_profile"]
    mine = step.state == "todo"
    return Next(
        state=_("Account profile: not transmitted yet"),
        act=_("Only the primary contact, who is the legal signatory, can fill it in, save it and submit it."),
        who=you_or(step, facts.edition),
        act_href=facts.address("applicant:account_profile"),
        act_label=_("Fill in the account profile") if mine else _("Read the account profile"),
    )


def _intake(facts: Facts) -> Next:
    note = facts.edition.definition.intake_note.in_(facts.language)
    said = _received(facts.steps["intake"].reception, facts.edition)
    return Next(state=_("No applications are received now"), act=f"{said} {note}".strip(), who=_("The program"))


def _received(found: Reception | None, edition: PublishedEdition, *, draft: bool = False) -> str:
    """Whether applications are received and until when, in sentences; nothing where it is always so."""
    if found is None or (found.is_open and found.closes is None and found.pause is None):
        return ""
    return str(told(found, edition.definition, draft=draft))


def _ready(facts: Facts) -> Next:
    return Next(
        state=_("Ready for a new application"),
        who=facts.editors,
        act=_earliest(facts, facts.edition, _received(facts.steps["intake"].reception, facts.edition)),
        act_href=reverse("applicant:family", args=[family_slug(facts.edition)]),
        act_label=_("Start an application"),
    )


def _earliest(facts: Facts, edition: PublishedEdition, before: str) -> str:
    count = earliest(edition)
    first = written_date(count.date, facts.language)
    said = _("Submitted today, the first activity can start on %(date)s at the earliest.") % {"date": first}
    return f"{before} {said} {why(count, facts.language)}".strip()


def _draft(facts: Facts) -> Next:
    """A draft stays on its edition: when it can be submitted is said by that one, not by the current one."""
    edition = applications.edition_of(facts.draft)
    found = intakes.reception(facts.organization, edition, clock.now())
    received = _received(found, edition, draft=True)
    return Next(
        state=_("Your application is a draft: not submitted yet"),
        who=facts.editors,
        act=_earliest(facts, edition, received) if found.is_open else received,
        act_href=reverse("applicant:application", args=[facts.draft.public_id]),
        act_label=_("Continue the application"),
    )


def _submitted(facts: Facts) -> Next:
    latest = facts.latest
    due = applications.decision_promised(latest)
    return Next(
        state=_("Application %(reference)s: submitted") % {"reference": latest.reference},
        act=_(
            "It cannot be changed any more. The program writes to you by e-mail. For another application, begin by "
            "reviewing My profile."
        ),
        who=_("The program"),
        due=due.date if due else None,
        why=why(due, facts.language) if due else "",
        act_href=reverse("applicant:receipt", args=[latest.public_id]),
        act_label=_("See the receipt"),
    )


SAID: dict[str, Callable[[Facts], Next]] = {
    "profile": _profile,
    "criteria": _criteria,
    "account_profile": _account_profile,
    "intake": _intake,
    "ready": _ready,
    "draft": _draft,
    "submitted": _submitted,
}


def earliest(edition: PublishedEdition) -> Count:
    """The earliest start of an activity for a submission today, where the program lives."""
    return applications.earliest_start(edition, applications.submission_day(edition))


def earliest_context(edition: PublishedEdition, language: str) -> dict[str, Any]:
    """What templates/applicant/_earliest.html draws: the date, why, and where the guide says so."""
    count, lead_time = earliest(edition), edition.definition.lead_time
    return {
        "earliest": count,
        "earliest_why": why(count, language),
        "lead_time": lead_time,
        "guide_url": edition.definition.guide.link(lead_time.guide, language),
    }
