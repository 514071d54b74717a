"""One disturbed run: a person types a known text; at the end every character is somewhere honest, in order, once."""

import contextlib
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route

from guichet.config.build import FORMS
from tests.chaos.world import FIELD, World

if TYPE_CHECKING:
    from tests.chaos.filling import Filling

SCRIPTS = Path(__file__).resolve().parents[2] / "src/guichet/web/static/js"
WORDS = (
    *("sève", "érable", "sirop", "forêt", "marché", "Japon", "voyage", "cabane", "printemps", "récolte", "façade"),
    *("théâtre", "château", "maïs", "naïf", "maple", "export", "market", "harvest", "spring", "bottle", "label"),
    *("buyer", "fair", "booth", "sample", "visit", "Osaka", "quality", "season", "price"),
)
SETTLE_SECONDS = 60.0
CLOCK = (
    """(() => { const now = Date.now.bind(Date); globalThis.skew = 0; Date.now = () => now() + globalThis.skew; })()"""
)
WORKING = "() => globalThis.guichet?.saving && (globalThis.guichet.saving.busy() || !!document.querySelector('.merge'))"


@dataclass(frozen=True)
class Off:
    """A safeguard taken out of a script: the lines ``old`` of the file become ``new``."""

    script: str
    old: str
    new: str = ""


@dataclass(frozen=True)
class Pace:
    """How long a run takes: signs of the text, milliseconds between keys, how long a save waits for its answer."""

    signs: int
    delay: int
    patience: int | None = None


SHORT = Pace(signs=34, delay=45, patience=4000)
LONG = Pace(signs=110, delay=90)


@dataclass
class Outcome:
    """What became of a run. ``typed`` and ``lost`` count characters."""

    seed: str
    typed: int = 0
    lost: int = 0
    twice: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Nothing lost, nothing twice, nothing said that was not so."""
        return not self.lost and not self.twice and not self.faults


class Run:
    """A person at a keyboard, whom a scenario disturbs. ``off`` are the safeguards that this run goes without."""

    def __init__(
        self, world: World, browser: Browser, seed: str, pace: Pace, off: tuple[Off, ...] = (), *, late: bool = False
    ) -> None:
        self.world, self.browser, self.pace, self.off = world, browser, pace, off
        self.late = late  # strike at the end, where nothing typed later carries the earlier text along
        self.rng = random.Random(seed)  # noqa: S311 -- a repeatable choice of moments
        self.outcome = Outcome(seed)
        self.text = self._words()
        self.done = 0  # how much was typed
        self.expected = ""  # what of it must be there
        self.merging = False  # whether a box with two texts belongs to the scenario
        self.blind = False
        self.filling: Filling | None = None  # where it is about more than one text
        self.context: BrowserContext = None  # type: ignore[assignment]
        self.page: Page = None  # type: ignore[assignment]
        self.began = 0

    def _words(self) -> str:
        words = [f"{self.rng.randrange(10_000)}"]
        while len(" ".join(words)) < self.pace.signs:
            words.append(self.rng.choice(WORDS))
        return " ".join(words)

    # -- beginning ------------------------------------------------------------------------------------------------
    def begin(self, *, fresh: bool = False) -> None:
        """The page, its answer blank, the caret in it."""
        self.context = self.world.context(self.browser, fresh=fresh)
        self.world.proxy.single = self.late
        self.context.add_init_script(CLOCK)
        self.context.route(re.compile(r"/js/(forms|session)\."), self._script)
        if self.blind:
            self.context.route(re.compile("/save/"), self._overwrite)
        self.open()
        if self.page.input_value(self.field):
            self.page.fill(self.field, "")
        self.until(lambda: self.world.stored()[0] == "" and not self.page.evaluate(WORKING))
        self.began = max([0, *(row[0] for row in self.world.history())])
        self.page.click(self.field)

    field = f"[name={FIELD}]"

    def open(self, language: str = "en") -> None:
        """The page in a new tab, once what waited on the device has been sent or shown; the caret at the end."""
        self.page = self.context.new_page()
        self.page.goto(self.world.address(language))
        self.page.wait_for_function("() => globalThis.guichet?.saving")
        self.until(lambda: not self.page.evaluate(WORKING) or self.page.locator(".merge").count() > 0, 10)
        self.page.click(self.field)
        self.page.keyboard.press("Control+End")

    def _script(self, route: Route) -> None:
        found = re.search(r"/js/(\w+)\.", route.request.url)
        assert found
        names = FORMS if found[1] == "forms" else (found[1],)  # the page has those in one file
        text = "\n".join((SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in names)
        for off in self.off:
            if off.script in names:
                assert text.count(off.old) == 1, f"{off.old!r} is no longer in {off.script}.js"
                text = text.replace(off.old, off.new)
        if self.pace.patience:
            text = text.replace("const PATIENCE = 15_000", f"const PATIENCE = {self.pace.patience}")
        route.fulfill(body=text, content_type="text/javascript; charset=utf-8")

    def _overwrite(self, route: Route) -> None:
        """Without compare-and-set: every save says that it has seen what stands, and has no key."""
        from urllib.parse import parse_qsl, urlencode

        sent = dict(parse_qsl(route.request.post_data or "", keep_blank_values=True))
        sent |= {"seen": f'{{"{FIELD}": {self.world.stored()[1]}}}', "request_key": ""}
        route.continue_(post_data=urlencode(sent))

    # -- typing ---------------------------------------------------------------------------------------------------
    def moments(self, count: int) -> list[int]:
        """So many places in the text, each inside a word."""
        inside = [n for n in range(4, len(self.text) - 3) if self.text[n - 1].isalpha() and self.text[n].isalpha()]
        if self.late:
            return inside[-count:]
        return sorted(self.rng.sample(inside, count))

    def type(self, until: int | None = None) -> None:
        """Go on typing, up to that place, or to the end."""
        until = len(self.text) if until is None else until
        more = self.text[self.done : until]
        self.page.keyboard.type(more, delay=self.pace.delay)
        self.expected += more
        self.done = until

    def press_tab(self) -> None:
        """Leave the field: all that was typed is in a record from now on, at once."""
        self.page.keyboard.press("Tab")

    def busy(self) -> bool:
        """Whether the page has something left to send."""
        return bool(self.page.evaluate("guichet.saving.busy()"))

    def until(self, holds: Callable[[], bool], seconds: float = SETTLE_SECONDS) -> bool:
        """Wait for something; whether it came."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(psycopg.Error):
                if holds():
                    return True
            self.pause(150)
        return False

    def pause(self, milliseconds: int) -> None:
        """Let the page go on by itself."""
        with contextlib.suppress(Error):
            self.page.wait_for_timeout(milliseconds)

    # -- judging --------------------------------------------------------------------------------------------------
    def end(self) -> Outcome:
        """Judge it, once the page has nothing left to do."""
        outcome, wanted = self.outcome, self.expected.strip()
        outcome.typed += self.done
        if not self._settled(wanted):
            stored = self.world.stored()[0]
            outcome.lost += len(wanted) - _common(stored, wanted) or 1
            outcome.faults.append(f"the server has {stored!r}, not {wanted!r}")
            return outcome
        if self.page.input_value(self.field).strip() != wanted:
            outcome.faults.append(f"the page shows {self.page.input_value(self.field)!r}")
        said = self.page.locator("[data-save-state]").get_attribute("data-save-state")
        if said not in ("saved", "") and not self.until(lambda: self._said() == "saved", 8):
            outcome.faults.append(f"the page says {self._said()!r}: {self.page.locator('[data-shown]').inner_text()}")
        if self.page.locator(".merge").count():
            outcome.faults.append("one is asked to choose between one's own texts")
        self._judge_history(wanted)
        return outcome

    def _settled(self, wanted: str) -> bool:
        if not (self.off or self.blind):
            return self.until(lambda: self.world.stored()[0] == wanted)
        # Without a safeguard: until the page itself thinks that it has nothing left to do.
        merging = self.page.locator(".merge")
        done = lambda: not self.page.evaluate(WORKING) or merging.count() > 0  # noqa: E731 -- used here only
        self.until(lambda: self.world.stored()[0] == wanted or done(), 6)
        return self.until(lambda: self.world.stored()[0] == wanted, 1)

    def _said(self) -> Any:
        return self.page.locator("[data-save-state]").get_attribute("data-save-state")

    def _judge_history(self, wanted: str) -> None:
        """Each text that was ever stored grew from the one before: in order, once."""
        before = ""
        mine = self.world.history(self.began)
        author = mine[0][3] if mine else ""
        for _number, value, _version, who in mine:
            if who != author and self.merging:
                continue
            if not (value.startswith(before.strip()) and len(value) > len(before)):
                self.outcome.faults.append(f"{value!r} was stored after {before!r}")
            before = value
        self.outcome.twice += self.world.rows_twice()

    def close(self) -> None:
        """Leave everything as it was."""
        self.world.proxy.mend()
        with contextlib.suppress(Error):
            if self.context:
                self.context.close()


def _common(one: str, other: str) -> int:
    """How long the beginning is that two texts share."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
