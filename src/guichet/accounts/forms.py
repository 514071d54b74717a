"""Forms about a person. The registration form is mixed into the sign-up form of the sign-in flows."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guichet.accounts.models import LONGEST_LINE, User
from guichet.kernel.bilingual import ENGLISH


class _Person(forms.Form):
    """Name and language of correspondence; the language starts as that of the page."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of correspondence"),
        help_text=_("Letters are written to you in this language. You can change it at any time."),
        choices=User.Language.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or ENGLISH)[:2]


class RegistrationForm(_Person):
    """Register: name and language, to which the flow adds address and password."""

    field_order = ("name", "email", "password1", "language")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to do once the account is made: ``AccountAdapter.save_user`` has kept both."""


class PersonForm(_Person):
    """The person's part of *My profile*; ``actions.update_person`` reads the phone number and keeps it all."""

    title = forms.CharField(
        label=_("Job title"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("For example 613-555-0123, or +33 1 23 45 67 89 outside Canada and the United States."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    field_order = ("name", "title", "phone", "language")
