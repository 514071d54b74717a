"""Addresses of the officer's pages. Slugs are texts: the French ones stand in locale/fr/officer.po."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from guichet.web.officer import case, editions, files, intakes, more_time, queue, search

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
    path(
        _("officer/organizations/<slug:public_id>/documents/<slug:file_id>/"), files.document, name="profile_document"
    ),
    path(_("officer/organizations/<slug:public_id>/more-time/"), more_time.choose, name="more_time"),
    path(
        _("officer/organizations/<slug:public_id>/more-time/<slug:program>/<slug:key>/"),
        more_time.give,
        name="more_time_give",
    ),
    path(_("officer/intakes/"), intakes.intakes, name="intakes"),
    path(_("officer/intakes/<slug:program>/<slug:key>/"), intakes.intake, name="intake"),
    path(_("officer/intakes/<slug:program>/<slug:key>/extend/<slug:intake>/"), intakes.extend, name="intake_extend"),
    path(_("officer/intakes/<slug:program>/<slug:key>/pause/"), intakes.pause, name="intake_pause"),
    path(_("officer/intakes/<slug:program>/<slug:key>/resume/"), intakes.resume, name="intake_resume"),
    path(_("officer/files/<slug:public_id>/"), files.file_view, name="file_view"),
    path(_("officer/files/<slug:public_id>/receipt.pdf"), files.receipt_pdf, name="receipt_pdf"),
    path(_("officer/files/<slug:public_id>/record.zip"), files.bundle, name="bundle"),
    path(_("officer/files/<slug:public_id>/attachment/<slug:file_id>/"), files.attachment, name="attachment"),
]
