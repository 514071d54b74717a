"""Sign-in pages: the sign-in library's views under its own names, at addresses in both languages.

Only what the portal uses: other views of the library have no address. Changing one's e-mail address comes with the
security pages.
"""

from allauth.account import views
from django.urls import path
from django.utils.translation import gettext_lazy as _

from guichet.web.public import account

urlpatterns = [
    path(_("register/"), account.Registration.as_view(), name="account_signup"),
    path(_("log-in/"), views.login, name="account_login"),
    path(_("log-out/"), views.logout, name="account_logout"),
    path(_("confirm-address/"), views.email_verification_sent, name="account_email_verification_sent"),
    path(_("password/forgotten/"), views.password_reset, name="account_reset_password"),
    path(_("password/code/"), views.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path(_("password/new/"), views.complete_password_reset, name="account_complete_password_reset"),
    path(_("password/done/"), views.password_reset_from_key_done, name="account_password_reset_completed"),
    path(_("password/change/"), views.password_change, name="account_change_password"),
    path(_("password/set/"), views.password_set, name="account_set_password"),
    path(_("password/confirm/"), views.reauthenticate, name="account_reauthenticate"),
    path(_("address/"), account.email, name="account_email"),
    path(_("inactive/"), views.account_inactive, name="account_inactive"),
]
