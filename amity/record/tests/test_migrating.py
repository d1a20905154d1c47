"""What follows a migration, beside the schema."""

from collections.abc import Sequence

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations import Migration

from amity.languages.text import Text
from amity.languages.version import Version
from amity.record.models import Dossier, Entry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite what it knows"),
]
INDEX = "of_a_newer_release"


@pytest.mark.parametrize(
    ("ran", "known"), [([(Migration("0009_newer", "record"), False)], True), ([], False)]
)
def test_the_planner_knows_a_new_index_once_migrations_ran(
    ran: Sequence[tuple[Migration, bool]], known: bool
) -> None:
    dossier = Dossier.objects.create(key="sample", title=Text("en", {"en": Version("Sample")}))
    Entry.objects.create(
        kind="area", key="lind", dossier=dossier, readers="public", title=dossier.title
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"CREATE INDEX {INDEX} ON record_entry (key, readers)")
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=ran)
        cursor.execute("SELECT 1 FROM sqlite_stat1 WHERE idx = %s", [INDEX])
        assert (cursor.fetchone() is not None) is known
