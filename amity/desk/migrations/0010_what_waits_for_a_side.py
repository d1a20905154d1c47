from django.db import migrations
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery

JOINT = (
    ("network", "Partnership"),
    ("network", "Agreement"),
    ("gatherings", "Series"),
    ("gatherings", "Gathering"),
    ("gatherings", "Statement"),
    ("followup", "Proposal"),
    ("followup", "Commitment"),
    ("followup", "Disposition"),
)
"""What the sides of a partnership confirm."""


def say_whose(apps: StateApps, schema_editor: object) -> None:
    """Say in the register by which partnership each record is kept, and who began it."""
    entries = apps.get_model("record", "Entry")._base_manager
    for room, name in JOINT:
        rows = apps.get_model(room, name)._base_manager
        kept = rows.filter(keeper__startswith="partnership:")
        kind = entries.filter(kind=name.lower(), key__in=kept.values("key"))
        own = kept.filter(key=OuterRef("key"))
        kind.update(
            joint=Subquery(own.values("keeper")), begun_by=Subquery(own.values("begun_by"))
        )


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0009_files_confirmed_with_the_record'),
        ('followup', '0012_commitment_years'),
        ('gatherings', '0004_words_used'),
        ('network', '0008_sides_by_area'),
        ('record', '0011_what_waits_for_a_side'),
    ]

    operations = [migrations.RunPython(say_whose, migrations.RunPython.noop)]
