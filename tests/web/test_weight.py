"""How heavy a page of questions is on the wire, as the portal serves it to a browser."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation

from tests import people
from tests.web import applying

# Of everything that the page runs, compressed (docs/performance.md).
SCRIPTS_AT_MOST = 30_000


class Scripts(HTMLParser):
    """The addresses of the scripts of a page, in order."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        """Scripts without an address are data."""
        address = dict(attributes).get("src")
        if tag == "script" and address:
            self.found.append(address)


def weight(client, address):
    """The bytes that are sent to a browser that knows brotli, which must be it."""
    response = client.get(address, headers={"accept-encoding": "gzip, deflate, br, zstd"})
    assert (response.status_code, response.headers["Content-Encoding"]) == (200, "br"), address
    body = b"".join(response.streaming_content)
    assert int(response.headers["Content-Length"]) == len(body)
    return len(body)


@pytest.mark.parametrize("key", ["activities", "project"])
def test_the_scripts_of_a_section_page_stay_under_thirty_kilobytes(client, db, key, language):
    firm = people.firm("transmitted")
    application = applying.completed(firm)
    client.force_login(firm.signatory)
    with translation.override(language):
        address = reverse("applicant:section", args=[application.public_id, key])
    scripts = Scripts(client.get(address).content.decode()).found
    names = [address.rpartition("/")[2].partition(".")[0] for address in scripts]
    assert names == ["once", "session", "forms"]
    weights = dict(zip(names, [weight(client, address) for address in scripts], strict=True))
    assert sum(weights.values()) <= SCRIPTS_AT_MOST, weights
    assert weights["forms"] > 10_000  # it is not another file that is weighed
