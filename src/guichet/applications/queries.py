"""Things to know about applications. Reading only, always ordered; each says what it costs in statements."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from django.db.models import Max, Q, QuerySet
from django.utils.functional import SimpleLazyObject

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.answers import queries as answers
from guichet.applications import intakes, totals
from guichet.applications.models import Application, Submission
from guichet.applications.states import State
from guichet.eligibility import queries as eligibility
from guichet.eligibility.models import Case
from guichet.eligibility.states import State as CaseState
from guichet.kernel import clock, references
from guichet.kernel.calendar import Count
from guichet.kernel.identifiers import is_id
from guichet.kernel.rows import only
from guichet.organizations import queries as organizations
from guichet.organizations.models import Membership, Organization, Profile
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.programs.windows import Reception
from guichet.questions import engine
from guichet.questions.context import Context
from guichet.questions.definitions import Section


@dataclass(frozen=True)
class Step:
    """One thing that comes before a new application.

    ``key``: profile, criteria, account_profile or intake. ``state``: done; todo (the reader can do it now); waiting
    (somebody else must act now); blocked (an earlier step comes first). ``who``: member or program; ``names``: the
    members who can do it. ``due``: the day by which the program answers, or the day an intake opens. ``reception`` of
    the step intake: whether applications are received, and until when.
    """

    key: str
    state: str
    who: str
    names: tuple[str, ...] = ()
    due: date | None = None
    reception: Reception | None = None

    @property
    def done(self) -> bool:
        """Nothing is left to do."""
        return self.state == "done"


def readiness(organization: Organization, edition: PublishedEdition, user: User) -> list[Step]:
    """The steps before a new application, in order, each with its state and who can do it. Eight statements.

    Both profiles must have been sent since the organization last submitted: it reviews them before each application.
    """
    since = last_submitted_at(organization, edition.program_key)
    members = organizations.members(organization)
    profile = organizations.profile(organization, edition.program_key, "profile")
    account = organizations.profile(organization, edition.program_key, "account_profile")
    case = eligibility.current_case(organization, edition.program_key)
    updaters = [member for member in members if permissions.has(member.role, permissions.UPDATE_PROFILE)]
    primary = [member for member in members if member.is_primary]
    first = _members_step("profile", _sent_since(profile, since), updaters, user)
    second = _criteria_step(first, case, updaters, user)
    third = _members_step("account_profile", _sent_since(account, since), primary, user, blocked=not second.done)
    return [first, second, third, _intake_step(organization, edition)]


def _sent_since(profile: Profile | None, since: datetime | None) -> bool:
    if profile is None or profile.updated_at is None:
        return False
    return since is None or profile.updated_at > since


def _members_step(key: str, done: bool, able: Sequence[Membership], user: User, *, blocked: bool = False) -> Step:
    names = tuple(member.user.name for member in able)
    if done:
        return Step(key, "done", "member", names)
    if blocked:
        return Step(key, "blocked", "member", names)
    mine = any(member.user_id == user.pk for member in able)
    return Step(key, "todo" if mine else "waiting", "member", names)


def _criteria_step(profile: Step, case: Case | None, updaters: Sequence[Membership], user: User) -> Step:
    if case is None:
        return Step("criteria", "blocked" if not profile.done else "waiting", "program")
    if case.state == CaseState.MET:
        return Step("criteria", "done", "program")
    if case.state == CaseState.OPEN:
        return Step("criteria", "waiting", "program", due=case.due_on)
    return _members_step("criteria", False, updaters, user)


def _intake_step(organization: Organization, edition: PublishedEdition) -> Step:
    found = intakes.reception(organization, edition, clock.now())
    day = found.opens.astimezone(edition.definition.program.timezone).date() if found.opens else None
    return Step("intake", "done" if found.is_open else "waiting", "program", due=day, reception=found)


def application(public_id: str, organization: Organization | None = None) -> Application | None:
    """The application with its organization and sheet, in one statement; None when there is none.

    ``organization``: the reader's, where it is known; it is not read again.
    """
    if organization is None:
        return only(with_organization().filter(public_id=public_id))
    found = only(Application.objects.select_related("sheet").filter(public_id=public_id))
    if found is not None and found.organization_id == organization.pk:
        found.organization = organization
    return found


def applications_of(
    organization: Organization,
    *,
    programs: Collection[str] = (),
    submitted: bool = False,
    after: str = "",
    limit: int = 20,
) -> list[Application]:
    """An organization's drafts and submitted applications, newest first, paged by key: ``after`` is the public id of
    the last one seen.

    ``programs`` (keys) and ``submitted`` narrow the list. One statement, two beyond the first page. An unknown
    ``after`` begins again.
    """
    rows = with_organization().select_related("started_by", "submitted_by").filter(organization=organization)
    if programs:
        rows = rows.filter(program_key__in=programs)
    rows = rows.filter(state__in=[State.SUBMITTED] if submitted else [State.DRAFT, State.SUBMITTED])
    if is_id(after):
        last = Application.objects.filter(organization=organization, public_id=after).first()
        if last is not None:
            earlier = Q(started_at__lt=last.started_at) | Q(started_at=last.started_at, id__lt=last.pk)
            rows = rows.filter(earlier)
    return list(rows.order_by("-started_at", "-id")[:limit])


def deleted_of(organization: Organization, *, after: str = "", limit: int = 20) -> list[Application]:
    """The organization's drafts that can be recovered, those begun last first; ``after`` as above. One statement.

    For some hours after its last day one may still be among them: ``is_recoverable`` knows its program's zone.
    """
    yesterday = clock.now().date() - timedelta(days=1)
    rows = with_organization().select_related("deleted_by").filter(organization=organization, state=State.DELETED)
    rows = rows.filter(last_day__gte=yesterday)
    if is_id(after):
        rows = rows.filter(pk__lt=Application.objects.filter(public_id=after).values("pk")[:1])
    return list(rows.order_by("-id")[:limit])


def is_recoverable(application: Application) -> bool:
    """Whether it is a deleted draft whose last day, where the program lives, is not over."""
    last = application.last_day
    return application.state == State.DELETED and last is not None and submission_day(edition_of(application)) <= last


def draft_of(organization: Organization, program_key: str) -> Application | None:
    """The organization's one draft for the program, if it has begun one."""
    drafts = with_organization().select_related("started_by").filter(organization=organization, state=State.DRAFT)
    return drafts.filter(program_key=program_key).first()


def by_reference(typed: str) -> Application | None:
    """The application with that number, however it was typed (case, dashes, look-alikes); None when there is none."""
    reference = references.read(typed)
    return with_organization().filter(reference=reference).first() if reference else None


def submission(application: Application) -> Submission | None:
    """The frozen submission; None for a draft."""
    return Submission.objects.select_related("submitted_by").filter(application=application).first()


def digest_of(typed: str) -> str:
    """The digest that is on record for that number, however it was typed; "" when there is no such submission."""
    reference = references.read(typed)
    found = Submission.objects.filter(reference=reference).values_list("digest", flat=True) if reference else ()
    return next(iter(found), "")


def last_submitted_at(organization: Organization, program_key: str) -> datetime | None:
    """When the organization last submitted an application to the program."""
    found = Application.objects.filter(organization=organization, program_key=program_key, state=State.SUBMITTED)
    return found.aggregate(last=Max("submitted_at"))["last"]


def edition_of(application: Application) -> PublishedEdition:
    """The published edition that the application is pinned to."""
    return programs.edition(application.edition_id)


def submission_day(edition: PublishedEdition) -> date:
    """Today where the program lives: the day of an act done now."""
    return clock.today(edition.definition.program.zone)


def earliest_start(edition: PublishedEdition, on: date) -> Count:
    """The earliest first day of an activity for a submission on that day, with the holidays that were skipped.

    The day of the act is not counted; the last of the edition's days is the earliest start (guide: ``lead_time``).
    """
    return edition.definition.business_days.add(on, edition.definition.lead_time.days)


def decision_due(edition: PublishedEdition, submitted_at: datetime, context: Context) -> Count | None:
    """By when the program decides on an application with these answers, submitted then, and how that day was counted.

    None for an edition that promises nothing of the kind (``service_standards``: ``decision``, in business days).
    """
    days = edition.definition.decision_days(context)
    if days is None:
        return None
    day = submitted_at.astimezone(edition.definition.program.timezone).date()
    return edition.definition.business_days.add(day, days)


def promised(document: Mapping[str, Any]) -> Count | None:
    """By when the program decides, as the document of a submission has it; None when nothing was promised."""
    kept = document.get("decision")
    return Count.read(kept) if kept else None


def decision_promised(application: Application) -> Count | None:
    """The same for a submitted application. One statement."""
    kept = Submission.objects.values_list("document__decision", flat=True).get(application=application)
    return promised({"decision": kept})


def application_context(
    application: Application, on: date | None = None, values: Mapping[str, Any] | None = None
) -> Context:
    """The answers as the form engine reads them: the edition's numbers, the profile last sent, the earliest start.

    ``on`` is the day of submission to reckon with, today in the program's zone unless given; ``values`` are the
    answers of a draft, where they have been read already. A submitted application is read from its frozen document,
    whatever has changed since. One or two statements, one more when a rule asks for the profile, and one where the
    edition has a yearly limit.
    """
    edition = edition_of(application)
    if application.is_submitted:
        document = Submission.objects.values_list("document", flat=True).get(application=application)
        return submitted_context(edition, document)

    def profile() -> Mapping[str, Any]:
        found = organizations.profile(application.organization, application.program_key, "profile")
        return (found and found.snapshot) or {}

    day = on or submission_day(edition)
    return _context(
        edition,
        values=answers.values(application.sheet) if values is None else values,
        profile=profile,
        day=day,
        earliest=earliest_start(edition, day).date,
        already=totals.already(application.organization, edition),
    )


def submitted_context(edition: PublishedEdition, document: Mapping[str, Any]) -> Context:
    """The answers of a frozen submission, with the profile and the dates of its day."""
    lead = document["lead_time"]
    return _context(
        edition,
        values=document["answers"],
        profile=lambda: document["organization"]["profile"],
        day=date.fromisoformat(lead["start"]),
        earliest=date.fromisoformat(lead["date"]),
        already=totals.read_years(document.get("costs", {}).get("already", {})),
    )


def section_states(context: Context) -> list[tuple[Section, str]]:
    """Each section of the form with not_started, in_progress, complete, optional or not_needed."""
    return [(section, engine.section_state(context, section)) for section in context.form.sections]


def problems(context: Context) -> Sequence[engine.Problem]:
    """All that stands between the answers and a submission; intake, lead time and attestations are apart."""
    return engine.problems(context, level="submit")


def first_activity(edition: PublishedEdition, context: Context) -> date | None:
    """The first day of the earliest activity; None while no row has a readable date."""
    lead = edition.definition.lead_time
    days = [context.value(f"{lead.table}.{row}.{lead.column}") for row in context.rows(lead.table)]
    readable = [day for day in days if isinstance(day, str)]
    return date.fromisoformat(min(readable)) if readable else None


def with_organization() -> QuerySet[Application]:
    """Applications with what every page of theirs needs beside them, in the same statement."""
    return Application.objects.select_related("organization", "sheet")


def _context(
    edition: PublishedEdition,
    *,
    values: Mapping[str, Any],
    profile: Callable[[], Mapping[str, Any]],
    day: date,
    earliest: date,
    already: Mapping[int, Decimal],
) -> Context:
    """The context; the profile is fetched when a rule first asks for it, which few forms do."""
    definition = edition.definition
    seen = SimpleLazyObject(lambda: definition.context("profile", profile(), on=day))
    return definition.context(
        "application", values, on=day, profile=cast(Context, seen), earliest_start=earliest, already=already
    )
