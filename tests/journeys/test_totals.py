"""The totals under the budget: those shown while one types are those that are saved, and each reduction says why."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.look import look
from tests.journeys.visitor import Visitor

NBSP = "\u00a0"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_totals_while_one_types_are_those_that_are_saved(
    portal: Any, chromium: Any, open_page: Any, language: str
) -> None:
    page = open_page(chromium, language)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    visitor = Visitor(page, portal, language, look)
    visitor.log_in("signatory@demo.example", portal.password)
    to_the_budget(visitor)
    if not visitor.rows("activities"):
        visitor.add("activities")
    totals = page.locator("[data-totals]")
    typed = "$120,000.55" if language == "en" else "120 000,55 $"
    visitor.fill_row("activities", 0, {"cost": typed})
    ceiling = visitor.say("reduced by $10,000.28.", f"réduction de 10{NBSP}000,28{NBSP}$.")
    expect(totals.locator('[data-reduction="ceiling"]')).to_contain_text(ceiling)
    expect(totals.locator('dd[data-total="own_share"]')).to_have_text(
        "$70,000.55" if language == "en" else f"70{NBSP}000,55{NBSP}$"
    )
    assert widths(visitor) == {"program": 417, "others": 0, "own": 583}
    expect(totals.locator('[data-reduction="ceiling"]')).to_be_visible()
    live = totals.inner_text()
    visitor.press("Save", "Enregistrer")
    assert totals.inner_text() == live
    assert widths(visitor) == {"program": 417, "others": 0, "own": 583}
    row = visitor.rows("activities")[0]
    page.locator(f'button[name="close"][value="{row}"]').click()
    visitor.arrived()
    assert totals.inner_text() == live  # a closed row counts as it is saved
    visitor.fill_row("activities", 0, {"cost": "1000"})
    expect(totals.locator("[data-reductions]")).to_be_hidden()
    visitor.press("Save", "Enregistrer")
    expect(totals.locator("[data-reductions]")).to_be_hidden()
    assert faults == []  # every script of the page does its work


def to_the_budget(visitor: Visitor) -> None:
    """The budget of a new application, or of the one that is begun."""
    visitor.open_menu("My applications", "Mes demandes")
    visitor.follow("CanExport", "CanExport")
    visitor.follow("New application", "Nouvelle application")
    visitor.follow("SMEs", "PME")
    start = visitor.page.get_by_role("button", name=visitor.say("Start the application", "Commencer la demande"))
    if start.count():
        start.click()
        visitor.arrived()
    else:
        visitor.follow("Continue the draft", "Poursuivre le brouillon")
    visitor.follow("Activities and budget", "Activités et budget")


def widths(visitor: Visitor) -> dict[str, int]:
    """The pieces of the bar, of a thousand."""
    pieces = visitor.page.locator("[data-piece]").evaluate_all(
        "pieces => pieces.map(piece => [piece.dataset.piece, Number(piece.getAttribute('width'))])"
    )
    return dict(pieces)
