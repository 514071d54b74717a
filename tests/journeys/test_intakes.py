"""An intake that has closed, more time for one organization, a pause and its end: what officer and applicant see."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guichet.kernel import clock
from tests.journeys import steps
from tests.journeys.look import look
from tests.journeys.server import ROOT, Portal
from tests.journeys.visitor import Visitor

NOTICE = {"en": "The office moves this week.", "fr": "Le bureau déménage cette semaine."}
ZONE = "America/Toronto"
TITLE = "    title: {en: Open all year, fr: En tout temps}\n"
CLOSED = f"{TITLE}    opens: 2026-02-04T12:00:00-05:00\n    closes: 2026-05-29T12:00:00-04:00\n"


@pytest.fixture
def portal(tmp_path: Path, mailbox: Any) -> Any:
    """A portal of its own, whose program closed its one intake in May."""
    shutil.copytree(ROOT / "programs" / "canexport-smes", tmp_path / "programs" / "canexport-smes")
    written = tmp_path / "programs" / "canexport-smes" / "2024-25" / "edition.yaml"
    text = written.read_text(encoding="utf-8")
    assert text.count(TITLE) == 1
    written.write_text(text.replace(TITLE, CLOSED), encoding="utf-8")
    running = Portal(tmp_path / "data", mailbox, {"GUICHET_PROGRAMS": str(tmp_path / "programs")})
    running.start()
    yield running
    running.stop()


def come(portal: Any, open_page: Any, browser: Any, who: str, language: str) -> Visitor:
    """Somebody of the demonstration, signed in; the pages are those of this test's own portal."""
    visitor = Visitor(open_page(browser, language), portal, language, look)
    visitor.log_in(f"{who}@demo.example", portal.password)
    return visitor


def give_more_time(officer: Visitor) -> str:
    """A month more for the maple firm; returns the day as it is typed."""
    officer.open(officer.say("/en/officer/search/?q=lavoie", "/fr/agent/recherche/?q=lavoie"))
    officer.page.get_by_role("link", name="Érablière Côté-Lavoie inc.").click()
    officer.arrived()
    officer.follow("More time", "Délai supplémentaire")
    officer.follow("CanExport SMEs 2024–2025", "CanExport PME 2024–2025")
    officer.sees("Applications are not received now.", "Aucune demande n’est reçue en ce moment")
    day = (clock.today(ZONE) + timedelta(days=30)).isoformat()
    officer.fill({"day": day, "time": "12:00", "reason": "Inondation"})
    officer.press("Give more time", "Accorder le délai")
    officer.sees("its contacts receive a letter", "ses contacts recevront une lettre")
    return day


def pause(officer: Visitor) -> None:
    officer.open_menu("Intakes", "Périodes de réception")
    officer.follow("CanExport SMEs 2024–2025", "CanExport PME 2024–2025")
    officer.follow("Pause applications", "Suspendre la réception")
    officer.fill({"notice_en": NOTICE["en"], "notice_fr": NOTICE["fr"]})
    officer.press("Pause applications", "Suspendre la réception")
    officer.sees("owners of drafts receive a letter", "les responsables de brouillons recevront une lettre")


def letter(portal: Any, subject: str) -> str:
    """What the signatory, who reads French, received."""
    return str(portal.mailbox.wait("signatory@demo.example", subject).get_body(("plain",)).get_content())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_more_time_a_pause_its_end_and_a_submission_after_the_closing_moment(
    portal: Any, chromium: Any, open_page: Any, language: str
) -> None:
    applicant = come(portal, open_page, chromium, "signatory", language)
    officer = come(portal, open_page, chromium, "officer", language)
    applicant.open_menu("My applications", "Mes demandes")
    applicant.follow("CanExport", "CanExport")
    applicant.follow("New application", "Nouvelle application")
    applicant.follow("SMEs", "PME")
    applicant.sees("Applications are not received now.", "Aucune demande n’est reçue en ce moment")
    start = applicant.page.url
    give_more_time(officer)
    assert "a plus de temps" in str(portal.mailbox.wait("signatory@demo.example", "plus de temps")["Subject"])
    applicant.page.goto(start)
    applicant.arrived()
    applicant.press("Start the application", "Commencer la demande")
    draft = applicant.page.url
    steps.fill_in(applicant, clock.today(ZONE) + timedelta(days=120))  # 60 business days, and some
    # The pause falls between the review and the click.
    applicant.follow("Review the application", "Réviser la demande")
    applicant.follow("Continue: confirm and submit", "Continuer\u00a0: attester et transmettre")
    for box in applicant.page.locator('[name="attestation"]').all():
        applicant.tick(box)
    pause(officer)
    applicant.press("Submit the application", "Transmettre la demande")
    applicant.sees("none can be started or submitted", "ne peut être commencée ni transmise")
    applicant.sees(NOTICE["en"], NOTICE["fr"])
    assert NOTICE["fr"] in letter(portal, "suspendue")
    applicant.open(applicant.say("/en/programs/canexport-smes/", "/fr/programmes/canexport-smes/"))
    applicant.sees("Applications are not received now.", "Aucune demande n’est reçue en ce moment")
    officer.press("End the pause", "Mettre fin à la suspension")
    assert "jusqu’au" in letter(portal, "levée")
    applicant.page.goto(draft)
    applicant.arrived()
    assert steps.submit(applicant).startswith("CXS-")
    # Everybody is given more time, and a visitor sees it.
    officer.open_menu("Intakes", "Périodes de réception")
    officer.follow("CanExport SMEs 2024–2025", "CanExport PME 2024–2025")
    officer.page.get_by_role("link", name=officer.say("Change the closing date", "Reporter la clôture")).click()
    officer.arrived()
    officer.fill({"day": "2027-01-29", "time": "12:00", "reason": "Grève des postes"})
    officer.press("Change the closing date", "Reporter la clôture")
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    visitor.open(visitor.say("/en/programs/canexport-smes/", "/fr/programmes/canexport-smes/"))
    visitor.sees("January 29, 2027, 12:00 p.m. (EST)", "29 janvier 2027, 12\u00a0h (HNE)")
    visitor.sees("It was to close:", "Clôture prévue au départ")


def publish_next_year(portal: Portal) -> None:
    """The edition of the next year, in which the title of the project may be shorter only; the portal starts again."""
    portal.stop()
    before = Path(portal.extra["GUICHET_PROGRAMS"]) / "canexport-smes" / "2024-25"
    after = before.with_name("2025-26")
    shutil.copytree(before, after)
    for name, old, new in (
        ("edition.yaml", "begins: 2024-04-01", "begins: 2025-04-01"),
        ("application.yaml", "max_length: 150\n", "max_length: 120\n"),
    ):
        text = (after / name).read_text(encoding="utf-8")
        assert old in text
        (after / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    demonstration = before.with_name("demonstration.yaml")
    offered = demonstration.read_text(encoding="utf-8")
    assert "editions: [2024-25]" in offered
    demonstration.write_text(offered.replace("[2024-25]", "[2024-25, 2025-26]"), encoding="utf-8")
    portal.start()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_draft_goes_on_in_a_newer_edition_with_what_changes_before_and_after(
    portal: Any, chromium: Any, open_page: Any, language: str
) -> None:
    applicant = come(portal, open_page, chromium, "signatory", language)
    officer = come(portal, open_page, chromium, "officer", language)
    give_more_time(officer)
    applicant.open_menu("My applications", "Mes demandes")
    applicant.follow("CanExport", "CanExport")
    applicant.follow("New application", "Nouvelle application")
    applicant.follow("SMEs", "PME")
    applicant.press("Start the application", "Commencer la demande")
    draft = applicant.page.url
    applicant.follow("Project", "Projet")
    applicant.fill({"project_title": "Œuvre d’érable"})
    applicant.press("Save and continue", "Enregistrer et continuer")
    publish_next_year(portal)
    applicant.page.goto(draft)
    applicant.arrived()
    applicant.follow("See what would change", "Voir ce qui changerait")
    applicant.sees("Changed questions", "Questions modifiées")
    applicant.sees("Project title", "Titre du projet")
    applicant.press("Move the draft", "Faire passer le brouillon")
    applicant.page.goto(draft)
    applicant.arrived()
    applicant.follow("See what has changed", "Voir ce qui a changé")
    applicant.sees("Project title", "Titre du projet")
    applicant.page.goto(draft)
    applicant.follow("Project", "Projet")
    assert applicant.page.input_value("[name=project_title]") == "Œuvre d’érable"
