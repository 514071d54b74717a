"""The rows of a table: opened, closed, added, removed and brought back, moved, pasted; with the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import sample, steps
from tests.journeys.look import look
from tests.journeys.visitor import Visitor

PASTED = {
    "en": "Name\tCountry of residence\tShare\nKenji Sato\tJapan\t12.5%\nAda Lovelace\tAtlantis\t\n",
    "fr": "Nom\tPays de résidence\tPart\nKenji Sato\tJapon\t12,5 %\nAda Lovelace\tAtlantide\t\n",
}


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_rows_by_keyboard(portal: Any, chromium: Any, open_page: Any, language: str, javascript: bool) -> None:
    page = open_page(chromium, language, javascript=javascript)
    visitor = Visitor(page, portal, language, look if javascript else None)
    steps.register(visitor)
    visitor.update_profile(sample.profile(language, sample.business_number()))
    visitor.open_menu("Account profile", "Profil du compte")
    first, second = add(visitor, javascript)
    open_and_close(visitor, first, second)
    move(visitor, first, second, javascript)
    remove(visitor, first, second)
    paste(visitor)
    fault_in_a_closed_row(visitor)


def add(visitor: Visitor, javascript: bool) -> list[str]:
    """A table that needs a row has a blank one open; a row that is added is open, and has the focus."""
    visitor.fill_row("owners", 0, {"name": "Chloé Roy", "country": "FR", "share": "10"})
    press(visitor, button(visitor, "add", "owners"))
    first, second = visitor.rows("owners")
    assert visitor.page.url.endswith(f"#q-owners-{second}")
    focused(visitor, f"q-owners-{second}", javascript)
    assert visitor.page.locator(f'[name^="owners.{first}"]').count() == 0
    assert line(visitor, first) == ["Chloé Roy", "France", visitor.say("10%", "10\u00a0%")]
    return [first, second]


def open_and_close(visitor: Visitor, first: str, second: str) -> None:
    """Opening another row saves this one, and says what is missing in it."""
    visitor.answer(f"owners.{second}.name", "Noé Roy")
    press(visitor, button(visitor, "open", first))
    expect(visitor.page.locator(f'[name="owners.{first}.name"]')).to_have_value("Chloé Roy")
    expect(row(visitor, second)).to_contain_text(visitor.say("2 answers missing", "2 réponses manquantes"))
    press(visitor, button(visitor, "close", first))
    assert visitor.page.locator('[name^="owners."]').count() == 0
    expect(row(visitor, first)).to_contain_text(visitor.say("Complete", "Complète"))


def move(visitor: Visitor, first: str, second: str, javascript: bool) -> None:
    """Down and up again, the focus on the button or on the one that is left."""
    press(visitor, button(visitor, "open", first))
    press(visitor, button(visitor, "move", f"{first}.2"))
    assert visitor.rows("owners") == [second, first]
    focused(visitor, f"q-owners-{first}-up", javascript)
    press(visitor, button(visitor, "move", f"{first}.1"))
    assert visitor.rows("owners") == [first, second]
    focused(visitor, f"q-owners-{first}-down", javascript)


def remove(visitor: Visitor, first: str, second: str) -> None:
    """What is removed is named, and comes back with its answers, those that were not saved yet too."""
    visitor.answer(f"owners.{first}.name", "Chloé Roy-Côté")
    press(visitor, button(visitor, "remove", first))
    assert visitor.rows("owners") == [second]
    visitor.sees("Removed: Chloé Roy-Côté, France", "Ligne supprimée\u00a0: Chloé Roy-Côté, France")
    press(visitor, button(visitor, "undo"))
    assert visitor.rows("owners") == [first, second]
    expect(visitor.page.locator(f'[name="owners.{first}.name"]')).to_have_value("Chloé Roy-Côté")


def paste(visitor: Visitor) -> None:
    """From a spreadsheet: what cannot be read stays as it was typed."""
    box = visitor.page.locator("[data-table=owners] details")
    box.locator("summary").press("Enter")
    box.locator("textarea").fill(PASTED[visitor.language])
    press(visitor, button(visitor, "paste", "owners"))
    visitor.sees("2 rows were added.", "2 lignes ont été ajoutées.")
    rows = visitor.rows("owners")
    assert len(rows) == 4
    assert line(visitor, rows[2]) == [
        "Kenji Sato", visitor.say("Japan", "Japon"), visitor.say("12.5%", "12,5\u00a0%")
    ]  # fmt: skip
    expect(row(visitor, rows[3])).to_contain_text(visitor.say("Atlantis", "Atlantide"))
    expect(row(visitor, rows[3])).to_contain_text(visitor.say("To correct", "À corriger"))


def fault_in_a_closed_row(visitor: Visitor) -> None:
    """It is in the summary, and its link opens the row."""
    visitor.press("Save", "Enregistrer")
    last = visitor.rows("owners")[3]
    lines = visitor.page.locator(".error-summary a", has_text=visitor.say("Owner 4, Country", "Propriétaire 4, Pays"))
    lines.first.press("Enter")
    visitor.arrived()
    expect(visitor.page.locator(f'[name="owners.{last}.country"]')).to_have_attribute("aria-invalid", "true")


def button(visitor: Visitor, name: str, value: str = "") -> Locator:
    named = f'button[name="{name}"]' + (f'[value="{value}"]' if value else "")
    return visitor.page.get_by_role("main").locator(named)


def press(visitor: Visitor, pressed: Locator) -> None:
    """By keyboard."""
    visitor.leave(lambda: pressed.press("Enter"))


def row(visitor: Visitor, row: str) -> Locator:
    return visitor.page.locator(f'[data-row="{row}"]')


def line(visitor: Visitor, of: str) -> list[str]:
    """What the line of a closed row shows."""
    return [text.strip() for text in row(visitor, of).locator("dd").all_inner_texts()]


def focused(visitor: Visitor, id: str, javascript: bool) -> None:
    """Where the keyboard goes on."""
    if javascript:
        assert visitor.page.evaluate("document.activeElement.id") == id
