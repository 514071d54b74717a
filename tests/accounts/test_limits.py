"""Limits count the visitor's own address, also behind a web server; many people may share one office's."""

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory, override_settings

from tests import people
from tests.accounts.test_flows import log_in
from tests.client import PageClient


def seen_from(proxies, forwarded):
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="127.0.0.1")
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        return get_adapter().get_client_ip(request)


def test_behind_a_web_server_the_address_is_the_one_that_it_saw():
    assert seen_from(1, "203.0.113.7") == "203.0.113.7"
    assert seen_from(1, "198.51.100.1, 203.0.113.7") == "203.0.113.7"  # the first is the visitor's own claim


def test_without_one_nobody_can_claim_an_address():
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0
    assert seen_from(0, "203.0.113.7") == "127.0.0.1"


@pytest.mark.django_db
def test_an_office_can_sign_in_within_a_minute(monkeypatch):
    cache.clear()
    monkeypatch.setattr("guichet.accounts.models.User.check_password", lambda user, typed: True)
    for number in range(40):
        user = people.person(email=f"clerk{number}@office.example")
        assert log_in(PageClient(), user.email).status_code == 302
