"""Addresses of this audience's pages."""

from django.urls import URLPattern, URLResolver

app_name = "officer"
urlpatterns: list[URLPattern | URLResolver] = []
