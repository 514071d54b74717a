"""Every address: a language, then the pages of one audience (their own urls.py). Only healthz has no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from guichet.config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    *i18n_patterns(
        path("", include("guichet.web.public.urls")),
        path("", include("guichet.web.public.account_urls")),
        path("", include("guichet.web.applicant.urls")),
        path("", include("guichet.web.officer.urls")),
        prefix_default_language=True,
    ),
]

handler400 = "guichet.web.public.errors.bad_request"
handler403 = "guichet.web.public.errors.forbidden"
handler404 = "guichet.web.public.errors.not_found"
handler500 = "guichet.web.public.errors.server_error"
