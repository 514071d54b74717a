"""Housekeeping."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from guichet.config import jobs


@pytest.mark.django_db
def test_ended_sessions_are_deleted_and_others_stay():
    for key, hours in (("ended", -1), ("running", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(hours=hours))
    jobs.clear_sessions(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]
