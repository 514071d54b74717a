"""What a program package says, typed: one program, one edition, and everything an applicant meets in it.

A package is text (docs/programs.md); this module is its grammar. Nothing here knows any particular program.
Unknown keys are refused everywhere, and every text exists in both languages.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator

from guichet.kernel import clock
from guichet.kernel.bilingual import Text
from guichet.kernel.calendar import BusinessCalendar, CalendarDefinition
from guichet.kernel.decimals import Exact, exact
from guichet.kernel.near import meant
from guichet.kernel.references import PREFIX
from guichet.questions.context import Context
from guichet.questions.costs import CostDefinition
from guichet.questions.definitions import Form
from guichet.questions.rules import Rule

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
FolderKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
Address = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
SectionNumber = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)*$")]

# The forms of an edition, as its document names them.
FormName = Literal["profile", "account_profile", "application"]
# The service standard that says within how many business days the program decides on an application.
DECISION = "decision"
# Pages of the portal that a text of a package may lead to; the web gives each its address.
PageName = Literal[
    "register", "login", "profile", "account_profile", "contacts", "applications", "messages", "help", "guide"
]


def _written_moment(value: Any) -> Any:
    """A date with a time, to the second at most. Whether its offset is right, ``checks`` says: it takes the zone."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("write a date, a time and the offset of the zone, as in 2026-02-04T12:00:00-05:00")
    return value


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
Moment = Annotated[datetime, BeforeValidator(_written_moment)]
Days = Annotated[int, BeforeValidator(exact), Field(ge=0, le=1000)]


class Part(BaseModel):
    """The base of every definition: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Mailboxes(Part):
    """Where people write: ``help`` for technical problems, ``program`` for questions about the program."""

    help: Address
    program: Address


class ProgramDefinition(Part):
    """program.yaml: what stays from edition to edition. May be changed at any time, unlike an edition.

    Programs are shown in their ``order``, those of the same number by key.
    """

    key: FolderKey
    name: Text
    family: Text
    short: Text
    owner: Text
    reference_prefix: Annotated[str, StringConstraints(pattern=PREFIX)]
    mailbox: Mailboxes
    zone: str
    order: Annotated[int, BeforeValidator(exact)] = 0

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            near = meant(value, sorted(available_timezones())) or " (for example America/Toronto)"
            raise ValueError(f"no time zone is called {value!r}{near}")
        return value

    @property
    def timezone(self) -> ZoneInfo:
        """The zone in which the program's days begin and end."""
        return ZoneInfo(self.zone)


class GuideSection(Part):
    """One section of the guide: its title, and its own address when it has one."""

    title: Text
    url: Text | None = None


class Guide(Part):
    """The applicant's guide of the edition; ``sections`` is keyed by section number ("2.1")."""

    title: Text
    url: Text
    sections: dict[SectionNumber, GuideSection]

    def link(self, section: str, language: str) -> str:
        """The address of a section, or of the whole guide where the section has none of its own."""
        own = self.sections[section].url
        return (own or self.url).in_(language)


class LeadTime(Part):
    """Days between submission and the first activity: the earliest ``table.column`` date, from guide ``guide``."""

    days: Days
    guide: SectionNumber
    table: str
    column: str

    @property
    def path(self) -> str:
        """The question that holds the date: ``activities.start``."""
        return f"{self.table}.{self.column}"


class Delay(Part):
    """The delay, in business days, of the applications of which ``when`` holds."""

    when: Rule
    days: Days


class FiscalYear(Part):
    """When the program's fiscal year begins: ``first_month`` 4 for April to March, 1 for the calendar year."""

    first_month: Annotated[int, Field(ge=1, le=12)] = 4


class Intake(Part):
    """A window in which applications are received; no ``opens`` or ``closes`` means no limit on that side.

    What officers decided later (another closing moment, a pause) is not here: ``queries.windows`` has both.
    """

    key: FolderKey
    title: Text
    opens: Moment | None = None
    closes: Moment | None = None


class Drafts(Part):
    """What becomes of drafts, in days of the calendar.

    One that nobody has changed for ``expire_after_days`` is deleted (None: never), after a letter ``warn_days_before``.
    A deleted one can be recovered for ``recover_days``.
    """

    expire_after_days: Annotated[int, BeforeValidator(exact), Field(ge=1, le=3660)] | None = None
    warn_days_before: Annotated[int, BeforeValidator(exact), Field(ge=1, le=365)] = 14
    recover_days: Annotated[int, BeforeValidator(exact), Field(ge=1, le=365)] = 30


class OrganizationFields(Part):
    """Which questions of *My profile* name the organization (paths)."""

    legal_name: str
    operating_name: str
    business_number: str


class Criterion(Part):
    """An eligibility criterion: ``rule`` is read over *My profile* (``{answer: path}``).

    ``meaning`` says what is asked in plain words, ``correct`` what to do when it is not met.
    """

    key: Key
    title: Text
    guide: SectionNumber
    rule: Rule
    meaning: Text
    correct: Text


class Attestation(Part):
    """One statement the signatory confirms at submission, kept word for word with the submission."""

    key: Key
    text: Text


class Step(Part):
    """One step of a figure: Markdown ``text``, and the page or guide section it leads to."""

    text: Text
    page: PageName | None = None
    guide: SectionNumber | None = None


class StepFigure(Part):
    """A numbered way in, drawn in the page; ``tab`` is the portal tab where it begins, ``page`` its address."""

    key: Key
    title: Text
    tab: Text
    page: PageName
    steps: tuple[Step, ...] = Field(min_length=1)


class HelpPage(Part):
    """A page under Help. ``figures`` are keys of the program page's figures, shown before the Markdown ``body``."""

    key: Key
    slug: Text
    title: Text
    body: Text
    figures: tuple[Key, ...] = ()


class CategoryNote(Part):
    """What one option of a choice question means, in a sentence or two, with its guide section."""

    option: str
    guide: SectionNumber | None = None
    summary: Text


class Categories(Part):
    """The kinds of cost that are funded: the options of ``question``, each with its note."""

    question: str
    intro: Text
    notes: tuple[CategoryNote, ...]


class Category(Part):
    """A category as the program page shows it: title from the question's option, note from the page."""

    key: str
    title: Text
    guide: str | None
    summary: Text


class Block(Part):
    """A titled block of the program page (Markdown body)."""

    key: Key
    title: Text
    body: Text


class ProgramPage(Part):
    """page.yaml: the program's public page."""

    summary: Text
    blocks: tuple[Block, ...]
    categories: Categories | None = None
    figures: tuple[StepFigure, ...]

    def figure(self, key: str) -> StepFigure:
        """The figure called ``key``. Raises KeyError."""
        return next((figure for figure in self.figures if figure.key == key), None) or _missing(key)


class OpenData(Part):
    """Texts and codes of the proactive publication of grants and contributions."""

    purpose: Text
    expected_results: Text
    agreement_type: Literal["G", "C", "O"]
    recipient_type: Literal["F", "N", "S", "A", "G", "I", "P", "O"]


class EditionDefinition(Part):
    """Everything of one edition, with its program. A published edition never changes."""

    # Question types are found when the first edition is read, not when this module is imported.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    program: ProgramDefinition
    key: FolderKey
    title: Text
    begins: date
    guide: Guide
    numbers: dict[Key, Exact]
    calendar: CalendarDefinition
    service_standards: dict[Key, Days]
    decision_delays: tuple[Delay, ...] = ()
    lead_time: LeadTime
    intakes: tuple[Intake, ...] = Field(min_length=1)
    intake_note: Text
    cost: CostDefinition
    fiscal_year: FiscalYear = FiscalYear()
    drafts: Drafts = Drafts()
    organization: OrganizationFields
    # The question in which the applicant names the project: shown beside the number in lists and letters.
    application_title: str | None = None
    open_data: OpenData | None = None
    profile: Form
    account_profile: Form
    application: Form
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    attestations: tuple[Attestation, ...] = Field(min_length=1)
    letters: dict[Key, Text] = {}
    help: tuple[HelpPage, ...] = ()
    page: ProgramPage

    @cached_property
    def business_days(self) -> BusinessCalendar:
        """The calendar of the edition, ready to count."""
        return BusinessCalendar(self.calendar)

    def decision_days(self, application: Context) -> int | None:
        """Within how many business days the program decides on an application; None where it promises nothing.

        The first of ``decision_delays`` whose rule holds, or else the ``decision`` of ``service_standards``.
        """
        chosen = (delay.days for delay in self.decision_delays if delay.when.evaluate(application) is True)
        return next(chosen, self.service_standards.get(DECISION))

    def context(
        self,
        form: FormName | Form,
        values: Mapping[str, Any],
        *,
        on: date | None = None,
        profile: Context | None = None,
        earliest_start: date | None = None,
        already: Mapping[int, Decimal] | None = None,
    ) -> Context:
        """The answers of a form as its rules see them: with the edition's figures, calendar and dates.

        ``on`` is the day of the act, today in the program's zone unless given; ``profile`` what rules of the other
        forms read of *My profile*; ``already`` what the organization asked for before, by fiscal year.
        """
        dates = {"today": on or clock.today(self.program.zone)}
        if earliest_start is not None:
            dates["earliest_start"] = earliest_start
        asked = getattr(self, form) if isinstance(form, str) else form
        return Context(
            form=asked,
            values=values,
            numbers=self.numbers,
            profile=profile,
            dates=dates,
            calendar=self.business_days,
            year_begins=self.fiscal_year.first_month,
            cost=self.cost if asked is self.application else None,
            already=already or {},
        )

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories of the program page, titles taken from the options of the question they stand for."""
        if self.page.categories is None:
            return ()
        question = self.application.question(self.page.categories.question)
        labels = {option.key: option.label for option in getattr(question, "choices", ())}
        return tuple(
            Category(key=note.option, title=labels[note.option], guide=note.guide, summary=note.summary)
            for note in self.page.categories.notes
        )

    def criterion(self, key: str) -> Criterion:
        """The criterion called ``key``. Raises KeyError."""
        return next((criterion for criterion in self.criteria if criterion.key == key), None) or _missing(key)

    def help_page(self, key: str) -> HelpPage:
        """The help page called ``key``. Raises KeyError."""
        return next((page for page in self.help if page.key == key), None) or _missing(key)


def _missing(key: str) -> Any:
    raise KeyError(key)
