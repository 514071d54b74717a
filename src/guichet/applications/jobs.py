"""What the worker does for applications."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guichet.applications import deletion, expiry, telling

# After a surprise (the database away): soon at first, for some hours in all.
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=3)


@app.task(name="applications.tell_of_decision", queue="letters", retry=PATIENCE)
def tell_of_decision(decision_id: int) -> None:
    """Write to those whom a decision about intakes concerns. See ``telling.tell_of_decision``."""
    telling.tell_of_decision(decision_id)


@app.periodic(cron="7 * * * *")
@app.task(name="applications.remind", queue="letters", queueing_lock="applications.remind")
def remind(timestamp: int) -> None:
    """Write to those whose draft closes soon."""
    telling.remind()


@app.periodic(cron="37 * * * *")
@app.task(name="applications.tidy", queue="letters", queueing_lock="applications.tidy")
def tidy(timestamp: int) -> None:
    """Close what can no longer be recovered; delete drafts that waited too long; write about those that will."""
    deletion.close_old()
    expiry.expire()
    expiry.warn()
