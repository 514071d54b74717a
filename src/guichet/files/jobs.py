"""What the worker does for the stored files."""

from datetime import timedelta

from procrastinate.contrib.django import app

from guichet.files import actions, uploads
from guichet.kernel import clock

# Far longer than any upload or transaction lasts.
SAFE_AGE = timedelta(days=1)


@app.periodic(cron="17 4 * * *")
@app.task(name="files.sweep", queue="upkeep", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:
    """Remove the bytes of uploads that were rolled back."""
    actions.sweep(before=clock.now() - SAFE_AGE)


@app.periodic(cron="47 * * * *")
@app.task(name="files.give_up_uploads", queue="upkeep", queueing_lock="files.give_up_uploads")
def give_up_uploads(timestamp: int) -> None:
    """Remove what was sent in part and never ended."""
    uploads.give_up(at=clock.now())
