from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

AT_A_TIME = 1_000


def tell_effects(apps, schema_editor):
    """Say of every change so far what it made of its record."""
    change = apps.get_model("foundation", "Change")
    few = []
    for row in change.objects.exclude(kind="").iterator(chunk_size=AT_A_TIME):
        row.effect = _effect(row)
        few.append(row)
        if len(few) == AT_A_TIME:
            change.objects.bulk_update(few, ["effect"])
            few = []
    change.objects.bulk_update(few, ["effect"])


def _effect(row):
    whole = next((one for one in row.paths if not one["path"]), None)
    if whole is not None:
        return "added" if "after" in whole else "removed"
    readers = row.details.get("readers") or ["", ""]
    if "public" in readers:
        return "released" if readers[1] == "public" else "withdrawn"
    if row.verb == "confirm":
        return "confirmed"
    if any(one["path"] == ["key"] for one in row.paths):
        return "renamed"
    return "changed" if row.paths else ""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_who_and_what"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="effect",
            field=models.CharField(
                blank=True,
                choices=[
                    ("added", "added"),
                    ("changed", "changed"),
                    ("renamed", "renamed"),
                    ("released", "made public"),
                    ("withdrawn", "no longer public"),
                    ("confirmed", "confirmed"),
                    ("removed", "removed"),
                ],
                default="",
                max_length=10,
                verbose_name="effect",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(tell_effects, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=Q(("part_of__isnull", True), ("public", True)),
                fields=["-id"],
                name="foundation_change_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                fields=["part_of", "effect", "kind"], name="foundation_change_steps"
            ),
        ),
    ]
