"""Every event that the rooms record has words in the log that officers read."""

import re

from guichet.web.officer.events import WORDS
from tests.house import sources

RECORDED = re.compile(r'(?:_?(?:record|log)\(\s*actor,\s*|_send\([^)]*, |event=)"([a-z_.]+)"')


def test_every_recorded_event_has_words():
    recorded = {name for path in sources.python() for name in RECORDED.findall(path.read_text(encoding="utf-8"))}
    assert {"case_opened", "application_submitted", "member_left"} <= recorded
    assert recorded - set(WORDS) == set()


def test_event_names_are_facts_in_one_style():
    assert [name for name in WORDS if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)] == []
