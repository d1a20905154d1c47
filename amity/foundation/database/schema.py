"""Whether the database has the schema of this release."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def missing_migrations() -> list[str]:
    """Names of the migrations of this release that the database has not, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def why_not_current() -> str:
    """What the database lacks and what to do, in a few words; empty where it lacks nothing."""
    missing = missing_migrations()
    if not missing:
        return ""
    many = f"{len(missing)} migrations" if len(missing) > 1 else "a migration"
    return f"the database lacks {many} ({missing[0]} first): run amity migrate"
