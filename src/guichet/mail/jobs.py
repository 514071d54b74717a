"""What the worker does for the outbox."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from guichet.mail import delivery

# A worker that was killed stops its heartbeat; its jobs are taken up after this. Longer than the server's timeout.
STALLED_SECONDS = 120
_MOST_SURPRISES = 20
_MOST_LOOKS = 4


class Patience(BaseRetryStrategy):
    """Waits as long as the letter says; after any other surprise (the database away), a little longer each time."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, delivery.TryAgain):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        most = _MOST_LOOKS if isinstance(exception, delivery.NotThere) else _MOST_SURPRISES
        if job.attempts >= most:
            return None
        return RetryDecision(retry_in={"seconds": min(15 * 2**job.attempts, 14400)})


@app.task(name="mail.send_letter", queue="mail", retry=Patience())
def send_letter(letter_id: int) -> None:
    """Send one letter. See ``delivery.deliver``."""
    delivery.deliver(letter_id)


@app.periodic(cron="* * * * *")
@app.task(name="mail.retry_stalled", queue="mail", queueing_lock="mail.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Take up again every job, of any queue, whose worker died in the middle of it."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.retry_job(job)
