"""Forms in which an officer gives moments, as the clocks of the program show them."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from guichet.kernel.bilingual import Text
from guichet.kernel.canonical import plain
from guichet.kernel.moments import moments
from guichet.web.acts import refusal_of
from guichet.web.officer.forms import OfficerForm

LONGEST = 2000
WHICH = (("first", _("The first time")), ("second", _("The second time, an hour later")))


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, input_formats=["%Y-%m-%d"], widget=widget)


def _time(label: Any, *, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S")
    return forms.TimeField(label=label, required=required, input_formats=["%H:%M", "%H:%M:%S"], widget=widget)


def _which() -> forms.ChoiceField:
    label = _("The clocks are put back that day: which of the two hours?")
    return forms.ChoiceField(label=label, choices=WHICH, required=False, widget=forms.RadioSelect)


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST, widget=area)


class MomentForm(OfficerForm):
    """A form with moments in the zone of the program: fields ``<name>day``, ``<name>time``, ``<name>which``."""

    moments: tuple[str, ...] = ("",)

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        self.asks_which: set[str] = set()
        self.given: dict[str, datetime | None] = {}

    def clean(self) -> dict[str, Any]:
        """Every moment that was given, to be found in ``given``."""
        for name in self.moments:
            day, hour = self.cleaned_data.get(f"{name}day"), self.cleaned_data.get(f"{name}time")
            self.given[name] = None
            if day and hour is not None:
                self.given[name] = self._moment(name, day, hour)
            elif not self.fields[f"{name}day"].required and (day or hour is not None):
                self.add_error(f"{name}time" if day else f"{name}day", _("Give the day and the time, or neither."))
        return self.cleaned_data

    def _moment(self, name: str, day: date, hour: time) -> datetime | None:
        found = moments(datetime.combine(day, hour), self.zone)
        if not found:
            self.add_error(f"{name}time", _("The clocks are put forward over this time. Give another one."))
            return None
        if len(found) == 1:
            return found[0]
        self.asks_which.add(name)
        which = self.cleaned_data.get(f"{name}which")
        if not which:
            self.add_error(f"{name}which", _("This time comes twice that day. Choose one of them."))
            return None
        return found[0] if which == "first" else found[1]

    @property
    def asks_first(self) -> bool:
        """Whether the first moment comes twice."""
        return self.moments[0] in self.asks_which

    @property
    def asks_last(self) -> bool:
        """Whether the last moment comes twice."""
        return self.moments[-1] in self.asks_which

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        raise NotImplementedError

    def done(self, act: Callable[..., Any], **given: Any) -> bool:
        """Whether the form was sent, is whole, and the act was done; what refused it is noted on the form."""
        if not self.is_bound or not self.is_valid():
            return False
        refusal = refusal_of(act, **given, **self.arguments())
        if refusal is not None:
            self.put(refusal)
        return refusal is None

    def drawn(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """The page of the form, with what is wrong."""
        context = {**context, "form": self, "error_summary": self.summary()}
        return render(request, template, context, status=422 if self.errors else 200)


class ExtendForm(MomentForm):
    """A new closing moment for everybody."""

    day = _day(_("New closing day"))
    time = _time(_("New closing time"))
    which = _which()
    reason = _text(_("Reason"), _("For the file: applicants do not see it."))

    def arguments(self) -> dict[str, Any]:
        return {"closes": self.given[""], "reason": self.cleaned_data["reason"]}


class MoreTimeForm(MomentForm):
    """A closing moment of its own for one organization."""

    day = _day(_("Until which day"))
    time = _time(_("Until what time"))
    which = _which()
    reason = _text(_("Reason"), _("For the file: applicants do not see it."))

    def arguments(self) -> dict[str, Any]:
        return {"until": self.given[""], "reason": self.cleaned_data["reason"]}


class PauseForm(MomentForm):
    """When nothing is received, and what applicants read meanwhile."""

    moments = ("", "end_")

    day = _day(_("From which day"), required=False)
    time = _time(_("From what time"), required=False)
    which = _which()
    end_day = _day(_("Until which day"), required=False)
    end_time = _time(_("Until what time"), required=False)
    end_which = _which()
    notice_en = _text(_("Notice in English"))
    notice_fr = _text(_("Notice in French"))

    def arguments(self) -> dict[str, Any]:
        english, french = (plain(self.cleaned_data[f"notice_{language}"]).strip() for language in ("en", "fr"))
        notice = Text(en=english, fr=french) if english and french else None
        return {"begins": self.given[""], "ends": self.given["end_"], "notice": notice}
