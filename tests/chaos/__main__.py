"""``./guichet chaos``: the long form of the chaos suite; writes docs/evidence/nothing-lost.md with what was run."""

import argparse
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browsers import CHROMIUM_ARGUMENTS
from tests.chaos.run import LONG, SHORT, Outcome
from tests.chaos.scenarios import SCENARIOS, Scenario
from tests.chaos.world import World

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "docs" / "evidence" / "nothing-lost.md"


def main(arguments: list[str]) -> int:
    """Returns 0 only when no run lost or doubled anything, and each failed without its safeguard."""
    parser = argparse.ArgumentParser(prog="./guichet chaos")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", default=secrets.token_hex(4), help="replays the runs of that seed")
    parser.add_argument("--minutes", type=float, default=240, help="begin no run after so long")
    parser.add_argument("--only", default="", help="the scenarios whose name contains this")
    options = parser.parse_args(arguments)
    chosen = [one for one in SCENARIOS if options.only in one.name]
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="guichet-chaos-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM_ARGUMENTS))
        world = World.begun(Path(folder))
        try:
            done = _disturbed(world, browser, chosen, options.seed, options.runs, options.minutes * 60)
            without = _without(world, browser, chosen, options.seed)
            database = world.ask("SHOW server_version")[0][0]
        finally:
            world.end()
        seen = [f"Chromium {browser.version}", f"PostgreSQL {database}", f"Python {platform.python_version()}"]
    seen += [f"Django {version('django')}", f"source {_commit()}"]
    failed = [outcome for _scenario, outcome in done if not outcome.passed]
    if not options.only:
        _write(done, without, options.seed, seen)
    print(f"{len(done)} disturbed runs, {len(failed)} failed; without its safeguard: {without}", flush=True)
    return 1 if failed or not all(without.values()) else 0


def _disturbed(
    world: World, browser: Browser, chosen: list[Scenario], seed: str, runs: int, seconds: float
) -> list[tuple[Scenario, Outcome]]:
    """The runs, scenario after scenario, round and round."""
    done: list[tuple[Scenario, Outcome]] = []
    began = time.monotonic()
    for number in range(runs):
        if time.monotonic() - began > seconds:
            break
        scenario = chosen[number % len(chosen)]
        outcome = scenario.run(world, browser, f"{seed}-{number}", LONG)
        done.append((scenario, outcome))
        print(f"{number + 1:4} {scenario.name:20} {'passed' if outcome.passed else outcome}", flush=True)
    return done


def _without(world: World, browser: Browser, chosen: list[Scenario], seed: str) -> dict[str, bool]:
    """Whether each failed, as it must, without its safeguard."""
    return {one.name: not one.run(world, browser, seed, SHORT, guarded=False).passed for one in chosen if one.without}


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "without a version"


def _write(done: Iterable[tuple[Scenario, Outcome]], without: dict[str, bool], seed: str, versions: list[str]) -> None:
    by_name: dict[str, list[Outcome]] = defaultdict(list)
    for scenario, outcome in done:
        by_name[scenario.name].append(outcome)
    everything = [outcome for outcomes in by_name.values() for outcome in outcomes]
    lines = [
        "# Nothing typed is lost: what was run",
        "",
        "Written by `./guichet chaos`; [what each disturbance is](../../tests/chaos/scenarios.py),"
        " [how it is judged](../../tests/chaos/run.py), [the protocol](../nothing-lost.md). A real Chromium types a"
        f" text of about {LONG.signs} characters, a key every {LONG.delay} ms; the disturbance strikes at a moment that"
        " the seed gives. *Lost* counts characters that were at the end neither stored nor on the screen with an"
        " honest state; *doubled* counts rows of the history that are there twice.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; seed `{seed}`; {', '.join(versions)}; {os.cpu_count()} cores.",
        "",
        "| disturbance | runs | passed | characters | lost | doubled | without its safeguard |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for scenario in SCENARIOS:
        if outcomes := by_name.get(scenario.name):
            said = {True: f"fails, as it must ({scenario.without})", False: "**passes**"}
            off = said[without[scenario.name]] if scenario.name in without else "none: saving does not need the worker"
            lines.append(f"| {scenario.name} | {_row(outcomes)} | {off} |")
    lines.append(f"| **all** | {_row(everything)} | |")
    if faults := [f"- `{one.seed}`: {'; '.join(one.faults)}" for one in everything if not one.passed]:
        lines += ["", "What failed:", "", *faults]
    EVIDENCE.parent.mkdir(exist_ok=True)
    EVIDENCE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(outcomes: list[Outcome]) -> str:
    counts = (
        len(outcomes),
        sum(one.passed for one in outcomes),
        sum(one.typed for one in outcomes),
        sum(one.lost for one in outcomes),
        sum(one.twice for one in outcomes),
    )
    return " | ".join(f"{count:,}" for count in counts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
