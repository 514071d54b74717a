"""A draft goes on in a newer edition of its program.

It stays on its own edition until somebody of the organization asks for this. Answers are never deleted: those whose
question is gone stay in the sheet, those whose question changed type are read again, and kept as written when they
cannot be; the history has every former value.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from guichet.accounts.models import User
from guichet.answers import actions as answers
from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.applications import queries
from guichet.applications.actions import TITLE_LENGTH, locked_draft
from guichet.applications.errors import EditionChanged, NothingToCarryOver
from guichet.applications.models import Application, CarriedOver
from guichet.audit.actions import record
from guichet.kernel import clock
from guichet.kernel.bilingual import Text
from guichet.kernel.canonical import plain
from guichet.programs import queries as programs
from guichet.programs.queries import PublishedEdition
from guichet.questions import moving
from guichet.questions.moving import Difference


@transaction.atomic
def carry_over(*, actor: User, application: Application, edition: PublishedEdition, language: str) -> CarriedOver:
    """Move a draft to the program's newer edition; a second call, at once or later, returns the same record.

    1. The actor may change applications of the organization; the application is locked, and a draft.
    2. The edition is the newer one on offer.
    3. Write anew the answers whose question changed type, as read in ``language``; all others stay untouched.
    4. Move the application, with the name of its project; keep what is new, changed and gone; record the event.

    Raises PermissionDenied, AlreadySubmitted, NothingToCarryOver.
    """
    try:
        draft = locked_draft(actor, application)
    except EditionChanged:  # somebody was faster
        draft = locked_draft(actor, queries.with_organization().get(pk=application.pk))
    if draft.edition_id == edition.id and (done := carried(draft)):
        return done[0]
    newer = newer_edition(draft)
    if newer is None or newer.id != edition.id:
        raise NothingToCarryOver()
    before = queries.edition_of(draft)
    values = _rewritten(actor, draft, before, edition, language)
    Application.objects.filter(pk=draft.pk).update(edition_id=edition.id, title=_title(edition, values))
    return _keep(actor, draft, before, edition)


def newer_edition(application: Application) -> PublishedEdition | None:
    """The edition to which a draft can be moved: the one on offer now, if it is newer than its own. One statement."""
    if not application.is_draft:
        return None
    own, now = queries.edition_of(application), programs.current_edition(application.program_key)
    return now if now.id != own.id and now.definition.begins >= own.definition.begins else None


def differences(before: PublishedEdition, after: PublishedEdition) -> list[Difference]:
    """What is new, changed and gone in the application's form, from one edition to another."""
    return moving.differences(before.definition.application, after.definition.application)


def carried(application: Application) -> list[CarriedOver]:
    """The ways of an application to newer editions, the newest first, with who asked for them. One statement."""
    return list(CarriedOver.objects.filter(application=application).select_related("carried_by").order_by("-id"))


def differences_of(record: CarriedOver) -> list[Difference]:
    """What was new, changed and gone then."""
    return [_read(line) for line in record.differences]


def _rewritten(
    actor: User, application: Application, before: PublishedEdition, after: PublishedEdition, language: str
) -> dict[str, Any]:
    """Every answer as it stands afterwards."""
    now = stored.answers(application.sheet)
    values = {path: answer.value for path, answer in now.items()}
    anew = moving.moved(before.definition.application, after.definition.application, values, language)
    changes = [Change(path, value, now[path].version) for path, value in anew.items()]
    answers.save(actor=actor, sheet=application.sheet, changes=changes)
    return values | anew


def _title(edition: PublishedEdition, values: Mapping[str, Any]) -> str:
    """The name of the project, which another question may hold now."""
    title = values.get(edition.definition.application_title or "")
    return title[:TITLE_LENGTH] if isinstance(title, str) else ""


def _keep(actor: User, application: Application, before: PublishedEdition, after: PublishedEdition) -> CarriedOver:
    found = differences(before, after)
    kept = CarriedOver.objects.create(
        application=application,
        before_id=before.id,
        after_id=after.id,
        differences=[plain(asdict(each)) for each in found],
        carried_at=clock.now(),
        carried_by=actor,
    )
    record(
        actor=actor,
        event="application_carried_over",
        subject_type="application",
        subject_id=application.public_id,
        organization_id=application.organization.public_id,
        before=before.key,
        after=after.key,
        **{kind: [each.path for each in found if each.kind == kind] for kind in ("new", "changed", "gone")},
    )
    return kept


def _read(line: Mapping[str, Any]) -> Difference:
    texts = {name: Text(**line[name]) if line[name] else None for name in ("label", "section", "table")}
    return Difference(kind=line["kind"], path=line["path"], what=tuple(line["what"]), **texts)  # type: ignore[arg-type]
