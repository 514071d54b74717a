"""The addresses that anybody may open. Slugs are texts: the French ones stand in locale/fr/public.po."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from guichet.web.public import (
    demonstration,
    help,
    home,
    programs,
    questions,
    seals,
    self_check,
    session,
    suggestions,
    texts,
    verify,
)

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path(_("programs/<slug:program>/"), programs.program, name="program"),
    path(_("programs/<slug:program>/questions/"), questions.questions, name="questions"),
    path(_("programs/<slug:program>/questions.pdf"), questions.as_pdf, name="questions_pdf"),
    path(_("programs/<slug:program>/am-i-eligible/"), self_check.self_check, name="self_check"),
    path(_("verify/"), verify.verify, name="verify"),
    path(_("verify/seals/"), seals.seals, name="seals"),
    path(_("verify/seals.json"), seals.as_json, name="seals_json"),
    path(_("help/"), help.index, name="help"),
    path(_("help/<slug:program>/<slug:slug>/"), help.help_page, name="help_page"),
    path(_("technical-help/"), texts.support, name="support"),
    path(_("supported-browsers/"), texts.browsers, name="browsers"),
    path(_("accessibility/"), texts.accessibility, name="accessibility"),
    path(_("privacy/"), texts.privacy, name="privacy"),
    path(_("suggestions/"), suggestions.suggestions, name="suggestions"),
    path(_("session/"), session.stay, name="stay"),
    path(_("session/who/"), session.who, name="who"),
    path(_("letters-sent/"), demonstration.letters, name="demo_letters"),
]
