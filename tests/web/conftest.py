"""A published program, and people, for tests of pages."""

import pytest

from guichet.programs import actions as programs
from tests.house.sources import ROOT


@pytest.fixture
def edition(db):
    """The edition of the seed, published."""
    return programs.publish(actor=None, folder=ROOT / "programs" / "canexport-smes" / "2024-25")


@pytest.fixture(params=["en", "fr"])
def language(request):
    """Each test runs in both languages."""
    return request.param
