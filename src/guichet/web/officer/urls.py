"""Addresses of the officer's pages. Slugs are texts: the French ones stand in locale/fr/officer.po."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from guichet.web.officer import case, editions, files, queue, search

app_name = "officer"
urlpatterns = [
    path(_("officer/verifications/"), queue.queue, name="queue"),
    path(_("officer/verifications/<slug:public_id>/"), case.case, name="case"),
    path(_("officer/verifications/<slug:public_id>/criteria/<slug:key>/"), case.override, name="override"),
    path(_("officer/verifications/<slug:public_id>/conclude/"), case.conclude, name="conclude"),
    path(_("officer/programs/"), editions.editions, name="editions"),
    path(_("officer/programs/<slug:program>/<slug:edition>/"), editions.edition, name="edition"),
    path(
        _("officer/programs/<slug:program>/<slug:edition>/<slug:form>/<slug:section>/"),
        editions.section,
        name="preview",
    ),
    path(_("officer/search/"), search.search, name="search"),
    path(_("officer/organizations/<slug:public_id>/"), files.organization, name="organization"),
    path(_("officer/files/<slug:public_id>/"), files.file_view, name="file_view"),
    path(_("officer/files/<slug:public_id>/attachment/<slug:file_id>/"), files.attachment, name="attachment"),
]
