from django.apps import AppConfig
from django.db.migrations import Migration
from django.db.models.signals import post_migrate

from amity.foundation.database.planner import analyze


class RecordConfig(AppConfig):
    name = "amity.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room, and what follows a new schema."""
        from amity.record.kinds import Kind, register
        from amity.record.models import Picture

        register(
            Kind("picture", "pictures", Picture, name=("alt",)),
        )
        post_migrate.connect(_make_the_index_of_search, sender=self)
        post_migrate.connect(_know_new_indexes, sender=self)


def _make_the_index_of_search(using: str, **_other: object) -> None:
    """After migrations: the index is the database's own kind, which models do not know."""
    from amity.record.search.engines import create_index

    create_index(using)


def _know_new_indexes(
    using: str, plan: list[tuple[Migration, bool]] | None = None, **_other: object
) -> None:
    """After migrations: SQLite leaves an index aside that it has not looked at since it was made.

    `plan`: the migrations that ran; none when the schema was as it should be.
    """
    if plan:
        analyze(using)
