"""The other editions that ship, applied for from registration to the receipt: what each asks that 2024-25 does not.

Their windows are moved to the days around today, and the fiscal year of Associations to the next: nothing else is.
Both languages between them, to save time; each was walked in both.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guichet.kernel import clock
from tests.journeys import sample, steps
from tests.journeys.look import look
from tests.journeys.offered import PDF, SHIPPED, ZONE, open_now
from tests.journeys.server import Portal, text_of
from tests.journeys.visitor import Values, Visitor

YEAR = clock.today(ZONE).year + 1  # the fiscal year that begins in April of it lies wholly ahead


def for_next_year(edition: Path) -> None:
    """Associations in words and rules: the work of one fiscal year, the next one; its lock is of the shipped words."""
    (edition / "translations.lock.yaml").unlink()
    years = {"2027": str(YEAR), "2028": str(YEAR + 1)}
    for file in edition.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub("2027|2028", lambda found: years[found[0]], text), encoding="utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, mailbox: Any) -> Any:
    """A portal of its own, with the two editions that the demonstration does not put on offer."""
    folder = tmp_path_factory.mktemp("editions")
    programs = folder / "programs"
    open_now(SHIPPED / "canexport-smes", programs, "2026-27")
    for_next_year(open_now(SHIPPED / "canexport-associations", programs, "2027-28") / "2027-28")
    running = Portal(folder / "data", mailbox, {"GUICHET_PROGRAMS": str(programs)})
    running.start()
    yield running
    running.stop()


@pytest.fixture
def portal(own: Portal) -> Portal:
    """The pages of this module are those of its own portal."""
    return own


PROGRAMS = {"SMEs": ("CanExport SMEs", "CanExport PME"), "Associations": ("CanExport Associations",) * 2}


def sections(visitor: Visitor) -> list[tuple[str, str]]:
    """(key, address) of each section on the task list."""
    links = visitor.page.locator(".tasks a").evaluate_all("links => links.map(a => a.href)")
    return [(href.rstrip("/").rsplit("/", 1)[1], href) for href in links]


def open_for(visitor: Visitor, program: str, english: str, french: str) -> None:
    """A page of the menu that each program has for itself; it says for which it is, and leads to the other's."""
    visitor.open_menu(english, french)
    if program != "SMEs":  # the first on offer
        visitor.follow(*PROGRAMS[program], within=visitor.page.get_by_role("main"))
    name = visitor.say(*PROGRAMS[program])
    visitor.sees(f"Program: {name}", f"Programme\u00a0: {name}")


def save(visitor: Visitor, *wrong: str) -> None:
    """Save and continue; ``wrong`` are the lines that the page then has in its summary of errors."""
    visitor.press("Save and continue", "Enregistrer et continuer")
    assert visitor.errors() == list(wrong)


def examined(visitor: Visitor, officer: Visitor, program: str, answers: Values) -> str:
    """Registered, My profile sent and found to meet the criteria; returns the address."""
    email = steps.register(visitor)
    open_for(visitor, program, "My profile", "Mon profil")
    visitor.fill(answers)
    visitor.press("Update", "Mettre à jour")
    assert visitor.errors() == []
    # Seven business days in both, and the letter says which day that is.
    received = text_of(visitor.server.mailbox.wait(email, visitor.say("Profile received", "Profil reçu")))
    assert visitor.say("7 business days", "7 jours ouvrables") in received
    steps.conclude(officer, answers["legal_name"])
    visitor.server.mailbox.wait(email, visitor.say("Criteria met", "Critères atteints"))
    return email


def begin(visitor: Visitor, short: tuple[str, str]) -> date:
    """A new application of the program; returns the earliest start that its page names."""
    visitor.open_menu("My applications", "Mes demandes")
    visitor.follow("CanExport", "CanExport")
    visitor.follow("New application", "Nouvelle application")
    visitor.follow(*short, within=visitor.page.get_by_role("main"))
    visitor.press("Start the application", "Commencer la demande")
    return steps.earliest_start(visitor)


def fill_rows(visitor: Visitor, table: str, rows: list[Values]) -> None:
    for number, row in enumerate(rows):
        if len(visitor.rows(table)) <= number:
            visitor.add(table)
        visitor.fill_row(table, number, row)


# CanExport SMEs 2026-27 --------------------------------------------------------------------------------------------


def trip(start: date, language: str, **changed: Any) -> Values:
    """Two travellers for ten days, $600 a day each: 12,000 of per diem in a cost of 20,000."""
    answers = sample.activity(start, language, cost="20 000 $" if language == "fr" else "$20,000")
    return answers | {"market": "US", "destination": "US", "travellers": "2", "trip_days": "10"} | changed


def choose_markets(visitor: Visitor) -> None:
    """The United States beside another country are refused; alone they go through."""
    visitor.answer("total_sales", "1000000")
    potential = visitor.say("Buyers who pay for quality.", "Des acheteurs qui paient la qualité.")
    both = [{"country": code, "sales": "0", "potential": potential} for code in ("US", "FR")]
    fill_rows(visitor, "target_markets", both)
    refusal = visitor.say(
        "Target markets: The United States cannot be combined with another target market. "
        "Keep the United States alone, or remove it.",
        "Marchés cibles\u00a0: Les États-Unis ne peuvent pas être combinés à un autre marché cible. "
        "Gardez seulement les États-Unis, ou supprimez-les.",
    )
    save(visitor, refusal)
    visitor.fill_row("target_markets", 1, {})  # opened
    visitor.tap(visitor.page.locator(f'button[name="remove"][value="{visitor.rows("target_markets")[1]}"]'))
    save(visitor)


@pytest.mark.parametrize("language", ["fr"])
def test_the_newer_edition_for_companies_is_applied_for(
    portal: Portal, chromium: Any, open_page: Any, language: str
) -> None:
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    officer = Visitor(open_page(chromium, language), portal, language, look)
    officer.log_in("officer@demo.example", portal.password)
    number = sample.business_number()
    examined(visitor, officer, "SMEs", sample.profile(language, number, legal_form="cooperative", employees="3"))
    visitor.transmit_account_profile(sample.account_profile(language), steps.OWNER)
    assert visitor.errors() == []
    start = begin(visitor, ("SMEs", "PME"))
    tasks = visitor.page.url
    plain = dict(sample.sections(language)) | {"attachments": {"attachments": PDF}}
    for key, href in sections(visitor):
        visitor.page.goto(href)
        visitor.arrived()
        if key == "markets":
            choose_markets(visitor)
        elif key == "activities":
            rows = [
                trip(start, language, per_diem="14000"),
                {**sample.activity(start, language, category="b", cost="5000"), "market": "US", "destination": "US"},
            ]
            fill_rows(visitor, "activities", rows)
            save(visitor)
        else:
            visitor.fill(plain[key])
            save(visitor)
    visitor.page.goto(tasks)
    visitor.arrived()
    reference = steps.submit(visitor)
    assert re.fullmatch(r"CXS-20\d\d-\d{5}-[0-9A-HJKMNP-TV-Y]", reference)
    # 25,000, less 2,000 of per diem beyond $600 × 2 × 10; half of 23,000.
    visitor.sees("$11,500", "11\u00a0500\u00a0$")


# CanExport Associations 2027-28 ------------------------------------------------------------------------------------


def association(language: str, number: str) -> Values:
    """My profile of a national association of one industry; the others are not asked for theirs."""
    french = language == "fr"
    return {
        "person-title": "Directrice générale" if french else "Executive director",
        "person-phone": "613 555-0142",
        "legal_name": f"Association des brasseries {number}" if french else f"Brewers’ Association {number}",
        "business_number": number,
        "kind": "industry_association",
        "industry": "312",
        "scope": "national",
        "incorporated": True,
        "not_for_profit": True,
        "established_in_canada": True,
        "members": "1 204" if french else "1,204",
        "street": "100, rue Queen" if french else "100 Queen Street",
        "city": "Ottawa",
        "province": "ON",
        "postal_code": "k1p 1j9",
    }


ACCOUNT = {
    "mandate": "…",
    "members_description": "…",
    "staff": "4.5",
    "international_experience": "…",
    "has_government_funding": False,
    "signatory_position": "…",
    "signatory_basis": "resolution",
    "signatory_details": "2026-05-12",
    "signatory_confirmation": True,
}


def of_section(key: str) -> Values:
    """The plain answers of a section; a strategy is there, and asks for three more."""
    plain: dict[str, Values] = {
        "project": {
            "project_title": "Canada à Hambourg",
            "project_summary": "…",
            "members_served": "40",
            "capacity": "…",
        },
        "strategy": {"has_strategy": True, "strategy_years": "3", "strategy_file": PDF, "strategy_fit": "…"},
        "private_revenue": {"private_proof": PDF},
        "documents": {
            "articles": PDF,
            "statements_last_year": PDF,
            "statements_year_before": PDF,
            "last_year_ends": "2025-12-31",
        },
        "results": {"results": "…", "measures": "…", "benefits": "…"},
    }
    return plain.get(key, {})


def plan_activity(visitor: Visitor, start: date) -> None:
    """One activity of 120,000, which may not last beyond the fiscal year."""
    row = {
        "category": "events",
        "market": "DE",
        "start": max(start, date(YEAR, 4, 1)).isoformat(),
        "end": f"{YEAR + 1}-04-01",
        "cost": visitor.say("$120,000", "120 000 $"),
        "description": "…",
    }
    fill_rows(visitor, "activities", [row])
    save(
        visitor,
        visitor.say(
            f"Activity 1, End date: This activity ends after the fiscal year, which closes on March 31, {YEAR + 1}. "
            "Shorten it, or ask for the rest in the next call.",
            "Activité 1, Date de fin\u00a0: Cette activité prend fin après l’exercice, qui se termine le 31 mars "
            f"{YEAR + 1}. Raccourcissez-la, ou demandez le reste lors du prochain appel.",
        ),
    )
    visitor.fill_row("activities", 0, {"end": f"{YEAR + 1}-03-31"})
    save(visitor)


@pytest.mark.parametrize("language", ["en"])
def test_the_program_for_associations_is_applied_for(
    portal: Portal, chromium: Any, open_page: Any, language: str
) -> None:
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    officer = Visitor(open_page(chromium, language), portal, language, look)
    officer.log_in("officer@demo.example", portal.password)
    email = examined(visitor, officer, "Associations", association(language, sample.business_number()))
    open_for(visitor, "Associations", "Account profile", "Profil du compte")
    visitor.fill(ACCOUNT)
    visitor.press("Save and submit", "Enregistrer et transmettre")
    assert visitor.errors() == []
    start = begin(visitor, ("Associations", "Associations"))
    tasks = visitor.page.url
    for key, href in sections(visitor):
        visitor.page.goto(href)
        visitor.arrived()
        visitor.fill(of_section(key))
        if key == "activities":
            plan_activity(visitor, start)
            continue
        if key == "markets":
            fill_rows(visitor, "target_markets", [{"country": "DE", "reasons": "…"}])
        elif key == "private_revenue":
            rows = [{"kind": "dues", "source": "…", "amount": "60 000"}]
            fill_rows(visitor, "private_sources", rows)
        save(visitor)
    visitor.page.goto(tasks)
    visitor.arrived()
    reference = steps.submit(visitor)
    assert re.fullmatch(r"CXA-20\d\d-\d{5}-[0-9A-HJKMNP-TV-Y]", reference)
    visitor.sees("$60,000", "60\u00a0000\u00a0$")
    assert "Canada à Hambourg" in text_of(portal.mailbox.wait(email, reference))
