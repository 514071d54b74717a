"""``./guichet chaos``: the long form of the chaos suite; writes docs/evidence/nothing-lost.md with what was run."""

import argparse
import os
import platform
import secrets
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from tests.chaos.run import LONG, Outcome
from tests.chaos.scenarios import SCENARIOS
from tests.chaos.share import Share, played

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "docs" / "evidence" / "nothing-lost.md"


def main(arguments: list[str]) -> int:
    """Returns 0 only when no run lost or doubled anything, and each failed without its safeguard."""
    parser = argparse.ArgumentParser(prog="./guichet chaos")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", default=secrets.token_hex(4), help="replays the runs of that seed")
    parser.add_argument("--minutes", type=float, default=240, help="begin no run after so long")
    parser.add_argument("--only", default="", help="the scenarios whose name contains this")
    parser.add_argument("--worlds", type=int, default=1, help="portals, each with a browser, at the same time")
    options = parser.parse_args(arguments)
    chosen = [one.name for one in SCENARIOS if options.only in one.name]
    print(f"seed {options.seed}", flush=True)
    numbers = range(options.runs)
    seconds, worlds = options.minutes * 60, options.worlds
    with (
        tempfile.NamedTemporaryFile(prefix="guichet-chaos-") as door,
        ProcessPoolExecutor(worlds, mp_context=get_context("spawn")) as pool,
    ):
        shares = [
            Share(chosen, options.seed, list(numbers[place::worlds]), seconds, place, worlds, door.name)
            for place in range(worlds)
        ]
        parts = list(pool.map(played, shares))
    done = sorted((one for part in parts for one in part.done), key=lambda one: one[0])
    without = {name: failed for part in parts for name, failed in part.without.items()}
    failed = [outcome for _number, _name, outcome in done if not outcome.passed]
    if not options.only:
        ours = [f"Python {platform.python_version()}", f"Django {version('django')}", f"source {_commit()}"]
        _write([(name, outcome) for _number, name, outcome in done], without, options, [*parts[0].seen, *ours])
    print(f"{len(done)} disturbed runs, {len(failed)} failed; without its safeguard: {without}", flush=True)
    return 1 if failed or not all(without.values()) else 0


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "without a version"


def _write(
    done: Iterable[tuple[str, Outcome]], without: dict[str, bool], options: argparse.Namespace, versions: list[str]
) -> None:
    by_name: dict[str, list[Outcome]] = defaultdict(list)
    for name, outcome in done:
        by_name[name].append(outcome)
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
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; seed `{options.seed}`; {', '.join(versions)}; {os.cpu_count()} cores,"
        f" {options.worlds} portals at the same time. `./guichet chaos --seed {options.seed}` replays it.",
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
