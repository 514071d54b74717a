"""Submitting: what is asked, what is frozen, the number, the letters."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from guichet.answers import queries as stored
from guichet.answers.actions import Change, save
from guichet.applications import actions, queries
from guichet.applications.errors import (
    AttestationMissing,
    CriteriaNotMet,
    Incomplete,
    IntakeClosed,
    LeadTimeTooShort,
    NotSignatory,
)
from guichet.applications.models import Submission
from guichet.audit.queries import events_of
from guichet.kernel import references
from guichet.mail.models import Letter
from guichet.organizations.errors import NotAFile
from tests.applications.scene import EARLIEST, EVERY, NOON, pdf


def letters(application):
    return Letter.objects.filter(reference=application.reference).order_by("pk")


def refused_as_draft(scene, application, refusal, **arguments):
    with pytest.raises(refusal) as refused:
        scene.submit(application, **arguments)
    application.refresh_from_db()
    assert application.is_draft
    assert not Submission.objects.filter(application=application).exists()
    return refused.value


def test_a_complete_draft_is_submitted(scene):
    application = scene.complete()
    submission = scene.submit(application)
    application.refresh_from_db()
    assert (application.state, application.submitted_at, application.submitted_by) == ("submitted", NOON, scene.owner)
    assert application.reference == submission.reference
    assert references.read(submission.reference) == submission.reference
    assert submission.reference.startswith("TST-2026-")
    assert [event.event for event in events_of("application", application.public_id)][-1] == "application_submitted"
    assert events_of("application", application.public_id)[-1].data["digest"] == submission.digest


def test_an_organization_found_ineligible_meanwhile_cannot_submit(scene):
    application = scene.complete()
    scene.criteria("not_met")
    refused_as_draft(scene, application, CriteriaNotMet)
    scene.criteria("open")  # corrected, and being examined again
    assert scene.submit(application).reference.startswith("TST-2026-")


def test_the_document_says_all(scene):
    application = scene.complete(has_partner=True)
    plan = actions.attach_file(actor=scene.editor, application=application, path="plan", upload=pdf("Plan d’été.pdf"))
    taken_out = actions.attach_file(actor=scene.editor, application=application, path="quotes", upload=pdf())
    actions.remove_file(actor=scene.editor, application=application, path="quotes", file_id=taken_out.public_id)
    submission = scene.submit(application, scene.partner, language="fr")
    document = submission.document
    answers = document.pop("answers")
    assert answers["project"] == "Semis boréaux"
    assert answers["partner"] == "Hidden & Sons"
    assert answers["steps.secondrow.cost"] == "2000.00"
    assert answers["plan"]["file"] == plan.public_id
    assert "quotes" not in answers
    assert document == {
        "format": "guichet.submission/2",
        "reference": submission.reference,
        "application": application.public_id,
        "program": {"key": "minimal", "edition": "spring-2026", "edition_hash": scene.edition.hash},
        "language": "fr",
        "submitted_at": "2026-01-07T20:00:00.000000Z",
        "signed_by": {"id": scene.partner.public_id, "name": "Pascale Associée", "role": "signatory"},
        "organization": {
            "id": scene.organization.public_id,
            "legal_name": "Semis du Nord inc.",
            "operating_name": "",
            "business_number": None,
            "profile": {"legal_name": "Semis du Nord inc.", "employees": 12},
            "account_profile": {"products": "Graines"},
        },
        "attestations": [
            {"key": "authority", "text": "Je peux signer au nom de l’organisme."},
            {"key": "truth", "text": "Tout cela est exact."},
        ],
        "files": [
            {
                "path": "plan",
                "file": plan.public_id,
                "name": plan.name,
                "kind": "pdf",
                "size": plan.size,
                "sha256": plan.sha256,
            }
        ],
        "costs": {
            "cost": "3234.50",
            "eligible": "3234.50",
            "contribution": "1617.25",
            "requested": "1617.25",
            "other": "0.00",
            "own_share": "1617.25",
            "reductions": [],
            "years": {"2025": "1617.25"},
            "already": {},
        },
        "decision": None,
        "lead_time": {
            "first_activity": "2026-01-21",
            "start": "2026-01-07",
            "days": 10,
            "date": "2026-01-21",
            "skipped": [],
        },
    }
    assert submission.attestations == document["attestations"]
    assert (submission.language, submission.role, submission.edition_hash) == ("fr", "signatory", scene.edition.hash)


def test_anybody_can_recompute_the_digest(scene):
    submission = scene.submit(scene.complete())
    submission.refresh_from_db()
    assert hashlib.sha256(submission.canonical.encode()).hexdigest() == submission.digest
    assert json.loads(submission.canonical) == submission.document
    again = json.dumps(submission.document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again == submission.canonical  # the keys are plain letters here, so that Python's order is RFC 8785's


def test_hidden_answers_stay_out_and_stay_in_the_sheet(scene):
    application = scene.complete(has_partner=False)
    submission = scene.submit(application)
    assert "partner" not in submission.document["answers"]
    assert "Hidden" not in submission.canonical
    assert stored.values(application.sheet)["partner"] == "Hidden & Sons"


def test_submitting_again_returns_the_same(scene):
    application = scene.complete()
    first = scene.submit(application)
    assert scene.submit(application) == first
    assert scene.submit(application, scene.partner, request_key="key-2", attestations=set()) == first
    assert first.request_key == "key-1"
    application.refresh_from_db()
    assert letters(application).count() == 1
    events = [event.event for event in events_of("application", application.public_id)]
    assert events.count("application_submitted") == 1


def test_submitting_again_is_for_signatories_only(scene):
    application = scene.complete()
    scene.submit(application)
    with pytest.raises(NotSignatory):
        scene.submit(application, scene.editor)
    with pytest.raises(PermissionDenied):
        scene.submit(application, scene.stranger)


def test_only_a_signatory_submits(scene):
    application = scene.complete()
    for user in (scene.editor, scene.reader):
        refusal = refused_as_draft(scene, application, NotSignatory, actor=user)
        assert refusal.params == {"signatories": ("Olive Owner", "Pascale Associée")}
    for user in (scene.stranger, scene.officer):
        refused_as_draft(scene, application, PermissionDenied, actor=user)


def test_an_incomplete_application_is_not_submitted(scene):
    application = scene.complete(summary=None, steps__firstrow__cost={"unreadable": "beaucoup"})
    refusal = refused_as_draft(scene, application, Incomplete)
    assert [problem.path for problem in refusal.params["problems"]] == ["summary", "steps.firstrow.cost"]


def test_a_question_may_depend_on_the_profile_as_last_sent(scene):
    application = scene.complete()
    scene.send_profile("profile", {"legal_name": "Semis du Nord inc.", "employees": 45}, at=NOON)
    refusal = refused_as_draft(scene, application, Incomplete)
    assert [problem.path for problem in refusal.params["problems"]] == ["growth"]
    scene.save(application, {"growth": "Slowly"})
    assert scene.submit(application).document["answers"]["growth"] == "Slowly"


def test_an_empty_application_is_not_submitted(scene):
    refused_as_draft(scene, scene.start(), Incomplete)


def test_every_attestation_is_asked_for(scene):
    refusal = refused_as_draft(scene, scene.complete(), AttestationMissing, attestations={"truth", "forged"})
    assert (refusal.field, refusal.params) == ("authority", {"missing": ("authority",)})


def test_too_early_an_activity_is_refused_with_its_reason(scene, clock):
    clock.move_to(datetime(2026, 3, 26, 19, tzinfo=UTC))  # Thursday; Good Friday is 3 April
    application = scene.complete(steps__firstrow__start="2026-04-09", steps__secondrow__start="2026-05-01")
    refusal = refused_as_draft(scene, application, LeadTimeTooShort)
    skipped = refusal.params.pop("skipped")
    assert refusal.params == {
        "first": date(2026, 4, 9),
        "earliest": date(2026, 4, 10),
        "submitted_on": date(2026, 3, 26),
        "days": 10,
        "guide": "2",
    }
    assert [(day.date, day.name.en) for day in skipped] == [(date(2026, 4, 3), "Good Friday")]
    scene.save(application, {"steps.firstrow.start": "2026-04-10"})
    assert scene.submit(application).document["lead_time"]["skipped"][0]["name"]["fr"] == "Vendredi saint"


def test_the_day_is_the_program_s_own(scene, clock):
    """22:30 on the 7th in Vancouver is the 8th in Toronto and in UTC: the 7th counts."""
    clock.move_to(datetime(2026, 1, 8, 6, 30, tzinfo=UTC))
    submission = scene.submit(scene.complete(steps__firstrow__start=EARLIEST.isoformat()))
    assert submission.document["lead_time"]["start"] == "2026-01-07"


def test_one_minute_later_it_is_the_next_day(scene, clock):
    clock.move_to(datetime(2026, 1, 8, 8, 0, tzinfo=UTC))
    refusal = refused_as_draft(scene, scene.complete(), LeadTimeTooShort)
    assert refusal.params["earliest"] == date(2026, 1, 22)


def test_the_number_is_of_the_program_s_year(scene, clock):
    clock.move_to(datetime(2026, 1, 8, 6, 30, tzinfo=UTC))
    assert scene.submit(scene.complete()).reference.startswith("TST-2026-")


def test_a_closed_intake_is_refused_to_the_second(scene, clock):
    clock.move_to(datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC))
    application = scene.complete(steps__firstrow__start="2026-12-01", steps__secondrow__start="2026-12-01")
    clock.move_to(datetime(2026, 7, 1, 0, 0, 0, tzinfo=UTC))
    refused_as_draft(scene, application, IntakeClosed)
    clock.move_to(datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC))
    assert scene.submit(application).submitted_at == datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def test_an_attachment_of_somebody_else_is_not_submitted(scene):
    """However it came into the sheet: the document must not vouch for a file that the application does not hold."""
    application = scene.complete()
    forged = {"file": "x" * 22, "name": "plan.pdf", "size": 5, "sha256": "0" * 64}
    save(actor=scene.owner, sheet=application.sheet, changes=[Change("plan", forged, 0)])
    refused_as_draft(scene, application, NotAFile)


def test_a_refused_submission_gives_its_number_back(scene):
    first = scene.submit(scene.complete()).reference
    for kind in ("profile", "account_profile"):
        scene.send_profile(kind, {}, at=datetime(2026, 1, 9, tzinfo=UTC))
    application = scene.complete(summary=None)
    refused_as_draft(scene, application, Incomplete)
    scene.save(application, {"summary": "There"})
    second = scene.submit(application).reference
    assert int(second.split("-")[2]) == int(first.split("-")[2]) + 1


def test_a_submitted_application_is_read_from_its_document(scene):
    application = scene.complete()
    scene.submit(application)
    scene.send_profile("profile", {"legal_name": "Autre nom inc."}, at=datetime(2026, 2, 1, tzinfo=UTC))
    application = queries.application(application.public_id)
    context = queries.application_context(application)
    assert context.profile.value("legal_name") == "Semis du Nord inc."
    assert context.dates == {"today": NOON.date(), "earliest_start": EARLIEST}
    assert context.value("project") == "Semis boréaux"


@pytest.mark.parametrize("typed", ["{}", "  {} ", "lower", "bare", "zeros"])
def test_an_officer_finds_it_however_the_number_is_typed(scene, typed):
    application = scene.complete()
    reference = scene.submit(application).reference
    typed = {
        "lower": reference.lower(),
        "bare": reference.replace("-", ""),
        "zeros": reference.replace("0", "O"),
    }.get(typed, typed.format(reference))
    assert queries.by_reference(typed) == application


def test_a_wrong_number_finds_nothing(scene):
    reference = scene.submit(scene.complete()).reference
    wrong = reference[:-1] + ("A" if reference[-1] != "A" else "B")
    for typed in ("", "x", "CXS-2026-00001", wrong, "'; drop table", "9" * 10_000):
        assert queries.by_reference(typed) is None


# Letters ----------------------------------------------------------------------------------------------------------


def test_the_submitter_gets_a_letter_with_the_number(scene):
    application = scene.complete()
    submission = scene.submit(application)
    application.refresh_from_db()
    [letter] = letters(application)
    assert (letter.recipient_email, letter.language, letter.name) == (scene.owner.email, "en", "submission_received")
    assert submission.reference in letter.subject
    for said in (
        submission.reference,
        "Semis boréaux",
        "Semis du Nord inc.",
        "January 7, 2026, 12:00:00 p.m. (PST)",
        submission.digest,
        "Seedling Fund",
        "program@tests.example",
        "Olive Owner",
        f"/en/application/{application.public_id}/",
    ):
        assert said in letter.text, said
    assert letter.organization_id == scene.organization.public_id
    assert letter.in_portal


def test_the_primary_contact_gets_one_too_each_in_their_language(scene):
    application = scene.complete()
    submission = scene.submit(application, scene.partner, language="en")
    application.refresh_from_db()
    to = {letter.recipient_email: letter for letter in letters(application)}
    assert set(to) == {scene.owner.email, scene.partner.email}
    assert to[scene.owner.email].language == "en"
    french = to[scene.partner.email]
    assert french.language == "fr"
    assert french.subject == f"{submission.reference}\u00a0: nous avons reçu votre demande au programme Fonds Semis"
    assert "7 janvier 2026, 12\u00a0h\u00a000\u00a0min\u00a00\u00a0s (HNP)" in french.text
    assert "Pascale Associée" in french.text


def test_a_refusal_writes_no_letter(scene):
    refused_as_draft(scene, scene.complete(), AttestationMissing, attestations=set())
    assert not Letter.objects.filter(user_letters(scene)).exists()


def user_letters(scene):
    return Q(recipient__in=[scene.owner, scene.partner])


def test_names_and_titles_are_untrusted_in_letters(scene):
    scene.owner.name = "<b>Olive</b>\nBcc: all@x.example"
    scene.owner.save()
    application = scene.complete(project="<script>alert(1)</script> [x](javascript:y)")
    scene.submit(application)
    application.refresh_from_db()
    [letter] = letters(application)
    assert "<script>" not in letter.html
    assert "<b>Olive" not in letter.html
    assert 'href="javascript' not in letter.html
    assert "\n" not in letter.subject


def test_a_submission_costs_a_constant_number_of_statements(scene, django_assert_max_num_queries):
    application = scene.complete()
    scene.save(application, {f"steps.row{number:05}": number + 5 for number in range(30)})
    scene.save(application, {f"steps.row{number:05}.what": "x" for number in range(30)})
    scene.save(application, {f"steps.row{number:05}.start": "2026-04-01" for number in range(30)})
    scene.save(application, {f"steps.row{number:05}.cost": "10.00" for number in range(30)})
    with django_assert_max_num_queries(32):
        actions.submit(actor=scene.owner, application=application, attestations=EVERY, language="en")
