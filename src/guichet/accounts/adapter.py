"""Where the sign-in flows meet this room: the person they make, the letters they send, where they lead."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language

from guichet.accounts import letters, sessions
from guichet.accounts.forms import RegistrationForm
from guichet.accounts.models import User
from guichet.accounts.queries import user_by_email
from guichet.audit import actions as audit
from guichet.kernel.bilingual import ENGLISH, LANGUAGES
from guichet.kernel.clock import now

# The box of the sign-in page: others use this computer.
SHARED_FIELD = "shared_computer"


def _current_language() -> str:
    language = (get_language() or ENGLISH)[:2]
    return language if language in LANGUAGES else ENGLISH


class AccountAdapter(DefaultAccountAdapter):
    """django-allauth's hooks. Every mail becomes a named letter in the outbox; nothing is sent from here."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The flow's mail, as our letter, in the person's language if we know them, else the page's."""
        letters.send_for_flow(
            template_prefix,
            email=email,
            person=user_by_email(email),
            language=_current_language(),
            values=context,
        )

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: RegistrationForm, commit: bool = True) -> User:
        """Make the account with the name and the language of correspondence that the form asked for."""
        user.name = form.cleaned_data["name"]
        user.language = form.cleaned_data["language"]
        super().save_user(request, user, form, commit=commit)
        if commit:
            audit.record(actor=user, event="account_registered", subject_type="user", subject_id=user.public_id)
        return user

    def send_account_already_exists_mail(self, email: str) -> None:
        """As costly as a registration: the time of the answer must not tell that the address has an account."""
        make_password("as long as a registration")
        super().send_account_already_exists_mail(email)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and start the clocks of the session."""
        super().login(request, user)
        sessions.begin(request.session, now())
        sessions.share(request.session, SHARED_FIELD in request.POST)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """After registration: the same page as after signing in."""
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page, in the language of the page that was left."""
        return resolve_url("public:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a changed password: the person's home page."""
        return self.get_login_redirect_url(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages answer with pages, whatever the request claims: one behaviour, with and without scripts."""
        return False
