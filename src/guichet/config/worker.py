"""The worker: takes jobs from the database, one process beside the web server."""

import asyncio

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


async def work() -> None:
    """Run until SIGTERM or SIGINT, then finish the jobs under way (settings.PROCRASTINATE_WORKER_DEFAULTS)."""
    assert isinstance(app.connector, DjangoConnector)  # noqa: S101 -- the Django app makes this one
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            await app.run_worker_async()


if __name__ == "__main__":
    django.setup()
    asyncio.run(work())
