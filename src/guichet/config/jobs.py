"""Housekeeping that belongs to no room."""

from django.core.management import call_command
from procrastinate.contrib.django import app


@app.periodic(cron="17 4 * * *")
@app.task(name="config.clear_sessions", queueing_lock="config.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete the sessions that have ended."""
    call_command("clearsessions")
