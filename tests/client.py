"""The one client of the tests: every page that it receives is checked (tests/page.py)."""

import re
from typing import Any

from django.conf import settings
from django.test import Client

from tests import page


class PageClient(Client):
    """Django's client; an answer that is a page and is not well made fails the test that asked for it."""

    def request(self, **request: Any) -> Any:
        """Ask, check, answer. Raises AssertionError with every fault of the page."""
        signed_in = settings.SESSION_COOKIE_NAME in self.cookies and "_auth_user_id" in self.session
        response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html") and not response.streaming and response.content:
            path = request.get("PATH_INFO", "")
            faults = self.faults(response, path, signed_in=signed_in)
            assert not faults, f"{path} ({response.status_code}):\n- " + "\n- ".join(faults)
        return response

    def faults(self, response: Any, path: str, *, signed_in: bool) -> list[str]:
        """Everything wrong with the page and its headers."""
        of_path = re.match(r"/(en|fr)(/|$)", path)
        language = of_path[1] if of_path else response.headers.get("Content-Language", "")
        html = response.content.decode(response.charset)
        return page.faults(html, language=language) + page.header_faults(
            response.headers, language, signed_in=signed_in
        )
