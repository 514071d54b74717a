from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("answers", "0004_presence")]

    operations = [
        migrations.AlterField(
            model_name="answerchange",
            name="sheet",
            field=models.ForeignKey(
                db_index=False, on_delete=models.deletion.PROTECT, related_name="changes", to="answers.sheet"
            ),
        ),
        migrations.AddIndex(
            model_name="answerchange",
            index=models.Index(fields=["sheet", "-id"], name="answers_change_newest"),
        ),
    ]
