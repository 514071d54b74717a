"""The officer's plain forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.kernel.errors import Refusal
from guichet.web.sentences import sentence

OUTCOMES = (("met", _("Met")), ("not_met", _("Not met")), ("", _("As the rules say (no override)")))


class OfficerForm(forms.Form):
    """A form whose faults stand in the summary, also those that only the action finds."""

    def put(self, refusal: Refusal) -> None:
        """Note the action's refusal on the field it concerns, or on the form as a whole."""
        self.add_error(refusal.field if refusal.field in self.fields else None, sentence(refusal))

    def summary(self) -> list[dict[str, str]]:
        """The faults for the error summary, each with the id of its field."""
        return [
            {"target": self._target(name), "text": str(error)}
            for name, errors in self.errors.items()
            for error in errors
        ]

    def _target(self, name: str) -> str:
        """The id of the field's first input; radio buttons are numbered."""
        return self[name].id_for_label or f"{self[name].auto_id}_0" if name in self.fields else ""


class OverrideForm(OfficerForm):
    """An officer's decision on one criterion. The action refuses what does not hold."""

    outcome = forms.ChoiceField(
        label=_("Is the criterion met?"), choices=OUTCOMES, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The applicant reads this reason in the letter when the criterion is not met."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
