"""Things to know about applications. Reading only, always ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from guichet.applications.models import Application, Submission

if TYPE_CHECKING:
    from guichet.kernel.calendar import Count
    from guichet.questions.context import Context
    from guichet.questions.engine import Problem


@dataclass(frozen=True)
class Step:
    """One thing that comes before a new application.

    ``key``: profile, criteria, account_profile or intake, in this order. ``state``: done; todo (the reader can do it
    now); waiting (somebody else must act now); blocked (an earlier step comes first). ``who``: member or program;
    ``names``: the members who can do it. ``due``: the day by which the program answers, where a clock runs.
    """

    key: str
    state: str
    who: str
    names: tuple[str, ...] = ()
    due: date | None = None


def readiness(organization: Any, edition: Any, user: Any) -> list[Step]:
    """The steps before a new application, in order, each with its state and who can do it."""
    raise NotImplementedError


def application(public_id: str) -> Application | None:
    """The application with its organization, sheet, edition and submitter, in one statement; None when unknown."""
    raise NotImplementedError


def applications_of(organization: Any, *, before: str = "", limit: int = 20) -> list[Application]:
    """An organization's applications, newest first, paged by key: ``before`` is the public id of the last one seen."""
    raise NotImplementedError


def by_reference(typed: str) -> Application | None:
    """The application with that number, however it was typed (case, dashes, look-alikes); None when there is none."""
    raise NotImplementedError


def submission(application: Application) -> Submission | None:
    """The frozen submission; None for a draft."""
    raise NotImplementedError


def edition_of(application: Application) -> Any:
    """The published edition that the application is pinned to."""
    raise NotImplementedError


def earliest_start(edition: Any, on: date) -> "Count":
    """The earliest first day of an activity for a submission on that day, with the holidays that were skipped."""
    raise NotImplementedError


def submission_day(edition: Any) -> date:
    """Today where the program lives: the day of an act done now."""
    raise NotImplementedError


def application_context(application: Application) -> "Context":
    """The answers as the form engine reads them: edition's numbers, the profile last updated, earliest start."""
    raise NotImplementedError


def section_states(context: "Context") -> list[tuple[Any, str]]:
    """Each section of the form with not_started, in_progress, complete or not_needed."""
    raise NotImplementedError


def problems(application: Application, context: "Context") -> Sequence["Problem"]:
    """All that stands between a draft and its submission, except lead time, intake and attestations."""
    raise NotImplementedError


def first_activity(edition: Any, context: "Context") -> date | None:
    """The first day of the earliest activity; None while no row has a date."""
    raise NotImplementedError
