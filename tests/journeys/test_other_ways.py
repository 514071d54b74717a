"""The other ways through the portal: not eligible at first, a returning client, a colleague, a stranger, too early."""

from datetime import timedelta
from typing import Any

import pytest

from tests.journeys import firms, sample, steps
from tests.journeys.look import look
from tests.journeys.visitor import Visitor


@pytest.fixture
def officer(portal: Any, chromium: Any, open_page: Any) -> Visitor:
    """The program officer, signed in, who reads English."""
    visitor = Visitor(open_page(chromium, "en"), portal, "en", look)
    visitor.log_in("officer@demo.example", portal.password)
    return visitor


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_client_who_is_not_eligible_learns_why_corrects_and_meets_the_criteria(
    portal: Any, chromium: Any, open_page: Any, officer: Visitor, language: str
) -> None:
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    email = steps.register(visitor)
    answers = sample.profile(language, sample.business_number(), employees="600", legal_form="cooperative")
    visitor.update_profile(answers)
    steps.conclude(officer, answers["legal_name"])
    subject = visitor.say(
        "Account creation verification: Criteria not met",
        "Vérification de la création du compte\u00a0: Critères non atteints",
    )
    letter = str(portal.mailbox.wait(email, subject).get_body(("plain",)).get_content())
    for words in (visitor.say("Fewer than 500 employees", "Moins de 500\u00a0employés"), "600", "2.1"):
        assert words in letter
    assert visitor.say("Legal form", "Forme juridique") in letter
    assert visitor.say("For-profit", "But lucratif") not in letter
    visitor.update_profile({"employees": "12", "legal_form": "incorporated"})
    steps.conclude(officer, answers["legal_name"])
    portal.mailbox.wait(email, visitor.say("verification: Criteria met", "compte\u00a0: Critères atteints"))
    visitor.open(visitor.say("/en/my-profile/verification/", "/fr/mon-profil/verification/"))
    visitor.sees("Criteria met", "Critères atteints")
    visitor.sees("Criteria not met", "Critères non atteints")


def test_a_returning_client_reviews_is_told_when_it_is_too_early_and_submits(
    portal: Any, chromium: Any, open_page: Any
) -> None:
    visitor = Visitor(open_page(chromium, "fr"), portal, "fr", look)
    email = firms.signatory(portal, "fr")
    visitor.log_in(email, portal.password)
    begin(visitor)
    earliest = steps.earliest_start(visitor)
    steps.fill_in(visitor, earliest - timedelta(days=1), faulty="activities")
    visitor.follow("Review the application", "Réviser la demande")
    missing = visitor.page.locator("main .notice", has_text="Pas encore compl")
    assert "60\u00a0jours ouvrables" in missing.inner_text()
    assert visitor.page.get_by_role("link", name="Continuer\u00a0: attester et transmettre").count() == 0
    missing.get_by_role("link").first.click()
    visitor.arrived()
    for number in range(2):
        visitor.fill_row("activities", number, {"start": earliest.isoformat()})
    visitor.press("Save and continue", "Enregistrer et continuer")
    visitor.page.go_back()
    visitor.follow("All sections", "Toutes les sections")
    number = steps.submit(visitor)
    portal.mailbox.wait(email, number)
    # A second application asks for the review first, and says so.
    visitor.open_menu("My applications", "Mes demandes")
    visitor.sees(number, number)
    visitor.follow("CanExport", "CanExport")
    visitor.follow("New application", "Nouvelle application")
    visitor.follow("SMEs", "PME")
    assert visitor.page.get_by_role("button", name="Commencer la demande").count() == 0


def test_a_colleague_fills_in_but_does_not_sign_and_a_stranger_sees_nothing(
    portal: Any, chromium: Any, open_page: Any, officer: Visitor
) -> None:
    signatory = Visitor(open_page(chromium, "fr"), portal, "fr", look)
    email = steps.register(signatory)
    answers = sample.profile("fr", sample.business_number())
    signatory.update_profile(answers)
    steps.conclude(officer, answers["legal_name"])
    portal.mailbox.wait(email, "Critères atteints")
    signatory.transmit_account_profile(sample.account_profile("fr"), steps.OWNER)
    colleague = invite(signatory, open_page(chromium, "en"), "editor")
    colleague.open_menu("Account profile", "Profil du compte")
    assert colleague.page.get_by_role("button", name="Save and submit").count() == 0
    colleague.sees("Éloïse Tremblay-Nguyễn", "Éloïse Tremblay-Nguyễn")
    begin(colleague)
    address = colleague.page.url
    steps.fill_in(colleague, steps.earliest_start(colleague))
    colleague.follow("Review the application", "Réviser la demande")
    assert colleague.errors() == []
    assert colleague.page.get_by_role("link", name="Continue: confirm and submit").count() == 0
    colleague.sees("Éloïse Tremblay-Nguyễn", "Éloïse Tremblay-Nguyễn")
    stranger = open_page(chromium, "en")
    Visitor(stranger, portal, "en").log_in("stranger@demo.example", portal.password)
    assert stranger.goto(address).status == 404
    signatory.page.goto(address.replace("/en/application/", "/fr/demande/"))
    signatory.arrived()
    assert steps.submit(signatory).startswith("CXS-")


def begin(visitor: Visitor) -> None:
    """My applications > CanExport > New application > SMEs, and start; the person then stands on the task list."""
    visitor.open_menu("My applications", "Mes demandes")
    visitor.follow("CanExport", "CanExport")
    visitor.follow("New application", "Nouvelle application")
    visitor.follow("SMEs", "PME")
    visitor.press("Start the application", "Commencer la demande")


def invite(signatory: Visitor, page: Any, role: str) -> Visitor:
    """A colleague who reads English, invited by letter and registered through its link."""
    email = steps.new_email()
    signatory.open_menu("Contacts and roles", "Contacts et rôles")
    signatory.fill({"email": email, "role": role, "language": "en"})
    signatory.press("Send the invitation", "Envoyer l’invitation")
    letter = str(signatory.server.mailbox.wait(email).get_body(("plain",)).get_content())
    link = steps.link_of(letter, "/invitations/")
    colleague = Visitor(page, signatory.server, "en", look)
    colleague.page.goto(link)
    colleague.arrived()
    colleague.follow("Register", "S’inscrire", within=colleague.page.get_by_role("main"))
    colleague.register_here(email, sample.PASSWORD, "Marc O’Neill")
    colleague.press("Accept the invitation", "Accepter l’invitation")
    return colleague
