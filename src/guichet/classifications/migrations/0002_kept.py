"""What was imported stays as it was: the database refuses to change it, whoever asks."""

from django.db import migrations

from guichet.kernel.database import append_only


class Migration(migrations.Migration):
    dependencies = [("classifications", "0001_initial")]

    operations = [append_only("classifications_listversion"), append_only("classifications_entry")]
