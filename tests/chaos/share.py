"""One portal's share of the long form: a process of its own, with its own browser (``__main__.py`` deals them out)."""

import fcntl
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browsers import CHROMIUM_ARGUMENTS
from tests.chaos.run import LONG, SHORT, Outcome
from tests.chaos.scenarios import SCENARIOS
from tests.chaos.world import World


@dataclass(frozen=True)
class Share:
    """What one world plays: runs by their numbers, begun within ``seconds``, and every ``worlds``-th control."""

    names: list[str]
    seed: str
    numbers: list[int]
    seconds: float
    place: int
    worlds: int
    door: str  # a file that is locked by the world that starts


@dataclass
class Part:
    """What became of it: runs as (number, scenario, outcome), the controls that failed as they must, the versions."""

    done: list[tuple[int, str, Outcome]] = field(default_factory=list)
    without: dict[str, bool] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)


def played(share: Share) -> Part:
    """One world, with a browser of its own."""
    part, by_name = Part(), {one.name: one for one in SCENARIOS}
    with tempfile.TemporaryDirectory(prefix="guichet-chaos-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM_ARGUMENTS))
        with (Path(share.door)).open(
            "w"
        ) as door:  # one after the other: each makes a database, which takes a processor
            fcntl.flock(door, fcntl.LOCK_EX)
            world = World.begun(Path(folder))
        try:
            part.seen = [
                f"Chromium {browser.version}",
                f"PostgreSQL {world.ask('SHOW server_version')[0][0]}",
            ]
            _disturbed(world, browser, share, part)
            for name in [one for one in share.names if by_name[one].without][share.place :: share.worlds]:
                outcome = by_name[name].run(world, browser, share.seed, SHORT, guarded=False)
                part.without[name] = not outcome.passed
        finally:
            world.end()
    return part


def _disturbed(world: World, browser: Browser, share: Share, part: Part) -> None:
    """The runs, scenario after scenario, round and round."""
    began, by_name = time.monotonic(), {one.name: one for one in SCENARIOS}
    for number in share.numbers:
        if time.monotonic() - began > share.seconds:
            break
        scenario = by_name[share.names[number % len(share.names)]]
        outcome = scenario.run(world, browser, f"{share.seed}-{number}", LONG)
        part.done.append((number, scenario.name, outcome))
        print(f"{number + 1:4} {scenario.name:20} {'passed' if outcome.passed else outcome}", flush=True)
