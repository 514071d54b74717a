"""The few plain forms of the applicant's pages; the program's own questions come from its package."""

from django import forms
from django.utils.translation import gettext_lazy as _

ROLES = (
    ("signatory", _("Legal signatory: may also submit applications and manage contacts")),
    ("editor", _("Editor: may fill in My profile and applications")),
    ("reader", _("Reader: may read everything")),
)
LANGUAGES = (("en", "English"), ("fr", "Français"))


class RoleForm(forms.Form):
    """Which role a member has."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)


class InvitationForm(RoleForm):
    """Whom to invite, in which role, and in which language to write."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter the e-mail address of the person."),
            "invalid": _("Enter an e-mail address such as name@example.ca."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES, widget=forms.RadioSelect)
    field_order = ("email", "role", "language")


class PersonForm(forms.Form):
    """The person's part of My profile. What is refused is said by the action: nothing is checked twice."""

    name = forms.CharField(label=_("Your name"), required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    title = forms.CharField(
        label=_("Your title"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        help_text=_("With its area code, for example 819-555-0123."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of correspondence"),
        help_text=_("The program writes to you in this language, whatever the language of the page."),
        choices=LANGUAGES,
        required=False,
        widget=forms.RadioSelect,
    )
