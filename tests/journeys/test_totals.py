"""The totals under the budget: those shown while one types are those that are saved, and each reduction says why."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import firms
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
    visitor.log_in(firms.signatory(portal, language), portal.password)
    to_the_budget(visitor)
    if not visitor.rows("activities"):
        visitor.add("activities")
    totals = page.locator("[data-totals]")
    closed = page.locator('[data-table="activities"] button[name="open"]')
    if closed.count():
        send(visitor, closed.first)
    typed = "$120,000.55" if language == "en" else "120 000,55 $"
    visitor.fill_row("activities", 0, {"cost": typed})
    ceiling = visitor.say("reduced by $10,000.28.", f"réduction de 10{NBSP}000,28{NBSP}$.")
    expect(totals.locator('[data-reduction="ceiling"]')).to_contain_text(ceiling)
    expect(totals.locator('dd[data-total="own_share"]')).to_have_text(
        "$70,000.55" if language == "en" else f"70{NBSP}000,55{NBSP}$"
    )
    pieces(visitor, program=417, others=0, own=583)
    expect(totals.locator('[data-reduction="ceiling"]')).to_be_visible()
    live = totals.inner_text()
    send(visitor, page.get_by_role("button", name=visitor.say("Save", "Enregistrer"), exact=True).first)
    expect(totals).to_have_text(live, use_inner_text=True)
    pieces(visitor, program=417, others=0, own=583)
    send(visitor, page.locator('button[name="close"]'))
    expect(page.locator(".row.is-closed")).to_have_count(1)
    expect(totals).to_have_text(live, use_inner_text=True)  # a closed row counts as it is saved
    send(visitor, page.locator('button[name="open"]').first)
    visitor.fill_row("activities", 0, {"cost": "1000"})
    expect(totals.locator("[data-reductions]")).to_be_hidden()
    send(visitor, page.get_by_role("button", name=visitor.say("Save", "Enregistrer"), exact=True).first)
    expect(totals.locator("[data-reductions]")).to_be_hidden()
    assert faults == []  # every script of the page does its work


def to_the_budget(visitor: Visitor) -> None:
    """The budget of a new application."""
    visitor.open_menu("My applications", "Mes demandes")
    visitor.follow("CanExport", "CanExport")
    visitor.follow("New application", "Nouvelle application")
    visitor.follow("SMEs", "PME")
    visitor.press("Start the application", "Commencer la demande")
    visitor.follow("Activities and budget", "Activités et budget")


def send(visitor: Visitor, button: Locator) -> None:
    """Press a button that sends the page; what is being saved meanwhile goes first, and the page may wait for it."""
    with visitor.page.expect_navigation():
        button.click()
    visitor.arrived()


def pieces(visitor: Visitor, **widths: int) -> None:
    """The pieces of the bar have these widths, of a thousand."""
    for key, width in widths.items():
        expect(visitor.page.locator(f'[data-piece="{key}"]')).to_have_attribute("width", str(width))
