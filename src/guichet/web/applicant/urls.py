"""Addresses of the applicant's pages. Slugs are texts: the French ones stand in locale/fr/applicant.po."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from guichet.web.applicant import (
    account_profile,
    application,
    applications,
    autosave,
    carry_over,
    contacts,
    deletion,
    history,
    home,
    invitations,
    messages,
    profile,
    section,
    submit,
    uploading,
)

app_name = "applicant"
urlpatterns = [
    path(_("home/"), home.home, name="home"),
    path(_("my-profile/"), profile.profile, name="profile"),
    path(_("my-profile/save/"), autosave.profile, name="profile_save"),
    path(_("my-profile/uploads/"), uploading.profile_uploads, name="profile_uploads"),
    path(_("my-profile/uploads/<slug:upload_id>/"), uploading.profile_upload, name="profile_upload"),
    path(_("my-profile/history/"), history.profile, name="profile_history"),
    path(_("my-profile/verification/"), profile.verification, name="verification"),
    path(_("documents/<slug:file_id>/"), profile.document, name="document"),
    path(_("account-profile/"), account_profile.account_profile, name="account_profile"),
    path(_("account-profile/history/"), history.account_profile, name="account_profile_history"),
    path(_("account-profile/save/"), autosave.account_profile, name="account_profile_save"),
    path(_("account-profile/uploads/"), uploading.account_profile_uploads, name="account_profile_uploads"),
    path(
        _("account-profile/uploads/<slug:upload_id>/"), uploading.account_profile_upload, name="account_profile_upload"
    ),
    path(_("contacts/"), contacts.contacts, name="contacts"),
    path(_("contacts/<slug:public_id>/role/"), contacts.role, name="contact_role"),
    path(_("contacts/<slug:public_id>/remove/"), contacts.remove, name="contact_remove"),
    path(_("contacts/invitations/<slug:public_id>/withdraw/"), contacts.withdraw, name="invitation_withdraw"),
    path(_("invitations/<slug:token>/"), invitations.accept, name="invitation_accept"),
    path(_("my-applications/"), applications.applications, name="applications"),
    path(_("deleted-drafts/"), deletion.deleted, name="deleted"),
    path(_("my-applications/<slug:family>/"), applications.family, name="family"),
    path(_("my-applications/<slug:family>/new/"), applications.new, name="new"),
    path(_("my-applications/<slug:family>/new/<slug:program_key>/"), applications.start, name="start"),
    path(_("application/<slug:public_id>/"), application.application, name="application"),
    path(_("application/<slug:public_id>/save/"), autosave.application, name="save"),
    path(_("application/<slug:public_id>/uploads/"), uploading.uploads, name="uploads"),
    path(_("application/<slug:public_id>/uploads/<slug:upload_id>/"), uploading.upload, name="upload"),
    path(_("application/<slug:public_id>/section/<slug:key>/"), section.section, name="section"),
    path(_("application/<slug:public_id>/attachment/<slug:file_id>/"), section.attachment, name="attachment"),
    path(_("application/<slug:public_id>/newer-edition/"), carry_over.carry_over, name="carry_over"),
    path(_("application/<slug:public_id>/delete/"), deletion.delete, name="delete"),
    path(_("application/<slug:public_id>/recover/"), deletion.recover, name="recover"),
    path(_("application/<slug:public_id>/history/"), history.application, name="history"),
    path(_("application/<slug:public_id>/review/"), submit.review, name="review"),
    path(_("application/<slug:public_id>/submit/"), submit.submit, name="submit"),
    path(_("application/<slug:public_id>/receipt/"), submit.receipt, name="receipt"),
    path(_("application/<slug:public_id>/receipt.pdf"), submit.receipt_pdf, name="receipt_pdf"),
    path(_("application/<slug:public_id>/record.zip"), submit.bundle, name="bundle"),
    path(_("application/<slug:public_id>/file/"), submit.file, name="file"),
    path(_("messages/"), messages.messages, name="messages"),
    path(_("messages/<slug:public_id>/"), messages.message, name="message"),
]
