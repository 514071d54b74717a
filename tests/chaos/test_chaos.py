"""Each disturbance once, and once without its safeguard: then it must fail, or the suite proves nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chaos.run import SHORT
from tests.chaos.scenarios import SCENARIOS, Scenario
from tests.chaos.world import World

pytestmark = pytest.mark.journey
# The same moments in every run of the tests: one that fails was caused by a change. The long form draws new ones.
SEED = os.environ.get("CHAOS_SEED", "short-form")
ROOT = Path(__file__).resolve().parents[2]


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


def test_the_long_form_starts_without_the_framework():
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    asked = [sys.executable, "-m", "tests.chaos", "--help"]
    found = subprocess.run(
        asked, cwd=ROOT, env=environment | {"PYTHONPATH": "src"}, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
