"""The disturbances. Each is one function over a run; ``off`` is the safeguard without which it must fail."""

import contextlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Error

from guichet.files.pieces import PIECE
from tests.chaos import filling
from tests.chaos.run import Off, Outcome, Pace, Run
from tests.chaos.world import FIELD, Disk, World

NO_STORE = Off("waiting", 'shared === undefined && "indexedDB" in globalThis', "false")
NO_FAREWELL = Off("saving", 'addEventListener("pagehide"', 'addEventListener("never"')
NO_RETRY = Off("saving", "const delay = RETRIES[", "queue.length = 0;\n      const delay = RETRIES[")
NO_WAIT = Off("saving", "if (!(busy() || uploading()) || onward || stopped) return;", "return;")
ANY_ANSWER = Off("saving", 'if (status === 200 && answer.state === "saved")', "if (answer)")
NO_PATIENCE = Off("saving", "{ signal: AbortSignal.timeout(PATIENCE) }", "{}")
NO_AFTER = Off("saving", 'data.set("after", record.after.join(" "));')
NO_TURN = Off(
    "saving",
    "if (sending || stopped || !queue.length) return put;\n      const record = queue[0];",
    "if (stopped || !queue.length) return put;\n      const record = queue.find((one) => !one.sent) ?? queue[0];",
)
NO_LOCK = Off("session", "door.showModal();")
NO_HIDING = Off("saving", 'document.addEventListener("visibilitychange"', 'document.addEventListener("never"')
NO_SECOND_TRY = Off("uploads", "if (item.file) await pause(", "if (item.file) return;\n          await pause(")
NO_HOLDER = Off("waiting", "navigator.locks ?", "false ?")
NO_CLOCK = Off("waiting", "(latest = Math.max(latest + 1, Number(now) * 1000 + performance.now()))", "Date.now()")
LAST_SECOND = 1000  # milliseconds
DAY = 86_400_000  # milliseconds


@dataclass(frozen=True)
class Scenario:
    """A disturbance. ``without`` says in words what is switched off; ``blind`` switches compare-and-set off."""

    name: str
    act: Callable[[Run], None]
    off: tuple[Off, ...] = ()
    without: str = ""
    blind: bool = False

    def run(self, world: World, browser: Browser, seed: str, pace: Pace, *, guarded: bool = True) -> Outcome:
        """One run from its seed; the outcome says what was lost."""
        run = Run(world, browser, f"{self.name}/{seed}", pace, () if guarded else self.off, late=not guarded)
        run.blind = self.blind and not guarded
        try:
            self.act(run)
            if run.filling:
                return run.filling.end()
            return run.end() if not run.merging else _end_of_two(run)
        except Error as error:
            run.outcome.typed = run.done
            run.outcome.lost += 1
            run.outcome.faults.append(str(error).splitlines()[0])
            return run.outcome
        finally:
            run.close()


def _struck(strike: Callable[[Run], Any]) -> Callable[[Run], None]:
    """Strike at one moment, mend at a later one: before the end of the text, or after it.

    Without the safeguard: at the end, mended only once the page has given the text up, however slow the machine.
    """

    def act(run: Run) -> None:
        run.begin()
        first, second = run.moments(2)
        run.type(first)
        strike(run)
        if run.late:
            run.type()
            run.press_tab()
            waits = NO_PATIENCE in run.off
            run.until(lambda: run.world.proxy.struck > 0 if waits else not run.busy(), 30)
            run.world.proxy.mend()
        elif run.rng.random() < 0.5:
            run.type()
            run.pause(1800)
            run.world.proxy.mend()
        else:
            run.type(max(second, run.done))
            run.world.proxy.mend()
            run.type()

    return act


def _in_a_save(kill: Callable[[World], None]) -> Callable[[Run], None]:
    """Kill while a save is under way: it has come as far as the database."""

    def strike(run: Run) -> None:
        with run.world.held():
            run.type(None if run.late else run.done + 1)
            if run.late:
                run.press_tab()
            if not run.until(lambda: run.world.saves_held() > 0, 20):
                run.outcome.faults.append("no save was under way")
            kill(run.world)

    return _struck(strike)


def _delayed(run: Run) -> None:
    run.begin()
    if run.late:  # two texts under way at once, where nothing keeps the second back
        run.world.proxy.cut("hold")
        for count, place in enumerate((run.moments(1)[0], None), 1):
            run.type(place)
            run.press_tab()
            run.until(lambda count=count: run.world.proxy.struck >= count, 20)  # type: ignore[misc]
            run.page.focus(run.field)
            run.page.keyboard.press("Control+End")
    else:
        run.world.proxy.delay = run.rng.uniform(0.4, 1.2)
        run.type()
        run.pause(1500)
    run.world.proxy.mend()


def _session_revoked(run: Run) -> None:
    run.begin(fresh=True)
    (place,) = run.moments(1)
    run.type(place)
    key = next(cookie["value"] for cookie in run.context.cookies() if cookie["name"] == "guichet")
    run.world.ask("DELETE FROM django_session WHERE session_key = %s", key)
    run.type(place + 2)
    door = run.page.locator("#sign-in[open]")
    door.locator("[name=login]").wait_for(timeout=5_000 if run.off else 20_000)
    door.locator("[name=login]").fill("signatory@demo.example")
    door.locator("[name=password]").fill(run.world.portal.password)
    run.page.keyboard.press("Enter")
    run.page.locator("#sign-in:not([open])").wait_for(state="attached")
    run.type()


def _tab_closed(run: Run) -> None:
    run.begin()
    (place,) = run.moments(1)
    _unsaved(run, place)
    run.page.close(run_before_unload=True)
    run.world.proxy.mend()
    run.open()
    run.type()


def _unsaved(run: Run, place: int) -> None:
    """Type up to there. Without the safeguard, and in every third run with it, no save of the last letter arrives."""
    run.type(place - 1)
    if run.late or run.rng.random() < 0.33:
        run.world.proxy.cut("saves")
    run.type(place)


def _crash(run: Run, waited: int) -> None:
    """The renderer dies without a farewell, ``waited`` ms after the last key; the last second may be missing."""
    with contextlib.suppress(Error):
        run.page.goto("chrome://crash")
    run.page.close()
    run.world.proxy.mend()
    run.open()
    there = run.page.input_value(run.field)
    missing = len(run.expected) - len(there)
    allowed = int(max(0, LAST_SECOND - waited) / run.pace.delay)
    if not run.expected.startswith(there) or missing > allowed:
        run.outcome.lost += max(missing, 1)
        run.outcome.faults.append(f"after the crash {there!r} was there, of {run.expected!r}")
    run.done = len(there)  # what is missing is typed again
    run.expected = there


def _browser_killed(run: Run) -> None:
    run.begin()
    first, second = run.moments(2)
    run.type(first)
    run.world.proxy.cut()
    run.type(second)
    waited = LAST_SECOND if run.late else run.rng.randrange(0, LAST_SECOND)
    run.pause(waited)
    _crash(run, waited)
    run.type()


def _language(run: Run) -> None:
    run.begin()
    first, second = run.moments(2)
    for place, language in ((first, "fr"), (second, "en")):
        _unsaved(run, place)
        run.page.locator(".language a").click()
        if not run.late:
            run.pause(run.rng.randrange(0, 1500))
            run.world.proxy.mend()
        run.page.wait_for_url(re.compile(f"/{language}/"))
        run.world.proxy.mend()
        run.page.wait_for_function(f"() => document.activeElement?.name === '{FIELD}' && globalThis.guichet?.saving")
    run.type()


def _two_browsers(run: Run) -> None:
    run.merging = True
    run.begin()
    first, second = run.moments(2)
    run.type(first)
    run.until(lambda: run.world.stored()[0] == run.expected.strip() and not run.page.evaluate("guichet.saving.busy()"))
    theirs = f"Their text {run.rng.randrange(10_000)}"
    with contextlib.closing(run.world.context(run.browser, "colleague")) as other:
        page = other.new_page()
        page.goto(run.world.address())
        page.wait_for_function("() => globalThis.guichet?.saving")
        page.fill(run.field, theirs)
        run.until(lambda: run.world.stored()[0] == theirs)
    run.theirs = theirs  # type: ignore[attr-defined]
    run.type(second)
    run.type()


def _end_of_two(run: Run) -> Outcome:
    """Both texts are there: theirs stored, mine beside it; chosen, mine is stored and theirs is in the history."""
    outcome, theirs = run.outcome, run.theirs  # type: ignore[attr-defined]
    box = run.page.locator(".merge")
    if not run.until(lambda: box.count() == 1, 4 if run.blind else 20):
        outcome.lost += len(theirs)
        outcome.faults.append("nobody was asked to choose")
        outcome.typed = run.done
        return outcome
    if theirs not in box.locator("[data-theirs]").inner_text() or run.world.stored()[0] != theirs:
        outcome.faults.append("the other text is not in the box")
    box.locator("[value=mine]").click()
    run.end()
    if theirs not in [row[1] for row in run.world.history(run.began)]:
        outcome.lost += len(theirs)
    return outcome


def _two_tabs(run: Run) -> None:
    """The second opens while the first has a text that failed, and one that still grows."""
    run.begin()
    first, second = run.moments(2)
    page = run.page
    page.route(re.compile("/save/"), lambda route: route.abort())
    run.type(first - 3)
    run.until(lambda: run._said() == "unreachable", 15)
    run.type(first)
    run.pause(300)
    run.open()
    if run.late:
        run.until(lambda: run.world.stored()[0] == run.expected.strip(), 20)
    else:
        run.pause(300)
    run.page.close()
    run.page = page
    page.bring_to_front()
    run.type(second)
    page.unroute(re.compile("/save/"))
    run.type()


def _double(run: Run) -> None:
    """Each save arrives a second time, after the next one."""
    sent: list[tuple[str, str]] = []
    run.begin()
    place = run.moments(2)[0]

    def note(request: Any) -> None:
        if request.method == "POST" and "/save/" in request.url and FIELD in (request.post_data or ""):
            sent.append((request.url, request.post_data))

    def again(count: int) -> None:
        for url, body in sent[:count]:
            if run.blind:
                body = re.sub("seen=[^&]*", f"seen={json.dumps({FIELD: run.world.stored()[1]})}", body)
                body = re.sub("request_key=[^&]*", "request_key=", body)
            kind = "application/x-www-form-urlencoded"
            run.context.request.post(
                url, data=body, headers={"Content-Type": kind, "Accept": "application/json", "Referer": url}
            )

    run.page.on("request", note)
    run.type(place)
    run.until(lambda: run.world.stored()[0] == run.expected.strip(), 15)
    run.type()
    run.until(lambda: run.world.stored()[0] == run.expected.strip(), 15)
    again(len(sent) - 1)


def _clock(run: Run) -> None:
    """The device's clock is moved while text waits: an hour, a day, or it was wrong by more than 30 days all along."""
    run.begin()
    first, second = sorted(run.rng.sample(range(5, len(run.text) - 5), 2))
    skew = -40 * DAY if run.late else run.rng.choice((-3_600_000, -DAY, -40 * DAY, 40 * DAY))
    run.type(first)
    run.world.proxy.cut()
    if run.late:
        run.page.evaluate(f"globalThis.skew = {skew}")
    run.type(second)
    run.pause(1200)  # the first text is on its way
    run.page.evaluate(f"globalThis.skew = {skew}")
    run.type(len(run.text) - 2)
    run.pause(LAST_SECOND)
    _crash(run, LAST_SECOND)
    run.type()


def _old_page(run: Run) -> None:
    """The page was made before a release: its form is refused, the text stays, and goes on in the new page."""
    run.begin()
    run.page.evaluate("document.querySelector('form[data-save]').dataset.edition = 'an-older-form'")
    (place,) = run.moments(1)
    run.type(place)
    if not run.until(lambda: run._said() == "refused", 15):
        run.outcome.faults.append(f"an old page says {run._said()!r}")
    run.page.close(run_before_unload=True)
    run.open()
    run.type()


def _disk_full(run: Run) -> None:
    """The disk is full while a file goes up; the text is saved meanwhile, and the file goes on when there is room."""
    run.begin()
    disk = Disk(run.world)
    content = b"%PDF-1.7\n" + run.rng.randbytes(3 * PIECE)
    name = f"{run.rng.randrange(10**9)}.pdf"
    other = run.context.new_page()
    try:
        other.goto(run.world.address().replace("/project/", "/attachments/"))
        run.world.proxy.delay = 0.1
        other.set_input_files("[name=attachments]", {"name": name, "mimeType": "application/pdf", "buffer": content})
        some = run.until(lambda: PIECE <= run.world.arrived(name) < len(content), 30)
        disk.fill()
        said = other.locator("[data-upload=full]", has_text="There is no room for this file")
        if not some or not run.until(lambda: said.count() == 1, 30):
            run.outcome.faults.append(f"a full disk was not told: {other.locator('.upload').all_inner_texts()}")
        before = run.world.arrived(name)
        run.type()  # the text is on another disk
        disk.free()
        run.world.proxy.mend()
        if not run.until(lambda: run.world.file_as_kept(name) == [content], 8 if run.off else 60):
            run.outcome.lost += len(content) - before
            run.outcome.faults.append(f"{name} was not kept, or not once: {before} of {len(content)} bytes had come")
        elif run.until(lambda: other.locator(".files", has_text=name).count() == 1, 20):
            other.get_by_role("button", name=re.compile(f"Remove this file.*{name}")).click()
            other.locator(".files", has_text=name).wait_for(state="detached")
        else:
            run.outcome.faults.append(f"{name} is kept, and the page does not show it")
    finally:
        other.close()
        disk.give_back()


SCENARIOS = (
    Scenario("cut", _struck(lambda run: run.world.proxy.cut()), (NO_RETRY,), "what failed is sent again"),
    Scenario("delayed", _delayed, (NO_TURN, NO_AFTER), "one save after the other, each naming the text it grew from"),
    Scenario("half-open", _struck(lambda run: run.world.proxy.cut("swallow")), (NO_PATIENCE,), "an end to waiting"),
    Scenario(
        "answers lost", _struck(lambda run: run.world.proxy.cut("deaf")), (NO_RETRY, NO_AFTER), "the same key again"
    ),
    Scenario(
        "answers torn", _struck(lambda run: run.world.proxy.cut("torn")), (ANY_ANSWER,), "only a whole answer counts"
    ),
    Scenario(
        "500 and 502",
        _struck(lambda run: run.world.proxy.cut(run.rng.choice((500, 502)))),
        (ANY_ANSWER,),
        "only our own answer counts",
    ),
    Scenario(
        "web server killed", _in_a_save(lambda world: world.kill("gunicorn")), (NO_RETRY,), "what failed is sent again"
    ),
    Scenario("web process killed", _in_a_save(World.kill_web_process), (NO_RETRY,), "what failed is sent again"),
    Scenario("worker killed", _struck(lambda run: run.world.kill("config.worker"))),
    Scenario("database killed", _in_a_save(World.kill_database), (NO_RETRY,), "what failed is sent again"),
    Scenario("session revoked", _session_revoked, (NO_LOCK,), "the page locks and asks who is there"),
    Scenario(
        "tab closed", _tab_closed, (NO_FAREWELL, NO_HIDING, NO_STORE), "a farewell, and text that waits on the device"
    ),
    Scenario("browser killed", _browser_killed, (NO_STORE,), "text that waits on the device"),
    Scenario("language switched", _language, (NO_WAIT, NO_FAREWELL, NO_STORE), "a link waits for the save"),
    Scenario("two browsers", _two_browsers, without="compare-and-set", blind=True),
    Scenario("two tabs", _two_tabs, (NO_HOLDER,), "a tab leaves alone what a living one holds"),
    Scenario("double save", _double, without="keys and compare-and-set", blind=True),
    Scenario("clock moved", _clock, (NO_CLOCK,), "moments by the server's clock"),
    Scenario("disk full", _disk_full, (NO_SECOND_TRY,), "a piece that was refused is sent again"),
    Scenario("old page", _old_page, (NO_STORE,), "text that waits on the device"),
    Scenario("rows of a table", filling.rows, without="an identity that the page gives a new row", blind=True),
    Scenario(
        "account profile",
        filling.kinds("account_profile", "activities_description", "products_description"),
        (NO_RETRY,),
        "what failed is sent again",
    ),
    Scenario("my profile", filling.kinds("profile", "street", "city"), (NO_RETRY,), "what failed is sent again"),
)
