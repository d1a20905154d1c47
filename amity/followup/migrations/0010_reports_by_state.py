from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0009_goals"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["state", "key"], name="followup_report_in_state"),
        ),
    ]
