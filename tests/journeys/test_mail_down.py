"""The relay is in trouble: the act succeeds, the letter waits, and goes later, once."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys import sample, steps
from tests.journeys.server import Mailbox
from tests.journeys.visitor import Visitor


@pytest.fixture
def refusing(mailbox: Mailbox) -> Iterator[Mailbox]:
    """A relay that answers 451 until the test mends it."""
    yield mailbox
    mailbox.refusing = False


def test_a_profile_is_sent_while_the_relay_refuses_and_its_letter_goes_later_once(
    portal: Any, chromium: Any, open_page: Any, refusing: Mailbox
) -> None:
    visitor = Visitor(open_page(chromium, "fr"), portal, "fr")
    email = steps.register(visitor)
    refusing.refusing = True
    visitor.update_profile(sample.profile("fr", sample.business_number()))
    assert visitor.errors() == []
    visitor.open_menu("Messages", "Messages")
    visitor.sees("Profile received", "Profil reçu")
    assert refusing.to(email, "Profil reçu") == []
    refusing.refusing = False
    refusing.wait(email, "Profil reçu", seconds=60)
    assert len(refusing.to(email, "Profil reçu")) == 1
