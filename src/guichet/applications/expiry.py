"""Drafts that nobody has changed for as many days as their edition says: a letter once, then deleted, recoverable.

Days are those where the program lives. A draft is never deleted without its letter, nor sooner after it than the letter
said: a worker that was down for a month begins with the letter.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from guichet.answers import queries as answers
from guichet.applications import deletion, letters, queries, telling
from guichet.applications.actions import locked
from guichet.applications.models import Application, Told
from guichet.kernel import clock
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition


def warn() -> int:
    """Write about every draft that will be deleted before long. Returns about how many."""
    return sum(_warn(edition, draft) for edition in _expiring() for draft in telling.drafts(edition.id))


def expire() -> int:
    """Delete the drafts that were written about and whose day has come. Returns how many."""
    return sum(_expire(edition, draft) for edition in _expiring() for draft in telling.drafts(edition.id))


def _expiring() -> Iterator[PublishedEdition]:
    return (edition for edition in programs.editions() if edition.definition.drafts.expire_after_days is not None)


def _warn(edition: PublishedEdition, draft: Application) -> bool:
    last, today = _last_changed(draft), queries.submission_day(edition)
    ahead = timedelta(days=edition.definition.drafts.warn_days_before)
    if today < _day(edition, last) - ahead:
        return False

    def write(application: Application) -> None:
        letters.draft_expiring(application=application, on=max(_day(edition, last), today + ahead))

    return telling.once(draft, _about(last), write)


@transaction.atomic
def _expire(edition: PublishedEdition, draft: Application) -> bool:
    draft = locked(draft)
    last = _last_changed(draft)  # after the lock: whoever typed meanwhile keeps the draft
    told = Told.objects.filter(application=draft, about=_about(last)).first()
    if not draft.is_draft or told is None or queries.submission_day(edition) < _due(edition, last, told.told_at):
        return False
    deletion.put_away(None, draft)
    letters.draft_expired(application=draft)
    return True


def _due(edition: PublishedEdition, last: datetime, told_at: datetime) -> date:
    """The day that the letter named."""
    told_on = told_at.astimezone(edition.definition.program.timezone).date()
    return max(_day(edition, last), told_on + timedelta(days=edition.definition.drafts.warn_days_before))


def _day(edition: PublishedEdition, last: datetime) -> date:
    """The day on which a draft last changed then is deleted, if nobody changes it."""
    days = edition.definition.drafts.expire_after_days or 0
    return last.astimezone(edition.definition.program.timezone).date() + timedelta(days=days)


def _about(last: datetime) -> str:
    return f"expiring:{last.astimezone(UTC).isoformat()}"


def _last_changed(draft: Application) -> datetime:
    """When somebody last did something with it: began it, answered, or recovered it. One statement."""
    found = Application.objects.filter(pk=draft.pk).annotate(answered=answers.last_changed())
    moments = found.values_list("started_at", "answered", "recovered_at").get()
    return max((moment for moment in moments if moment), default=clock.now())
