"""The registration form, mixed into the sign-up form of the sign-in flows."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guichet.accounts.models import LONGEST_LINE, User
from guichet.kernel.bilingual import ENGLISH


class RegistrationForm(forms.Form):
    """Register: name and language, to which the flow adds address and password. The language starts as the page's."""

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
    field_order = ("name", "email", "password1", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or ENGLISH)[:2]

    def clean_name(self) -> str:
        """One line: the name stands in letters to others, where it must not begin paragraphs of its own."""
        return " ".join(self.cleaned_data["name"].split())

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to do once the account is made: ``AccountAdapter.save_user`` has kept both."""
