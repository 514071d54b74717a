"""The plain forms of the public pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.kernel import formats
from guichet.kernel.bilingual import ENGLISH, FRENCH
from guichet.kernel.calendar import OutsideCalendar
from guichet.programs.definitions import EditionDefinition
from guichet.questions.speech import before_answer
from guichet.questions.values import line_of, unreadable_text


class StartForm(forms.Form):
    """The day on which somebody means to submit. It is read as the application reads its own dates."""

    submitted = forms.CharField(label=gettext_lazy("Day of submission"), required=False)

    def __init__(self, definition: EditionDefinition, data: Any = None) -> None:
        super().__init__(None if data is None else {"submitted": line_of(data.get("submitted", ""))})
        self.definition = definition
        self.language = FRENCH if get_language() == FRENCH else ENGLISH
        self.question = definition.application.question(definition.lead_time.path)
        self.fields["submitted"].help_text = self.question.note(self.language)

    def clean_submitted(self) -> date | None:
        """The date, None when nothing was typed. An unreadable one, or one beyond the calendar, is a fault."""
        value = self.question.parse(self.cleaned_data["submitted"], self.language)
        if value is None:
            return None
        if not isinstance(value, str) or unreadable_text(value) is not None:
            raise forms.ValidationError(self.question.unreadable().in_(self.language))
        return self._counted(date.fromisoformat(value))

    def summary(self) -> list[dict[str, str]]:
        """The faults for the error summary."""
        bound = self["submitted"]
        label = before_answer(str(bound.label), self.language)
        return [{"target": bound.id_for_label, "text": f"{label} {error}"} for error in bound.errors]

    def _counted(self, day: date) -> date:
        calendar = self.definition.business_days
        try:
            known = calendar.covers(day, calendar.add(day, self.definition.lead_time.days).date)
        except OutsideCalendar:
            known = False
        if not known:
            last = formats.date(calendar.horizon, self.language)
            sentence = _("The program’s calendar does not go that far. Enter a day nearer to today, before %(last)s.")
            raise forms.ValidationError(sentence % {"last": last})
        return day
