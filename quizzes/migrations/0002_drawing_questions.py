from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0001_quizzes_and_attempts")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="drawn",
            field=models.JSONField(blank=True, help_text="Positions of the questions it got; null: all", null=True),
        ),
        migrations.AddField(
            model_name="quizrevision",
            name="draw",
            field=models.PositiveSmallIntegerField(default=0, help_text="How many questions an attempt gets; 0: all"),
        ),
    ]
