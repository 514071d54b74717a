"""The room as a Django app: hands the imported lists to the questions."""

from django.apps import AppConfig
from django.conf import settings

from guichet.questions import lists


class ClassificationsConfig(AppConfig):
    """Registers the source of the lists, where there is a database at all (checking a package needs none)."""

    name = "guichet.classifications"
    label = "classifications"

    def ready(self) -> None:
        """Called once, when the process has started."""
        from guichet.classifications import queries  # its models exist only now

        if settings.DATABASES["default"]["NAME"] != settings.NO_DATABASE:
            lists.provide(queries.current)
