"""healthz: is the database there, does the worker live? For load balancers and monitors; no sign-in, no details."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from procrastinate.contrib.django.models import ProcrastinateWorker

from guichet import __version__
from guichet.kernel import clock
from guichet.kernel.database import apart

if TYPE_CHECKING:
    from django.db.models import QuerySet

# The worker writes its heartbeat every 10 seconds; three missed ones and a little patience.
WORKER_SEEN_WITHIN = timedelta(seconds=45)
# A monitor waits a few seconds; the pool of connections would wait ten for a database that is not there.
PATIENCE_SECONDS = 2


def state() -> dict[str, bool | str]:
    """``{"database": bool, "worker": bool, "version": text}``; never raises."""
    try:
        latest = apart(_heartbeats()[:1], seconds=PATIENCE_SECONDS)
    except psycopg.Error:
        return {"database": False, "worker": False, "version": __version__}
    alive = any(heartbeat > clock.now() - WORKER_SEEN_WITHIN for (heartbeat,) in latest)
    return {"database": True, "worker": alive, "version": __version__}


def _heartbeats() -> "QuerySet[Any, tuple[datetime]]":
    """When each worker was last heard of, the latest first."""
    return ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat")


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 when the database or the worker is not there."""
    found = state()
    return JsonResponse(found, status=200 if found["database"] and found["worker"] else 503)
