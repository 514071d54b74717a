"""An examination from Update to its outcome: findings, due date, letters, history."""

import datetime as dt
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guichet.audit.queries import events_of
from guichet.eligibility import actions, queries
from guichet.eligibility.errors import (
    CaseClosed,
    CriterionUnknown,
    LetterChanged,
    OutcomeUnknown,
    ReasonMissing,
    Undecided,
)
from guichet.eligibility.letters import preview
from guichet.eligibility.models import Case, Finding
from guichet.mail.models import Letter
from guichet.organizations.errors import BusinessNumberTaken, ProfileIncomplete
from tests import people

pytestmark = pytest.mark.django_db

CRITERIA = ["established_in_canada", "for_profit", "legal_form", "business_number", "employees", "revenue"]
NBSP = "\u00a0"


def outcomes(case):
    return {finding.criterion: finding.outcome for finding in queries.case(case.public_id).findings.all()}


def letters(firm, name):
    return Letter.objects.filter(organization_id=firm.organization.public_id, name=name)


def letter(firm, name):
    return letters(firm, name).get()


def at(year, month, day, hour=12):
    return mock.patch("guichet.kernel.clock.now", lambda: dt.datetime(year, month, day, hour, tzinfo=dt.UTC))


def refuse(case, actor, *, outcome="not_met", reason="The number is not active."):
    return actions.override(actor=actor, case=case, criterion="business_number", outcome=outcome, reason=reason)


# Update opens it ----------------------------------------------------------------------------------------------------
def test_update_opens_an_examination_with_a_finding_for_each_criterion():
    firm = people.firm("filled")
    case = firm.update()
    assert (case.state, case.opened_by, case.program_key) == ("open", firm.signatory, people.PROGRAM)
    assert case.edition_id == firm.edition.id
    assert case.snapshot["employees"] == "12.5"
    assert outcomes(case) == dict.fromkeys(CRITERIA, "met")
    assert queries.current_case(firm.organization, people.PROGRAM) == case
    assert not queries.has_met(firm.organization, people.PROGRAM)
    opened = events_of("case", case.public_id)
    assert [event.event for event in opened] == ["case_opened"]
    assert opened[0].data["due_on"] == case.due_on.isoformat()


def test_a_finding_explains_itself_in_both_languages_with_the_figures():
    case = people.firm("sent", revenue="99999.99").case
    finding = Finding.objects.get(case=case, criterion="revenue")
    why = queries.explanation(finding)
    assert finding.outcome == "not_met"
    assert "$99,999.99" in why.en
    assert f"99{NBSP}999,99{NBSP}$" in why.fr


@pytest.mark.parametrize(
    ("changed", "criterion"),
    [
        ({"established_in_canada": False}, "established_in_canada"),
        ({"for_profit": False}, "for_profit"),
        ({"legal_form": "sole_proprietorship"}, "legal_form"),
        ({"business_number_active": False}, "business_number"),
        ({"employees": "500"}, "employees"),
        ({"revenue": "99999.99"}, "revenue"),
        ({"revenue": "100000000.01"}, "revenue"),
    ],
)
def test_one_criterion_that_is_not_met_is_the_only_one(changed, criterion):
    case = people.firm("sent", **changed).case
    assert outcomes(case) == dict.fromkeys(CRITERIA, "met") | {criterion: "not_met"}


@pytest.mark.parametrize("changed", [{"employees": "499.99"}, {"revenue": "100000.00"}, {"revenue": "100000000.00"}])
def test_figures_at_the_limit_are_met(changed):
    assert set(outcomes(people.firm("sent", **changed).case).values()) == {"met"}


def test_a_profile_that_cannot_be_sent_opens_nothing():
    firm = people.firm("filled", employees=None)
    with pytest.raises(ProfileIncomplete):
        firm.update()
    other = people.firm("sent")
    firm.answer(employees="3", business_number=other.organization.business_number)
    with pytest.raises(BusinessNumberTaken):
        firm.update()
    with pytest.raises(PermissionDenied):
        actions.submit_profile(
            actor=people.stranger(), organization=other.organization, edition=firm.edition, language="en"
        )
    assert not Case.objects.filter(organization=firm.organization).exists()
    assert not letters(firm, "profile_received").exists()
    assert letters(other, "profile_received").count() == 1


# The due date -------------------------------------------------------------------------------------------------------
def test_the_answer_is_due_in_five_business_days_with_the_holidays_that_are_not_counted():
    firm = people.firm("filled", language="fr")
    with at(2026, 6, 29):  # a Monday; Canada Day is the Wednesday
        case = firm.update()
    assert case.due_on == dt.date(2026, 7, 7)
    count = queries.due(queries.case(case.public_id))
    assert (count.start, count.days, count.date) == (dt.date(2026, 6, 29), 5, dt.date(2026, 7, 7))
    assert [(day.date, day.name.fr) for day in count.skipped] == [(dt.date(2026, 7, 1), "Fête du Canada")]
    received = letter(firm, "profile_received")
    assert (received.recipient, received.language) == (firm.signatory, "fr")
    assert received.subject == f"Profil reçu{NBSP}: Érablière du Lac inc."
    assert "au plus tard le 7 juillet 2026" in received.text
    assert "non comptés\u00a0: Fête du Canada (1er juillet 2026)" in received.text


def test_the_day_is_that_of_the_program_not_that_of_the_server():
    firm = people.firm("filled")
    with at(2026, 3, 3, hour=2):  # in Toronto it is still March 2
        assert firm.update().due_on == dt.date(2026, 3, 9)
    assert "by March 9, 2026" in letter(firm, "profile_received").text
    assert "no holiday falls in between" in letter(firm, "profile_received").text


# The outcome --------------------------------------------------------------------------------------------------------
def test_criteria_met_moves_on_and_writes_to_the_primary_contact_in_their_language():
    firm = people.firm("sent", language="fr")
    examiner = people.officer()
    case = actions.conclude(actor=examiner, case=firm.case)
    assert (case.state, case.concluded_by) == ("met", examiner)
    assert queries.has_met(firm.organization, people.PROGRAM)
    sent = letter(firm, "criteria_met")
    assert (sent.recipient, sent.language, sent.in_portal) == (firm.signatory, "fr", True)
    assert sent.organization_id == firm.organization.public_id
    assert sent.subject == f"Vérification de la création du compte{NBSP}: Critères atteints"
    assert "http://testserver/fr/" in sent.text
    concluded = events_of("case", case.public_id)[-1]
    assert (concluded.event, concluded.data) == ("case_concluded", {"outcome": "met", "failed": []})


def test_only_the_letter_that_was_read_is_sent():
    firm = people.firm("sent")
    examiner, colleague = people.officer(), people.officer()
    read = preview(case=queries.case(firm.case.public_id)).digest
    actions.override(actor=colleague, case=firm.case, criterion="for_profit", outcome="not_met", reason="A registry.")
    with pytest.raises(LetterChanged):
        actions.conclude(actor=examiner, case=firm.case, read=read)
    assert not letters(firm, "criteria_met").exists() and not letters(firm, "criteria_not_met").exists()
    read = preview(case=queries.case(firm.case.public_id)).digest
    assert actions.conclude(actor=examiner, case=firm.case, read=read).state == "not_met"
    assert "A registry." in letter(firm, "criteria_not_met").text


def test_the_english_subject_is_the_one_the_instructions_quote():
    firm = people.firm("met")
    assert letter(firm, "criteria_met").subject == "Account creation verification: Criteria met"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_criteria_not_met_names_each_with_its_guide_section_and_how_to_correct(language):
    firm = people.firm("sent", language=language, legal_form="other", revenue="5000")
    case = firm.conclude()
    assert case.state == "not_met"
    assert not queries.has_met(firm.organization, people.PROGRAM)
    sent = letter(firm, "criteria_not_met")
    assert (sent.recipient, sent.language) == (firm.signatory, language)
    guide = firm.edition.definition.guide
    for criterion in firm.edition.definition.criteria:
        named = criterion.key in ("legal_form", "revenue")
        assert (criterion.title.in_(language) in sent.text) == named
        assert (" ".join(criterion.correct.in_(language).split()) in " ".join(sent.text.split())) == named
    assert f"section 2.1, {guide.sections['2.1'].title.in_(language)}" in sent.text
    assert guide.link("2.1", language) in sent.text
    why = queries.explanation(Finding.objects.get(case=case, criterion="revenue"))
    assert why.in_(language) in sent.text


def test_nothing_typed_becomes_markup_in_a_letter():
    firm = people.firm("sent", legal_name="<b>Acme</b> [x](http://evil.example) {secret}")
    refuse(firm.case, people.officer(), reason="<script>alert(1)</script> {name} **not**")
    firm.conclude()
    sent = letter(firm, "criteria_not_met")
    assert "<script>" not in sent.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {name} **not**" in sent.html
    assert "&lt;b&gt;Acme&lt;/b&gt; [x](http://evil.example) {secret}" in sent.html


# Deciding otherwise -------------------------------------------------------------------------------------------------
def test_an_officer_decides_otherwise_with_a_reason():
    firm = people.firm("sent")
    examiner = people.officer()
    finding = refuse(firm.case, examiner)
    assert (finding.computed, finding.override, finding.outcome) == ("met", "not_met", "not_met")
    assert (finding.override_reason, finding.overridden_by) == ("The number is not active.", examiner)
    recorded = events_of("case", firm.case.public_id)[-1]
    assert recorded.event == "finding_overridden"
    assert recorded.data == {"criterion": "business_number", "computed": "met", "outcome": "not_met"}
    assert actions.conclude(actor=examiner, case=firm.case).state == "not_met"
    assert "The number is not active." in letter(firm, "criteria_not_met").text


def test_an_override_is_taken_back():
    firm = people.firm("sent")
    refuse(firm.case, people.officer())
    finding = refuse(firm.case, people.officer(), outcome="", reason="Never mind.")
    assert (finding.outcome, finding.override_reason, finding.overridden_by) == ("met", "", None)
    assert firm.conclude().state == "met"


@pytest.mark.parametrize(
    ("wrong", "refusal", "field"),
    [
        ({"reason": " \n"}, ReasonMissing, "reason"),
        ({"outcome": "unknown"}, OutcomeUnknown, "outcome"),
        ({"outcome": "maybe"}, OutcomeUnknown, "outcome"),
        ({"criterion": "colour"}, CriterionUnknown, None),
    ],
)
def test_an_override_that_cannot_be_is_refused(wrong, refusal, field):
    firm = people.firm("sent")
    said = {"criterion": "revenue", "outcome": "not_met", "reason": "Because."} | wrong
    with pytest.raises(refusal) as refused:
        actions.override(actor=people.officer(), case=firm.case, **said)
    assert refused.value.field == field
    assert set(outcomes(firm.case).values()) == {"met"}


def test_a_criterion_that_cannot_be_computed_is_decided_before_the_conclusion():
    firm = people.firm("sent")
    Finding.objects.filter(case=firm.case, criterion="revenue").update(computed="unknown")
    with pytest.raises(Undecided) as refused:
        firm.conclude()
    assert refused.value.params == {"criteria": ("revenue",)}
    actions.override(actor=people.officer(), case=firm.case, criterion="revenue", outcome="met", reason="Seen.")
    assert firm.conclude().state == "met"


# Once only ----------------------------------------------------------------------------------------------------------
def test_a_concluded_case_is_neither_concluded_nor_overridden_again():
    firm = people.firm("sent")
    stale = queries.case(firm.case.public_id)
    firm.conclude()
    with pytest.raises(CaseClosed) as refused:
        actions.conclude(actor=people.officer(), case=stale)
    assert refused.value.params == {"state": "met"}
    with pytest.raises(CaseClosed):
        refuse(stale, people.officer())
    assert letters(firm, "criteria_met").count() == 1


# Update again -------------------------------------------------------------------------------------------------------
def test_update_twice_is_one_examination():
    firm = people.firm("sent")
    first = firm.case
    assert firm.update() == first
    assert Case.objects.filter(organization=firm.organization).count() == 1
    assert letters(firm, "profile_received").count() == 1


def test_a_newer_profile_supersedes_the_one_that_waits():
    firm = people.firm("sent")
    first = firm.case
    firm.answer(city="Lévis")
    second = firm.update()
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "open")
    assert queries.current_case(firm.organization, people.PROGRAM) == second
    with pytest.raises(CaseClosed):
        actions.conclude(actor=people.officer(), case=first)
    assert [event.event for event in events_of("case", first.public_id)] == ["case_opened", "case_superseded"]


def test_a_corrected_profile_is_examined_anew_and_both_stay_in_the_history():
    firm = people.firm("sent", legal_form="other")
    failed = firm.conclude()
    firm.answer(legal_form="incorporated")
    second = firm.update()
    assert second != failed
    assert firm.conclude().state == "met"
    history = queries.history(firm.organization, people.PROGRAM)
    assert [(case, case.state) for case in history] == [(second, "met"), (failed, "not_met")]
    assert queries.has_met(firm.organization, people.PROGRAM)


def test_criteria_met_stay_met_while_nothing_they_read_changes():
    firm = people.firm("met")
    case = firm.case
    firm.answer(city="Lévis", web_site=None)
    assert firm.update() is None
    assert queries.current_case(firm.organization, people.PROGRAM) == case
    assert queries.has_met(firm.organization, people.PROGRAM)
    firm.answer(revenue="2000000.00")
    case = firm.update()
    assert case.state == "open"
    assert not queries.has_met(firm.organization, people.PROGRAM)


# The database -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wrong", [{"state": "met"}, {"state": "lost"}])
def test_the_database_ties_the_state_of_a_case_to_its_conclusion(wrong):
    firm = people.firm("sent")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=firm.case.pk).update(**wrong)


def test_the_database_refuses_a_second_open_case():
    case = people.firm("sent").case
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(
            organization=case.organization,
            program_key=case.program_key,
            edition_id=case.edition_id,
            snapshot={},
            opened_at=case.opened_at,
            opened_by=case.opened_by,
            due_on=case.due_on,
            due_reason={},
        )


@pytest.mark.parametrize("wrong", [{"override": "met"}, {"override_reason": "why"}, {"override": "unknown"}])
def test_the_database_ties_an_override_to_its_reason_and_its_author(wrong):
    case = people.firm("sent").case
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(case=case, criterion="revenue").update(**wrong)


# Preview ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("changed", [{}, {"revenue": "5000"}])
def test_the_preview_is_the_letter_that_is_sent(changed):
    firm = people.firm("sent", language="fr", **changed)
    shown = preview(case=queries.case(firm.case.public_id))
    sent_before = Letter.objects.filter(organization_id=firm.organization.public_id).count()
    firm.conclude()
    sent = Letter.objects.filter(organization_id=firm.organization.public_id).latest("id")
    assert sent_before == 1  # the preview sent nothing
    assert (shown.email, shown.language) == (sent.recipient_email, sent.language)
    assert (shown.composed.subject, shown.composed.text) == (sent.subject, sent.text)
