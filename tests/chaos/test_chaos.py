"""Each disturbance once, and once without its safeguard: then it must fail, or the suite proves nothing."""

import os
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.chaos.run import SHORT
from tests.chaos.scenarios import SCENARIOS, Scenario
from tests.chaos.world import World

pytestmark = pytest.mark.journey
SEED = os.environ.get("CHAOS_SEED") or secrets.token_hex(4)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One portal behind the bad connection, for all of them."""
    made = World.begun(tmp_path_factory.mktemp("chaos"))
    yield made
    made.end()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name.replace(" ", "-"))
def test_nothing_typed_is_lost(world: World, chromium: Browser, scenario: Scenario):
    outcome = scenario.run(world, chromium, SEED, SHORT)
    assert outcome.passed, f"seed {SEED} (CHAOS_SEED replays it): {outcome}"


@pytest.mark.parametrize(
    "scenario", [one for one in SCENARIOS if one.without], ids=lambda one: one.name.replace(" ", "-")
)
def test_without_its_safeguard_something_is(world: World, chromium: Browser, scenario: Scenario):
    outcome = scenario.run(world, chromium, SEED, SHORT, guarded=False)
    assert not outcome.passed, f"seed {SEED}: nothing was lost without: {scenario.without}"
