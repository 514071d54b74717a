"""Addresses of the applicant's pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from guichet.web.access import page


@page(who="person", methods=("GET", "POST"))
def soon(request: HttpRequest, **_names: str) -> HttpResponse:
    return HttpResponse(status=501)


app_name = "applicant"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("home/"), soon, name="home"),
    path(_("my-profile/"), soon, name="profile"),
    path(_("my-profile/verification/"), soon, name="verification"),
    path(_("account-profile/"), soon, name="account_profile"),
    path(_("contacts/"), soon, name="contacts"),
    path(_("contacts/<slug:public_id>/role/"), soon, name="contact_role"),
    path(_("contacts/<slug:public_id>/remove/"), soon, name="contact_remove"),
    path(_("contacts/invitations/<slug:public_id>/withdraw/"), soon, name="invitation_withdraw"),
    path(_("invitations/<slug:token>/"), soon, name="invitation_accept"),
    path(_("my-applications/"), soon, name="applications"),
    path(_("my-applications/<slug:family>/"), soon, name="family"),
    path(_("my-applications/<slug:family>/new/"), soon, name="new"),
    path(_("my-applications/<slug:family>/new/<slug:program_key>/"), soon, name="start"),
    path(_("application/<slug:public_id>/"), soon, name="application"),
    path(_("application/<slug:public_id>/section/<slug:key>/"), soon, name="section"),
    path(_("application/<slug:public_id>/review/"), soon, name="review"),
    path(_("application/<slug:public_id>/submit/"), soon, name="submit"),
    path(_("application/<slug:public_id>/receipt/"), soon, name="receipt"),
    path(_("application/<slug:public_id>/file/"), soon, name="file"),
    path(_("application/<slug:public_id>/attachment/<slug:file_id>/"), soon, name="attachment"),
    path(_("messages/"), soon, name="messages"),
    path(_("messages/<slug:public_id>/"), soon, name="message"),
]
