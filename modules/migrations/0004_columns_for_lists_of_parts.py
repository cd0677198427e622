"""Title, summary and minutes leave the bodies of calculators, field tasks and stories for columns of their own."""

from django.db import migrations, models

LISTED = {
    "calculator": ("title", "summary"),
    "fieldtask": ("title", "summary", "minutes"),
    "story": ("title", "summary", "minutes"),
}


def out_of_bodies(apps, schema_editor):
    for part, names in LISTED.items():
        for row in apps.get_model("modules", part).objects.iterator():
            for name in names:
                setattr(row, name, row.body.pop(name))
            if part == "story":
                row.endings = sum(scene["ending"] for scene in row.body["scenes"])
            row.save()


def into_bodies(apps, schema_editor):
    for part, names in LISTED.items():
        for row in apps.get_model("modules", part).objects.iterator():
            row.body = {**{name: getattr(row, name) for name in names}, **row.body}
            row.save(update_fields=["body"])


def words(part, name):
    return migrations.AddField(model_name=part, name=name, field=models.JSONField(default=dict))


def number(part, name, **options):
    field = models.PositiveSmallIntegerField(default=0, **options)
    return migrations.AddField(model_name=part, name=name, field=field, preserve_default=False)


class Migration(migrations.Migration):

    dependencies = [
        ("modules", "0003_stories_and_guide"),
    ]

    operations = [
        *(words(part, name) for part in LISTED for name in ("title", "summary")),
        number("fieldtask", "minutes"),
        number("story", "minutes"),
        number("story", "endings", help_text="How many of its scenes end it."),
        migrations.RunPython(out_of_bodies, into_bodies),
    ]
