"""Every letter about every program can be read, filled with samples, before there is anybody to write to."""

import pytest
from tests.programs.packages import every

from guichet.mail import texts
from guichet.programs.loading import load
from guichet.web.officer import sample_letters

IDS = [f"{folder.parent.name}/{folder.name}" for folder in every()]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("folder", every(), ids=IDS)
def test_every_letter_reads_as_it_is_received(folder, language):
    found = sample_letters.of_edition(load(folder).definition, language)
    wanted = {name for room, name in texts.found() if room not in sample_letters.OUR_OWN}
    assert {letter.name for letter in found} == wanted
    assert [letter.name for letter in found if "{" in letter.subject + letter.body] == []
    twice = [letter.name for letter in found if ".." in letter.subject + letter.body]
    assert twice == [], "a name that ends with a full stop (inc.) stands at the end of a sentence"
