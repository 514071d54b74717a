"""The limits on files fit together, from the package to the web server in front."""

import re

from annotated_types import Le
from django.conf import settings

from guichet.questions.fields import types
from tests.house.sources import ROOT


def test_the_largest_file_that_a_program_may_ask_for_fits_into_a_request():
    (limit,) = [one.le for one in types()["files"].model_fields["max_bytes"].metadata if isinstance(one, Le)]
    assert limit < settings.LARGEST_REQUEST


def test_the_manual_names_the_limit_for_the_web_server_in_front():
    told = re.search(r"client_max_body_size (\d+)m;", (ROOT / "docs" / "operating.md").read_text())[1]
    assert int(told) * 1024 * 1024 == settings.LARGEST_REQUEST
