"""By when the program decides, for an edition that says so: counted, frozen, and told in the letter with the reason."""

from datetime import UTC, date, datetime

import pytest

from guichet.applications import actions, queries
from guichet.mail.models import Letter
from tests.applications.editions import newer

STANDARD = (
    "service_standards: {profile_examination: 5}",
    "service_standards: {profile_examination: 5, decision: 60}",
)


DELAYED = (
    STANDARD[0],
    STANDARD[1]
    + """
decision_delays:
  - {when: {at_least: [{sum: steps.cost}, 1000000]}, days: 120}
  - {when: {at_least: [{sum: steps.cost}, 1]}, days: 90}
  - {when: {at_least: [{sum: steps.cost}, 0]}, days: 30}""",
)


@pytest.fixture
def edition(scene, tmp_path):
    """The newer edition, which promises a decision within 60 business days."""
    return newer(tmp_path, changes=(), edition=(STANDARD,))


@pytest.fixture
def submission(scene, edition):
    draft = actions.start(actor=scene.owner, organization=scene.organization, edition=edition)
    scene.fill(draft)
    draft.refresh_from_db()
    return scene.submit(draft, scene.partner)


def test_the_day_is_counted_in_the_program_s_zone(edition):
    # Nine in the evening of January 7 in Vancouver is January 8 in UTC.
    late = datetime(2026, 1, 8, 5, tzinfo=UTC)
    due = queries.decision_due(edition, late, edition.definition.context("application", {}))
    assert (due.start, due.days, due.date) == (date(2026, 1, 7), 60, date(2026, 4, 1))


def test_an_edition_without_the_standard_promises_nothing(scene):
    context = scene.edition.definition.context("application", {})
    assert queries.decision_due(scene.edition, datetime(2026, 1, 7, tzinfo=UTC), context) is None


def test_the_promise_is_frozen_with_the_submission(submission):
    assert (submission.document["decision"]["date"], submission.document["decision"]["days"]) == ("2026-04-01", 60)


def test_the_letter_says_by_when_and_why_in_the_reader_s_language(scene, submission):
    letters = {letter.recipient_email: letter.text for letter in Letter.objects.filter(reference=submission.reference)}
    english = " ".join(letters[scene.owner.email].split())
    french = " ".join(letters[scene.partner.email].split())
    assert "writes to you with its decision by April 1, 2026. That is 60 business days" in english
    assert "communiquera sa décision au plus tard le 1er avril 2026. Soit 60 jours ouvrables, à compter du" in french


def test_the_letter_of_the_older_edition_is_as_it_was(scene):
    scene.submit(scene.complete())
    text = " ".join(Letter.objects.latest("id").text.split())
    assert "will write to you; you have nothing to do for now." in text


def test_the_first_rule_that_holds_chooses_another_delay_which_stays(scene, tmp_path):
    edition = newer(tmp_path, changes=(), edition=(DELAYED,))
    draft = actions.start(actor=scene.owner, organization=scene.organization, edition=edition)
    scene.fill(draft)
    draft.refresh_from_db()
    submission = scene.submit(draft, scene.partner)
    assert submission.document["decision"]["days"] == 90
    draft.refresh_from_db()
    promised = queries.decision_promised(draft)
    assert promised == queries.promised(submission.document)
    assert (promised.days, promised.date.isoformat()) == (90, submission.document["decision"]["date"])
    english = " ".join(Letter.objects.filter(recipient_email=scene.owner.email).latest("id").text.split())
    assert "That is 90 business days" in english


def test_where_no_rule_holds_the_general_delay_does(scene, tmp_path):
    edition = newer(tmp_path, changes=(), edition=(DELAYED,))
    assert edition.definition.decision_days(edition.definition.context("application", {})) == 60


def test_a_submission_to_which_nothing_was_promised_says_so(scene):
    draft = scene.complete()
    submission = scene.submit(draft)
    assert queries.promised(submission.document) is None
    assert queries.decision_promised(draft) is None
