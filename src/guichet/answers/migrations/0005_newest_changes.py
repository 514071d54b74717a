from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("answers", "0004_presence")]

    operations = [
        migrations.AddIndex(
            model_name="answerchange",
            index=models.Index(fields=["sheet", "-id"], name="answers_change_newest"),
        ),
    ]
