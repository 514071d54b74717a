"""The documents keep up with the code."""

import re

import pytest

from guichet.mail import texts
from tests.house.sources import ROOT, place, python

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
NAME = re.compile(r"\b(GUICHET_[A-Z_]+|DATABASE_URL)\b")
PROGRAMS = ROOT / "docs" / "programs.md"
# Handed by `up` to its own steps; nobody sets it.
INTERNAL = {"GUICHET_APPLICATION_ROLE"}


def test_every_setting_is_in_the_operators_manual_and_the_other_way_round():
    read = {
        name for path in python() for name in re.findall(r"[\"'](GUICHET_[A-Z_]+|DATABASE_URL)[\"']", path.read_text())
    } - INTERNAL
    told = set(NAME.findall((ROOT / "docs" / "operating.md").read_text()))
    without_files = {name.removesuffix("_FILE") for name in read}
    assert without_files - told == set(), "not in docs/operating.md"
    assert {name.removesuffix("_FILE") for name in told} - without_files == set(), "no such setting"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    broken = [
        f"{place(document)}: {target}"
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text())
        if "://" not in target and not target.startswith("mailto:") and not (document.parent / target).exists()
    ]
    assert broken == []


def test_the_letters_that_a_program_may_reword_are_described_with_their_placeholders():
    """Who designs a program has docs/programs.md alone, not our texts."""
    told = dict(re.findall(r"^\| `([a-z_]+)` \| .*? \| ((?:`\{[a-z_]+\}`(?:, )?)+) \|$", PROGRAMS.read_text(), re.M))
    rooms = {name: room for room, name in texts.found()}
    of_programs = {name for name, room in rooms.items() if room in ("applications", "eligibility")}
    assert set(told) == of_programs | {"account_profile_received"}
    written = {name: texts.placeholders(texts.read(rooms[name], name, "en")) for name in told}
    assert {name: set(re.findall(r"\{([a-z_]+)\}", line)) for name, line in told.items()} == written
