"""The rows of a table with scripts: no button leads to a new page, and what is typed elsewhere stays as it is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import sample, steps
from tests.journeys.look import look, violations
from tests.journeys.visitor import Visitor

OWNER = {"name": "Chloé Roy", "country": "FR", "share": "10"}


@pytest.mark.parametrize(("browser", "language"), [("chromium", "fr"), ("firefox", "en")])
def test_rows_without_a_new_page(
    portal: Any, request: pytest.FixtureRequest, open_page: Any, browser: str, language: str
) -> None:
    page = open_page(request.getfixturevalue(browser), language)
    visitor = Visitor(page, portal, language, look if browser == "chromium" else None)
    steps.register(visitor)
    visitor.update_profile(sample.profile(language, sample.business_number()))
    visitor.open_menu("Account profile", "Profil du compte")
    table = Table(visitor)
    page.evaluate("window.here = true")  # gone with the page
    first = table.rows()[0]
    visitor.fill_row("owners", 0, OWNER)
    elsewhere = half_typed(visitor)
    second = add(table, first)
    open_and_close(table, first, second)
    move(table, first, second)
    remove_and_put_back(table, first, second)
    without_connection(table, first, second)
    elsewhere()
    after_a_reload(table, first, second)


class Table:
    """The owners of the account profile, at the keyboard."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.say = visitor, visitor.page, visitor.say

    def rows(self) -> list[str]:
        return self.visitor.rows("owners")

    def row(self, row: str) -> Locator:
        return self.page.locator(f"#q-owners-{row}")

    def open_rows(self) -> list[str]:
        rows = self.page.locator("[data-table=owners] .row.is-open")
        return [str(row) for row in rows.evaluate_all("rows => rows.map(row => row.dataset.row)")]

    def press(self, name: str, value: str = "", *, told: tuple[str, str], focus: str = "") -> None:
        """A button by the Enter key: what is read out, where the keyboard goes on, and that the page is the same."""
        named = f'button[name="{name}"]' + (f'[value="{value}"]' if value else "")
        self.page.locator(named).press("Enter")
        expect(self.page.locator("[data-rows-told]")).to_have_text(self.say(*told))
        expect(self.page.locator(f"#{focus}")).to_be_focused()
        assert self.page.evaluate("window.here") is True
        if self.visitor._look is not None:
            assert violations(self.page) == []


def half_typed(visitor: Visitor) -> Callable[[], None]:
    """Text in the box for pasted rows, which no save takes; at the end it is still there."""
    box = visitor.page.locator("[data-table=owners] details")
    box.locator("summary").press("Enter")
    box.locator("textarea").fill("Kenji\tJapan")
    return lambda: expect(visitor.page.locator("[data-table=owners] textarea")).to_have_value("Kenji\tJapan")


def add(table: Table, first: str) -> str:
    """The row that was open is saved and closed; the new one is open."""
    table.press(
        "add", "owners", told=("Added: Owner 2", "Ligne ajoutée\u00a0: Propriétaire 2"), focus=focus_of(table, 1)
    )
    second = table.rows()[1]
    assert table.open_rows() == [second]
    expect(table.row(first)).to_contain_text("Chloé Roy")
    expect(table.row(first)).to_contain_text(table.say("Complete", "Complète"))
    assert table.page.url.endswith(f"?row={second}#q-owners-{second}")
    return second


def open_and_close(table: Table, first: str, second: str) -> None:
    """What was typed in a row goes with it; a box that searches a list works in a row that came later."""
    name = table.page.locator(f'[name="owners.{second}.name"]')
    name.fill("Noé Roy")
    country = table.page.locator(f'[name="owners.{second}.country"]')
    country.press_sequentially(table.say("Jap", "Jap"))
    expect(table.page.locator(f"#q-owners-{second}-country-options li").first).to_be_visible()
    country.press("ArrowDown")
    country.press("Enter")
    opened = ("Open: Owner 1", "Ligne ouverte\u00a0: Propriétaire 1")
    table.press("open", first, told=opened, focus=f"q-owners-{first}")
    expect(table.page.locator(f'[name="owners.{first}.country"]')).to_have_value("France")
    expect(table.row(second)).to_contain_text(table.say("Japan", "Japon"))
    expect(table.row(second)).to_contain_text(table.say("1 answer missing", "1 réponse manquante"))
    closed = ("Saved and closed: Owner 1", "Ligne enregistrée et fermée\u00a0: Propriétaire 1")
    table.press("close", first, told=closed, focus=f"q-owners-{first}")
    assert table.open_rows() == []


def move(table: Table, first: str, second: str) -> None:
    """Down, and up again."""
    table.press("open", first, told=("Open: Owner 1", "Ligne ouverte\u00a0: Propriétaire 1"), focus=f"q-owners-{first}")
    now = ("Moved, and now: Owner 2", "Ligne déplacée, maintenant\u00a0: Propriétaire 2")
    table.press("move", f"{first}.2", told=now, focus=f"q-owners-{first}-up")
    assert table.rows() == [second, first]
    expect(table.row(second)).to_contain_text(table.say("Owner 1", "Propriétaire 1"))
    now = ("Moved, and now: Owner 1", "Ligne déplacée, maintenant\u00a0: Propriétaire 1")
    table.press("move", f"{first}.1", told=now, focus=f"q-owners-{first}-down")
    assert table.rows() == [first, second]


def remove_and_put_back(table: Table, first: str, second: str) -> None:
    """With what was typed just before."""
    table.page.locator(f'[name="owners.{first}.name"]').fill("Chloé Roy-Côté")
    removed = ("Removed: Owner 1", "Ligne supprimée\u00a0: Propriétaire 1")
    table.press("remove", first, told=removed, focus="q-owners-removed")
    assert table.rows() == [second]
    expect(table.page.locator("#q-owners-removed")).to_contain_text("Chloé Roy-Côté, France")
    back = ("Put back: Owner 1", "Ligne rétablie\u00a0: Propriétaire 1")
    table.press("undo", told=back, focus=f"q-owners-{first}")
    assert table.rows() == [first, second]
    assert table.page.locator("#q-owners-removed").count() == 0
    expect(table.page.locator(f'[name="owners.{first}.name"]')).to_have_value("Chloé Roy-Côté")


def without_connection(table: Table, first: str, second: str) -> None:
    """Nothing is said to be done that is not; the same button does it once the connection is back."""
    page = table.page
    page.context.set_offline(True)
    page.locator(f'button[name="remove"][value="{first}"]').press("Enter")
    told = table.say("the rows are as they were", "les lignes sont restées telles quelles")
    expect(page.locator("[data-shown]")).to_contain_text(told)
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "undone")
    expect(page.locator(f'button[name="remove"][value="{first}"]')).to_be_focused()
    assert table.rows() == [first, second]
    page.context.set_offline(False)
    removed = ("Removed: Owner 1", "Ligne supprimée\u00a0: Propriétaire 1")
    table.press("remove", first, told=removed, focus="q-owners-removed")
    table.press("undo", told=("Put back: Owner 1", "Ligne rétablie\u00a0: Propriétaire 1"), focus=f"q-owners-{first}")


def after_a_reload(table: Table, first: str, second: str) -> None:
    """The server has it all; the row that was open still is, in the other language too."""
    table.page.reload()
    assert table.rows() == [first, second]
    assert table.open_rows() == [first]
    table.page.locator(".language a").click()
    table.page.wait_for_url("**/en/**" if table.visitor.language == "fr" else "**/fr/**")
    assert table.open_rows() == [first]


def focus_of(table: Table, place: int) -> str:
    """The id of a row that is not there yet: the page has it ready."""
    ready = table.page.locator('[name="new-owners"]').input_value()
    assert len(table.rows()) == place
    return f"q-owners-{ready}"
