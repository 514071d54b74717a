"""Addresses of the officer's pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from guichet.web.access import page


@page(who="officer", methods=("GET", "POST"))
def soon(request: HttpRequest, **_names: str) -> HttpResponse:
    return HttpResponse(status=501)


app_name = "officer"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("officer/verifications/"), soon, name="queue"),
    path(_("officer/verifications/<slug:public_id>/"), soon, name="case"),
    path(_("officer/verifications/<slug:public_id>/criteria/<slug:key>/"), soon, name="override"),
    path(_("officer/verifications/<slug:public_id>/conclude/"), soon, name="conclude"),
    path(_("officer/search/"), soon, name="search"),
    path(_("officer/organizations/<slug:public_id>/"), soon, name="organization"),
    path(_("officer/files/<slug:public_id>/"), soon, name="file_view"),
    path(_("officer/files/<slug:public_id>/attachment/<slug:file_id>/"), soon, name="attachment"),
    path(_("officer/letters/<slug:public_id>/"), soon, name="letter"),
]
