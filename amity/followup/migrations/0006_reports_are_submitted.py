from django.db import migrations
from django.db.models import F, Model
from django.db.models.functions import Coalesce
from django.db.migrations.state import StateApps
from django.utils import timezone

import amity.foundation.dates.fields
import amity.foundation.fields


def keep_drafts(apps: StateApps, schema_editor: object) -> None:
    """What was a draft is submitted, and read by its keeper alone; nothing is lost."""
    report: type[Model] = apps.get_model("followup", "Report")
    drafts = report._base_manager.filter(state="draft")
    drafts.update(
        state="submitted",
        readers=F("keeper"),
        submitted_on=Coalesce("submitted_on", timezone.now().date()),
    )


class Migration(migrations.Migration):
    dependencies = [("followup", "0005_figures_of_what_is_public")]

    operations = [
        migrations.RunPython(keep_drafts, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="report", name="followup_report_submitted_on"),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=amity.foundation.fields.ChoiceColumn(
                choices=[
                    ("submitted", "submitted"),
                    ("accepted", "accepted"),
                    ("returned", "returned"),
                ],
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="submitted_on",
            field=amity.foundation.dates.fields.DayColumn(verbose_name="submitted on"),
        ),
    ]
