"""What happens in an examination: a profile is sent, a finding overridden, the case concluded."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guichet.accounts import permissions
from guichet.accounts.models import User
from guichet.audit import actions as audit
from guichet.eligibility import access, letters, queries
from guichet.eligibility.errors import (
    CaseClosed,
    CriteriaFirst,
    CriterionUnknown,
    LetterChanged,
    OutcomeUnknown,
    ReasonMissing,
    Undecided,
)
from guichet.eligibility.models import Case, Finding
from guichet.eligibility.states import MOVES, Outcome, State
from guichet.kernel.clock import now
from guichet.kernel.states import IllegalMove, StaleMove, move
from guichet.organizations import actions as organizations
from guichet.organizations.access import can_transmit
from guichet.organizations.models import Organization, Profile
from guichet.programs.queries import PublishedEdition


@transaction.atomic
def submit_profile(*, actor: User, organization: Organization, edition: PublishedEdition, language: str) -> Case | None:
    """Update *My profile* and open its examination.

    1. Nobody else sends or concludes meanwhile; the profile is updated (``organizations.actions.update_profile``).
    2. The same profile, waiting already: that examination goes on. Criteria met, and nothing that they read has
       changed: no examination.
    3. An open examination of an older profile is superseded.
    4. Compute the findings and the due date; record the event; write to the primary contact.

    Returns the open case, or None when the criteria stay met. ``language`` is that of the page it was sent from.
    Raises PermissionDenied, ProfileIncomplete, BusinessNumberTaken.
    """
    _lock(organization, edition)
    profile = organizations.update_profile(actor=actor, organization=organization, edition=edition)
    snapshot = profile.snapshot or {}
    current = queries.current_case(organization, edition.program_key)
    if current is not None and current.edition_id == edition.id:
        if current.state == State.OPEN and current.snapshot == snapshot:
            return current
        if current.state == State.MET and queries.reads_same(edition, current.snapshot, snapshot):
            return None
    if current is not None and current.state == State.OPEN:
        _supersede(actor, current)
    case = _open(actor, organization, edition, snapshot)
    _record(actor, "case_opened", case, edition=edition.hash, due_on=case.due_on, language=language)
    letters.profile_received(case=case, edition=edition)
    return case


@transaction.atomic
def transmit_account_profile(*, actor: User, organization: Organization, edition: PublishedEdition) -> Profile:
    """Transmit the account profile, which comes once the criteria are met.

    Raises CriteriaFirst, and what ``organizations.actions.transmit_account_profile`` raises.
    """
    if can_transmit(actor, organization) and not queries.has_met(organization, edition.program_key):
        raise CriteriaFirst()
    return organizations.transmit_account_profile(actor=actor, organization=organization, edition=edition)


@transaction.atomic
def override(*, actor: User, case: Case, criterion: str, outcome: str, reason: str) -> Finding:
    """Decide a criterion otherwise than the rules, with a reason; ``outcome`` "" takes an override back.

    Raises PermissionDenied, CaseClosed, CriterionUnknown, OutcomeUnknown, ReasonMissing.
    """
    if not access.can_conclude(actor, case):
        raise PermissionDenied(permissions.CONCLUDE_CASE)
    _require_open(case)
    finding = Finding.objects.filter(case=case, criterion=criterion).first()
    if finding is None:
        raise CriterionUnknown(criterion=criterion)
    if outcome not in ("", Outcome.MET, Outcome.NOT_MET):
        raise OutcomeUnknown(field="outcome")
    reason = reason.strip() if outcome else ""
    if outcome and not reason:
        raise ReasonMissing(field="reason")
    finding.override, finding.override_reason = outcome, reason
    finding.overridden_at, finding.overridden_by = (now(), actor) if outcome else (None, None)
    finding.save(update_fields=["override", "override_reason", "overridden_at", "overridden_by"])
    _record(actor, "finding_overridden", case, criterion=criterion, computed=finding.computed, outcome=outcome)
    return finding


@transaction.atomic
def conclude(*, actor: User, case: Case, read: str | None = None) -> Case:
    """Conclude by the findings, once.

    1. The actor is an officer who does not act for the organization.
    2. The case is open, and nobody else has concluded it; every criterion is decided.
    3. The letter is still the one that the officer has read: ``read`` is its digest (None: nobody read one).
    4. Move it; record the event; write to the primary contact, with the next step or with what to correct.

    Raises PermissionDenied, CaseClosed, Undecided, LetterChanged.
    """
    if not access.can_conclude(actor, case):
        raise PermissionDenied(permissions.CONCLUDE_CASE)
    _require_open(case)
    findings = list(Finding.objects.filter(case=case))
    undecided = tuple(finding.criterion for finding in findings if finding.outcome == Outcome.UNKNOWN)
    if undecided:
        raise Undecided(criteria=undecided)
    if read is not None and read != letters.digest_of(Case.objects.get(pk=case.pk)):
        raise LetterChanged()
    failed = [finding.criterion for finding in findings if finding.outcome == Outcome.NOT_MET]
    _move(case, "find_not_met" if failed else "find_met", concluded_at=now(), concluded_by=actor)
    case.refresh_from_db()
    _record(actor, "case_concluded", case, outcome=case.state, failed=failed)
    letters.outcome(case=case)
    return case


def _lock(organization: Organization, edition: PublishedEdition) -> None:
    """Hold the organization and its open case until the transaction ends; before the log, which everybody waits for."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    cases = Case.objects.filter(organization=organization, program_key=edition.program_key, state=State.OPEN)
    list(cases.select_for_update(no_key=True).values_list("pk"))


def _open(actor: User, organization: Organization, edition: PublishedEdition, snapshot: dict[str, Any]) -> Case:
    count = queries.answer_due(edition)
    case = Case.objects.create(
        organization=organization,
        program_key=edition.program_key,
        edition_id=edition.id,
        snapshot=snapshot,
        opened_at=now(),
        opened_by=actor,
        due_on=count.date,
        due_reason=count.document(),
    )
    Finding.objects.bulk_create(
        Finding(
            case=case,
            criterion=found.criterion.key,
            computed=found.outcome,
            explanation=found.explanation.model_dump(),
        )
        for found in queries.compute(edition, snapshot)
    )
    return case


def _supersede(actor: User, case: Case) -> None:
    _move(case, "supersede")
    _record(actor, "case_superseded", case)


def _require_open(case: Case) -> None:
    """Lock the case until the transaction ends. Raises CaseClosed when it is open no more."""
    state = Case.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=case.pk)
    if state != State.OPEN:
        raise CaseClosed(state=state)


def _move(case: Case, verb: str, **fields: Any) -> None:
    """Move an open case. Raises CaseClosed when somebody was first."""
    try:
        move(Case.objects.filter(pk=case.pk), state_now=State.OPEN, verb=verb, moves=MOVES, **fields)
    except (IllegalMove, StaleMove) as error:
        raise CaseClosed(state=case.state) from error


def _record(actor: User, event: str, case: Case, **data: Any) -> None:
    audit.record(
        actor=actor,
        event=event,
        subject_type="case",
        subject_id=case.public_id,
        organization_id=case.organization.public_id,
        **data,
    )
