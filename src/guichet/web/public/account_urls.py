"""allauth's pages, names unchanged, slugs in both languages. No namespace: allauth reverses its own names."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

urlpatterns = [path(_("account/"), include("allauth.account.urls"))]
