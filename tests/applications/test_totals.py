"""The yearly limit over the programs of a family, and the totals that a submission keeps."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from guichet.applications import actions, queries, totals
from guichet.applications.models import Application, Submission
from guichet.kernel.canonical import canonical
from guichet.questions.costs import compute
from tests.applications.editions import newer
from tests.applications.scene import Scene

YEARLY = (
    'cost: {table: steps, amount: cost, share: "0.50", ceiling: "10000"}',
    'cost: {table: steps, amount: cost, share: "0.50", ceiling: "10000", yearly_limit: {limit: "2000", date: start}}',
)
AGAIN = datetime(2026, 1, 8, 20, tzinfo=UTC)


@pytest.fixture
def limited(scene, tmp_path):
    """The newer edition, in which a fiscal year pays at most 2,000; one application of the older one is submitted."""
    scene.submit(scene.complete())
    return newer(tmp_path, changes=(), edition=(YEARLY,))


@pytest.fixture
def draft(scene: Scene, limited, clock) -> Application:
    """A complete draft of that edition: 1,617.25 in fiscal year 2025–2026, as much as the application before it."""
    clock.move_to(AGAIN)
    for kind, values in (("profile", {"legal_name": "Semis", "employees": 12}), ("account_profile", {"products": "G"})):
        scene.send_profile(kind, values, at=AGAIN)
    draft = actions.start(actor=scene.owner, organization=scene.organization, edition=limited)
    scene.fill(draft, steps__firstrow__start="2026-01-22")
    draft.refresh_from_db()
    return draft


def test_what_was_asked_for_before_counts_against_the_year(draft, limited):
    context = queries.application_context(draft)
    assert context.already == {2025: Decimal("1617.25")}
    costs = compute(limited.definition.cost, context)
    assert (str(costs.requested), str(costs.reduction("yearly").amount)) == ("382.75", "1234.50")


def test_the_totals_are_frozen_with_their_explanation(scene, draft):
    frozen = scene.submit(draft).document["costs"]
    assert (frozen["requested"], frozen["years"], frozen["already"]) == (
        "382.75",
        {"2025": "382.75"},
        {"2025": "1617.25"},
    )
    (reduction,) = frozen["reductions"]
    assert (reduction["key"], reduction["on"], reduction["amount"]) == ("yearly", "contribution", "1234.50")
    assert "reduced by $1,234.50" in reduction["text"]["en"]
    assert "réduction de 1\N{NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}$" in reduction["text"]["fr"]


def test_a_submitted_application_is_reckoned_as_it_was_then(scene, draft, limited):
    scene.submit(draft)
    draft.refresh_from_db()
    assert queries.application_context(draft).already == {2025: Decimal("1617.25")}
    assert totals.already(scene.organization, limited) == {2025: Decimal("2000.00")}


def test_drafts_and_other_organizations_do_not_count(scene, draft, limited):
    assert totals.already(scene.organization, limited) == {2025: Decimal("1617.25")}
    assert totals.already(scene.elsewhere, limited) == {}


def test_other_families_do_not_count(scene, limited):
    other = limited.definition.program.family.model_copy(update={"fr": "Autre"})
    program = limited.definition.program.model_copy(update={"family": other})
    definition = limited.definition.model_copy(update={"program": program})
    elsewhere = type(limited)(limited.id, limited.program_key, limited.key, limited.hash, definition)
    assert totals.already(scene.organization, elsewhere) == {}


def test_a_record_without_totals_is_worked_out_from_its_answers(scene, limited):
    """Records of the first format have no totals."""
    submission = Submission.objects.get(application__organization=scene.organization)
    older = {key: value for key, value in submission.document.items() if key != "costs"}
    submission.document = older
    assert canonical(older)
    assert totals._years_of(submission) == {"2025": "1617.25"}


def test_it_costs_one_statement_and_none_without_a_limit(scene, limited, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert totals.already(scene.organization, scene.edition) == {}
    with django_assert_num_queries(1):
        totals.already(scene.organization, limited)
