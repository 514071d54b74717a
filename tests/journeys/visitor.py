"""A person at the keyboard: what the journeys do, in the words that the pages show, in either language."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.server import Portal, code_of

Values = dict[str, Any]


class Visitor:
    """Drives one page. ``language`` is the one that the person reads; every page visited is looked over."""

    def __init__(self, page: Page, server: Portal, language: str, look: Any = None) -> None:
        self.page, self.server, self.language, self._look = page, server, language, look

    def say(self, english: str, french: str) -> str:
        """The label in the person's language."""
        return french if self.language == "fr" else english

    # Going about ---------------------------------------------------------------------------------------------------
    def open(self, path: str) -> None:
        self.page.goto(f"{self.server.base_url}{path}")
        self.arrived()

    def arrived(self) -> None:
        """Every page on the way is looked over: language, one heading, accessibility."""
        self.page.wait_for_load_state()
        self.page.locator("h1").first.wait_for()  # a click that has not led away yet finds the page before it loaded
        if self._look is not None:
            self._look(self.page, self.language)

    def follow(self, english: str, french: str, *, within: Locator | None = None) -> None:
        scope = within or self.page.locator("body")
        self.leave(scope.get_by_role("link", name=self.say(english, french), exact=True).first.click)

    def press(self, english: str, french: str, *, within: Locator | None = None) -> None:
        scope = within or self.page.get_by_role("main")
        self.leave(scope.get_by_role("button", name=self.say(english, french), exact=True).first.click)

    def leave(self, act: Callable[[], None]) -> None:
        """Do what leads to another page; where answers save themselves, it opens once they are saved."""
        if self.page.locator("form[data-save]").count():
            with self.page.expect_navigation():
                act()
        else:
            act()
        self.arrived()

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text().strip()

    def sees(self, english: str, french: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(self.say(english, french))

    def errors(self) -> list[str]:
        """The lines of the error summary; none when the page has no fault."""
        return [line.strip() for line in self.page.locator(".error-summary li").all_inner_texts()]

    # Filling in ----------------------------------------------------------------------------------------------------
    def answer(self, path: str, value: Any) -> None:
        """Answer one question by the name of its field, whatever its kind."""
        field = self.page.locator(f'[name="{path}"]:not([type=hidden])')
        tag = field.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if tag in ("radio", "checkbox"):
            wanted = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            if tag == "checkbox" and value is True:
                field.first.check()
                return
            self.page.locator(f'[name="{path}"][value="{wanted}"]:not([type=hidden])').check()
        elif tag == "select":
            field.select_option(value)
        elif tag == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))

    def tick(self, box: Locator) -> None:
        box.check()

    def tap(self, button: Locator) -> None:
        """Press a button that may change the page where it stands."""
        self.leave(button.click)

    def fill(self, values: Values) -> None:
        for path, value in values.items():
            self.answer(path, value)

    def rows(self, table: str) -> list[str]:
        """The ids of the rows on the page, in their order."""
        rows = self.page.locator(f'[data-table="{table}"] [data-row]')
        return [str(row) for row in rows.evaluate_all("rows => rows.map(row => row.dataset.row)")]

    def fill_row(self, table: str, number: int, values: Values) -> None:
        """Answer the ``number``-th row (0 is the first), opened if it is closed; the row must be there."""
        row = self.rows(table)[number]
        closed = self.page.locator(f'button[name="open"][value="{row}"]')
        if closed.count():
            self.tap(closed)
        self.fill({f"{table}.{row}.{column}": value for column, value in values.items()})

    # The steps of the published instructions ------------------------------------------------------------------------
    def register(self, email: str, password: str, name: str) -> None:
        """From the home page to a confirmed account, with the code that came by e-mail."""
        self.open(f"/{self.language}/")
        self.follow("Register", "S’inscrire")
        self.register_here(email, password, name)

    def register_here(self, email: str, password: str, name: str) -> None:
        """From the registration page on."""
        self.fill({"email": email, "password1": password, "name": name})
        self.press("Register", "S’inscrire")
        self.answer("code", code_of(self.server.mailbox.wait(email)))
        self.press("Confirm", "Confirmer")

    def log_in(self, email: str, password: str) -> None:
        self.open(f"/{self.language}/")
        self.follow("Log in", "Se connecter")
        self.fill({"login": email, "password": password})
        self.press("Log in", "Se connecter")

    def log_out(self) -> None:
        self.page.get_by_role("button", name=self.say("Log out", "Se déconnecter"), exact=True).first.click()
        self.page.wait_for_url(re.compile(r"/(en|fr)/$"))
        self.arrived()

    # My profile, the account profile --------------------------------------------------------------------------------
    def open_menu(self, english: str, french: str) -> None:
        self.follow(english, french, within=self.page.get_by_role("banner"))

    def update_profile(self, answers: Values) -> None:
        """Fill in My profile and send it for examination."""
        self.open_menu("My profile", "Mon profil")
        self.fill(answers)
        self.press("Update", "Mettre à jour")

    def add(self, table: str) -> None:
        """One more row, by the table's button."""
        count = len(self.rows(table))
        self.tap(self.page.locator(f'button[name="add"][value="{table}"]'))
        expect(self.page.locator(f'[data-table="{table}"] [data-row]')).to_have_count(count + 1)

    def transmit_account_profile(self, answers: Values, owner: Values) -> None:
        """Fill in the account profile with one owner, and save and submit it."""
        self.open_menu("Account profile", "Profil du compte")
        self.fill(answers)
        if not self.rows("owners"):
            self.add("owners")
        self.fill_row("owners", 0, owner)
        self.press("Save and submit", "Enregistrer et transmettre")
