"""Housekeeping that belongs to no room."""

import datetime as dt

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from guichet.audit import sealing
from guichet.audit.models import Seal
from guichet.kernel import clock, formats
from guichet.mail.actions import send


@app.periodic(cron="17 4 * * *")
@app.task(name="config.clear_sessions", queueing_lock="config.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete the sessions that have ended."""
    call_command("clearsessions")


@app.periodic(cron="23 * * * *")
@app.task(name="config.seal", queue="upkeep", queueing_lock="config.seal")
def seal(timestamp: int) -> None:
    """Seal the day that is over, where the portal lives; tried every hour, so that no night is left out for long."""
    day = clock.today(settings.TIME_ZONE) - dt.timedelta(days=1)
    last = sealing.latest()
    if last is not None and last.day >= day:
        return
    with transaction.atomic():
        made = sealing.seal(day)
        for email in settings.SEAL_EMAILS:
            _tell(made, email)


def _tell(made: Seal, email: str) -> None:
    """The seal by letter, to be kept where nobody who can change our database can change it."""
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        values = {
            "portal": settings.PORTAL_NAME[language],
            "day": formats.date(made.day, language),
            "serial": made.serial,
            "events": formats.integer(made.events, language),
            "digest": made.digest,
            "address": f"{settings.BASE_URL}{reverse('public:seals')}",
        }
    send(room="config", name="daily_seal", language=language, email=email, values=values)
