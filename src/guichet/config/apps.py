"""The front door as a Django app: its checks and its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the system checks."""

    name = "guichet.config"
    label = "config"
