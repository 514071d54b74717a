"""Filters and tags that every template has without loading: dates and money in the reader's language, components.

Filters print "" for None and "". Tags draw the components of templates/components/.
"""

from datetime import date as Date
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, Field
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.kernel import formats, markup
from guichet.kernel.bilingual import Text
from guichet.questions.speech import before_answer
from guichet.web.navigation import address_of

register = template.Library()
REQUIRED = Field.default_error_messages["required"]


def _language() -> str:
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


@register.filter
def money(value: Any) -> str:
    """50000 → "$50,000" / "50 000 $"."""
    amount = _number(value)
    return "" if amount is None else formats.money(amount, _language())


@register.filter
def percent(value: Any) -> str:
    """A number in percent: 50 → "50%" / "50 %"."""
    share = _number(value)
    return "" if share is None else formats.percent(share, _language())


@register.filter
def integer(value: Any) -> str:
    """1234 → "1,234" / "1 234"."""
    number = _number(value)
    return "" if number is None else formats.integer(int(number), _language())


@register.filter
def date(value: Date | str | None) -> str:
    """2026-02-01 → "February 1, 2026" / "1er février 2026". Takes a date or its ISO text."""
    if not value:
        return ""
    return formats.date(Date.fromisoformat(value) if isinstance(value, str) else value, _language())


@register.filter
def date_iso(value: Date) -> str:
    """The machine's own form of a date, for <time datetime>."""
    return value.isoformat()


@register.filter
def moment(value: datetime | None, zone: str = "") -> str:
    """A date with its time and the word of its zone."""
    return "" if value is None else formats.moment(value, _language(), zone or settings.TIME_ZONE)


@register.filter
def moment_exact(value: datetime | None, zone: str = "") -> str:
    """The same to the second: for what must be exact (saved, received)."""
    return "" if value is None else formats.moment(value, _language(), zone or settings.TIME_ZONE, seconds=True)


@register.filter
def zone_name(value: str) -> str:
    """America/Toronto → "Eastern Time" / "heure de l’Est"."""
    return formats.zone_name(value, _language())


@register.filter
def file_size(value: int) -> str:
    """2400000 → "2.4 MB" / "2,4 Mo"."""
    return formats.file_size(value, _language())


@register.filter
def in_language(value: Text | str | None) -> str:
    """A bilingual text in the reader's language; a plain text stays as it is."""
    return value.in_(_language()) if isinstance(value, Text) else value or ""


@register.filter
def markdown(value: Text | str | None) -> SafeString:
    """A package's Markdown as sanitized HTML, in the reader's language."""
    return markup.to_html(in_language(value))


@register.simple_tag
def address(name: str) -> str:
    """The address of a page without parts in it, as ``{% url %}`` gives it, kept for the pages to come."""
    return address_of(name, get_language() or settings.LANGUAGE_CODE)


class _Fixed(template.Node):
    """Drawn once for each language, in a context without any values: nothing of a person or a page gets into it."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The HTML."""
        language = get_language()
        if language not in self.drawn:
            self.drawn[language] = self.nodelist.render(context.new({}))
        return self.drawn[language]


@register.tag
def fixed(parser: Parser, token: Token) -> _Fixed:
    """{% fixed %}…{% endfixed %}: words and addresses that are the same on every page of a language."""
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return _Fixed(nodelist)


@register.simple_tag(takes_context=True)
def field(
    context: Context,
    bound: BoundField,
    width: str = "w-40",
    label: str = "",
    hint: str | None = None,
    optional: bool = False,
) -> str:
    """A field of a plain Django form, in the same dress as a question.

    ``width``: w-4 … w-60, as its answer; ``hint=""``: without one.
    Placeholders are dropped: they vanish when one begins to type (WCAG 3.3.2 wants a label that stays).
    """
    if hint is not None:
        bound.help_text = hint
    described = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, Any] = {"class": f"input {width}", "placeholder": False}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    values = {
        "field": bound,
        "label": label or bound.label,
        "hint": bound.help_text,
        "optional": optional,
        "described": " ".join(described),
        "widget": "" if bound.use_fieldset else bound.as_widget(attrs=attrs),
    }
    return _drawn(context, "components/field.html", **values)


@register.simple_tag(takes_context=True)
def error_lines(context: Context) -> list[dict[str, str]]:
    """What the error summary lists: ``error_summary`` of the view, else the faults of the page's Django forms."""
    lines = list(context.get("error_summary") or ())
    for name in ("form", "verify_form", "change_form"):
        form = context.get(name)
        if not lines and isinstance(form, BaseForm) and form.is_bound:
            lines = [{"target": "", "text": str(error)} for error in form.non_field_errors()]
            lines += [{"target": _target(bound), "text": _line(bound, str(e))} for bound in form for e in bound.errors]
    return lines


# The labels that the sign-in pages give to the library's fields.
_LABELS = {
    "email": gettext_lazy("E-mail address"),
    "login": gettext_lazy("E-mail address"),
    "password": gettext_lazy("Password"),
    "password1": gettext_lazy("Password"),
    "oldpassword": gettext_lazy("Current password"),
    "code": gettext_lazy("Code"),
}


def _line(bound: BoundField, error: str) -> str:
    """An error as the summary says it: the framework's "This field is required." needs its label to be understood."""
    if error != str(REQUIRED):
        return error
    return f"{before_answer(str(_LABELS.get(bound.name, bound.label)), _language())} {error}"


def _target(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label


def _drawn(context: Context, name: str, **values: Any) -> str:
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**values):
        return engine.get_template(name).render(context)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", level: int = 2) -> SafeString:
    """{% notice "warning" title %}…{% endnotice %}; kinds: info, success, warning, danger."""
    words = {"info": _("Information"), "success": _("Success"), "warning": _("Warning"), "danger": _("Important")}
    heading = format_html('<h{0} class="notice-title">{1}</h{0}>', level, title) if title else ""
    return format_html(
        '<section class="notice notice-{}" aria-label="{}">{}{}</section>', kind, title or words[kind], heading, content
    )


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """{% details summary %}…{% enddetails %}: more for who wants it."""
    tag = "<details open>" if open else "<details>"
    return format_html(tag + '<summary>{}</summary><div class="details-body">{}</div></details>', summary, content)


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """{% scroll caption %}<table>…</table>{% endscroll %}: a wide table scrolls in its own region, by keys too."""
    return format_html('<div class="scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)
