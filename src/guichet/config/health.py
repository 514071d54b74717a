"""healthz: is the database there, does the worker live? For load balancers and monitors; no sign-in, no details."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from procrastinate.contrib.django.models import ProcrastinateWorker

from guichet import __version__
from guichet.kernel import clock

# The worker writes its heartbeat every 10 seconds; three missed ones and a little patience.
WORKER_SEEN_WITHIN = timedelta(seconds=45)


def state() -> dict[str, bool | str]:
    """``{"database": bool, "worker": bool, "version": text}``; never raises."""
    try:
        latest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    except Error:
        return {"database": False, "worker": False, "version": __version__}
    alive = latest is not None and latest.last_heartbeat > clock.now() - WORKER_SEEN_WITHIN
    return {"database": True, "worker": alive, "version": __version__}


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 when the database or the worker is not there."""
    found = state()
    return JsonResponse(found, status=200 if found["database"] and found["worker"] else 503)
