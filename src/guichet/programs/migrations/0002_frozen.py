"""A published edition never changes: the database refuses it, whoever asks."""

from django.db import migrations

from guichet.kernel.database import append_only


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]

    operations = [append_only("programs_edition")]
