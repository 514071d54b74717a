"""Disturbances of what is more than one text: rows, dates, choices, amounts, and the profiles.

A person adds rows, fills in their cells and takes one out again; or goes through the kinds of questions of a page. At
the end each answer is on the server and on the page, and each row once.
"""

import contextlib
import re
import secrets
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Locator, Route

from tests.chaos.run import Outcome, Run

TABLE = "target_markets"
COUNTRIES = {"Japan": "JP", "France": "FR", "Chile": "CL", "Kenya": "KE"}
ROWS = f"[data-table={TABLE}] [data-row]"
PROFILES = {"profile": "/en/my-profile/", "account_profile": "/en/account-profile/"}
PRESSES = 6


class Filling:
    """What one person fills in on one page; ``expected`` are the answers, by path, that must be there at the end."""

    def __init__(self, run: Run, place: str) -> None:
        self.run, self.place = run, place
        self.expected: dict[str, Any] = {}
        self.gone: list[str] = []  # rows that were taken out
        self.marks: list[str] = []  # texts by which a row of this run is known
        run.begin()
        run.page.close()
        self.open()

    # -- the page and the sheet -------------------------------------------------------------------------------------
    @property
    def address(self) -> str:
        """Of the page: a section of the draft, or a profile."""
        return PROFILES.get(self.place, f"/en/application/{self.run.world.draft}/section/{self.place}/")

    def open(self) -> None:
        """In a new tab, once nothing waits."""
        self.run.page = self.run.context.new_page()
        self.run.page.goto(self.address)
        self.run.page.wait_for_function("() => globalThis.guichet?.saving")
        self.run.until(lambda: not self.run.busy(), 20)

    def stored(self) -> dict[str, Any]:
        """The answers that stand, of the draft or the profile."""
        world = self.run.world
        if self.place in PROFILES:
            sheet = (
                "SELECT profile.sheet_id FROM organizations_profile profile JOIN applications_application draft"
                " ON draft.organization_id = profile.organization_id"
                " WHERE draft.public_id = %s AND profile.kind = %s AND profile.program_key = 'canexport-smes'"
            )
            rows = world.ask(
                f"SELECT path, value FROM answers_answer WHERE sheet_id = ({sheet})",  # noqa: S608 -- fixed words
                world.draft,
                self.place,
            )
        else:
            rows = world.ask(
                "SELECT path, value FROM answers_answer answer JOIN applications_application draft"
                " ON draft.sheet_id = answer.sheet_id WHERE draft.public_id = %s",
                world.draft,
            )
        return {path: value for path, value in rows if value is not None}

    # -- filling in -------------------------------------------------------------------------------------------------
    def type(self, path: str, text: str, stored: Any = None) -> None:
        """A text, a date, an amount, a country: by the keyboard, over what stands there."""
        field = self.run.page.locator(f'[name="{path}"]')
        field.click()
        self.run.page.keyboard.press("Control+A")
        self.run.page.keyboard.type(text, delay=self.run.pace.delay)
        self.run.page.keyboard.press("Tab")
        self._expect(path, text, text if stored is None else stored)

    def blank(self, path: str) -> None:
        """Empty what an earlier run with the same words has left, so that none of them is there by chance."""
        self.run.page.fill(f'[name="{path}"]', "")
        self.run.until(lambda: not self.stored().get(path) and not self.run.busy(), 20)

    def choose(self, path: str, value: str, stored: Any) -> None:
        """One of several buttons, or of a list."""
        field = self.run.page.locator(f'[name="{path}"]:not([type=hidden])')
        if field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            self.run.page.locator(f'[name="{path}"][value="{value}"]:not([type=hidden])').check()
        self._expect(path, value, stored)

    def _expect(self, path: str, typed: str, stored: Any) -> None:
        self.expected[path] = stored
        self.run.done += len(typed)

    # -- rows -------------------------------------------------------------------------------------------------------
    def rows(self) -> list[str]:
        """The rows of the page, by id."""
        with contextlib.suppress(Error):
            return [str(row.get_attribute("data-row")) for row in self.run.page.locator(ROWS).all()]
        return []

    def add(self) -> str:
        """One more row; its id."""
        before = set(self.rows())
        button = self.run.page.locator(f"button[name=add][value={TABLE}]")
        self._press(button, lambda: len(set(self.rows()) - before) == 1)
        new = set(self.rows()) - before
        if len(new) != 1:
            self.run.outcome.faults.append(f"{len(new)} rows were added by one press")
        return new.pop() if new else ""

    def remove(self, row: str) -> None:
        """Take it out."""
        self.show(row)
        self._press(
            self.run.page.locator(f"button[name=remove][value='{row}']"), lambda: self.ours() and row not in self.rows()
        )
        self.gone.append(row)
        for path in [path for path in self.expected if path.startswith(f"{TABLE}.{row}")]:
            del self.expected[path]

    def undo(self, row: str, answers: dict[str, Any]) -> None:
        """Put back what was taken out last."""
        self._press(self.run.page.locator("button[name=undo]"), lambda: row in self.rows())
        self.gone.remove(row)
        self.expected |= answers

    def show(self, row: str) -> None:
        """Open the row where it is closed."""
        opener = self.run.page.locator(f"button[name=open][value='{row}']")
        if opener.count():
            self._press(opener, lambda: self.run.page.locator(f"button[name=close][value='{row}']").count() == 1)

    def ours(self) -> bool:
        """Whether the browser shows our page, not one of its own or of something on the way."""
        with contextlib.suppress(Error):
            return bool(self.run.page.evaluate("Boolean(globalThis.guichet?.saving)"))
        return False

    def _press(self, button: Locator, happened: Callable[[], bool]) -> None:
        """Press, as a person does: who sees an error page has it sent again; who sees nothing happen presses again."""
        run = self.run
        for turn in range(PRESSES):
            if turn == 0 or self.ours():
                with contextlib.suppress(Error):
                    button.click(timeout=5000)
            else:
                with contextlib.suppress(Error):
                    run.page.reload()
            if run.until(lambda: self.ours() and happened(), 5 if turn == 0 else 10):
                return
            run.world.proxy.mend()
        run.outcome.faults.append(f"{button} did nothing")

    # -- judging ----------------------------------------------------------------------------------------------------
    def end(self) -> Outcome:
        """Each answer on the server, and shown by a fresh page; each row once; no row that was taken out."""
        run, outcome = self.run, self.run.outcome
        outcome.typed += run.done
        run.until(lambda: self._lacking() == {}, 6 if run.blind or run.off else 60)
        lacking = self._lacking()
        outcome.lost += sum(len(str(value)) for value in lacking.values())
        outcome.faults += [
            f"{path} is not {value!r} but {self.stored().get(path)!r}" for path, value in lacking.items()
        ]
        outcome.faults += [f"the row {row} is there again" for row in self.gone if f"{TABLE}.{row}" in self.stored()]
        if not run.until(lambda: self.run._said() in ("saved", ""), 10):
            outcome.faults.append(f"the page says {run._said()!r}")
        if run.page.locator(".merge").count():
            outcome.faults.append("one is asked to choose between one's own answers")
        outcome.twice += self._twice() + run.world.rows_twice()
        return outcome

    def _lacking(self) -> dict[str, Any]:
        stored = self.stored()
        return {path: value for path, value in self.expected.items() if stored.get(path) != value}

    def _twice(self) -> int:
        """Rows with the same mark, blank rows that nobody asked for, and places in the table given twice."""
        stored = self.stored()
        rows = {path: value for path, value in stored.items() if re.fullmatch(rf"{TABLE}\.\w+", path)}
        known = {path.rpartition(".")[0] for path in self.expected if path.count(".") == 2}
        if self.place != "markets":
            return 0
        return len([path for path in rows if path not in known])

    def clear(self) -> None:
        """The table without rows, as the next run finds it."""
        for row in self.rows():
            if f"{TABLE}.{row}" in self.stored():
                self.remove(row)
        self.gone.clear()


def _strikes(run: Run) -> list[Callable[[], Any]]:
    """What may happen to the connection or the portal; without the safeguard, what makes it matter."""
    proxy, world = run.world.proxy, run.world
    if run.late:
        return [lambda: proxy.cut("deaf" if run.blind else "refuse")]
    return [
        *(proxy.cut, lambda: proxy.cut("deaf"), lambda: proxy.cut("torn"), lambda: proxy.cut("swallow")),
        *(lambda: proxy.cut(502), lambda: proxy.cut(500), world.kill_web_process),
    ]


def _disturbed(run: Run, steps: list[Callable[[], Any]], first: int) -> None:
    """Take the steps; something strikes before one of them, from ``first`` on, and is mended a step or two later."""
    strike = run.rng.choice(_strikes(run))
    at = first if run.late else run.rng.randrange(first, len(steps))
    mended = at + run.rng.randrange(1, 3)
    for number, step in enumerate(steps):
        if run.late and number in (at, mended):
            run.until(lambda: not run.busy(), 20)  # what was typed before has arrived, or was given up
        if number == at:
            strike()
        if number == mended:
            run.world.proxy.mend()
        step()
    run.world.proxy.mend()


def _another_row_each_time(route: Route) -> None:
    """Without the id that the page gives a new row: each time that a press is sent, it asks for another one."""
    body = route.request.post_data_buffer or b""
    name = b"new-" + TABLE.encode()
    given = re.compile(rb"(" + name + rb'"\r\n\r\n|' + name + rb"=)[a-z0-9]{12}")  # of a form, or of a script
    route.continue_(post_data=given.sub(lambda found: found[1] + secrets.token_hex(6).encode(), body) or None)


def rows(run: Run) -> None:
    """Two rows are added and filled in, one is taken out and put back, the other taken out for good."""
    filling = Filling(run, "markets")
    run.filling = filling
    filling.clear()
    if run.blind:
        run.context.route(re.compile("/section/markets/"), _another_row_each_time)
    ids: list[str] = []
    kept: dict[str, Any] = {}

    def add() -> None:
        ids.append(filling.add())

    def fill(number: int) -> None:
        row, country = ids[number], run.rng.choice(list(COUNTRIES))
        filling.show(row)
        filling.type(f"{TABLE}.{row}.country", country, COUNTRIES[country])
        filling.type(f"{TABLE}.{row}.sales", f"{number + 1}2345", f"{number + 1}2345.00")
        filling.type(f"{TABLE}.{row}.potential", f"{number} {run.text}")

    def remove() -> None:
        kept.update({path: value for path, value in filling.expected.items() if f".{ids[0]}." in path})
        filling.remove(ids[0])

    steps: list[Callable[[], Any]] = [add, lambda: fill(0), add, lambda: fill(1), remove]
    steps += [lambda: filling.undo(ids[0], kept), lambda: filling.remove(ids[1])]
    _disturbed(run, steps, 2 if run.late else 0)


def kinds(place: str, first: str, second: str) -> Callable[[Run], None]:
    """A text, a date, an amount and a choice of one page; ``first`` and ``second`` name the texts."""

    def act(run: Run) -> None:
        filling = Filling(run, place)
        run.filling = filling
        filling.blank(first)
        _disturbed(run, _questions(run, filling, first, second), 0)

    return act


def _questions(run: Run, filling: Filling, first: str, second: str) -> list[Callable[[], Any]]:
    day = f"2025-{run.rng.randrange(1, 13):02}-{run.rng.randrange(1, 28):02}"
    amount = str(run.rng.randrange(100_000, 900_000))
    choice = run.rng.choice(("yes", "no"))
    dated, paid, asked = {
        "profile": ("revenue_period_end", "revenue", "for_profit"),
        "account_profile": ("sales_year_end", "total_sales", "has_government_funding"),
    }[filling.place]
    return [
        lambda: filling.type(first, run.text[:40].strip()),
        lambda: filling.type(dated, day),
        lambda: filling.choose(asked, choice, choice == "yes"),
        lambda: filling.type(paid, amount, f"{amount}.00"),
        lambda: filling.type(second, run.text[-30:].strip()),
    ]
