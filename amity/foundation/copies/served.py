"""PostgreSQL's part of a copy: each table as COPY writes it, all of one moment.

The schema is no part of it: the migrations that the manifest names make it anew. So a copy needs
no program of PostgreSQL's on the computer that Amity runs on, and comes back to any version.
"""

from pathlib import Path

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import Cursor, sql

from amity.foundation.copies.manifest import DATABASE, LEFT_OUT, CopyError, Manifest, Table
from amity.foundation.database.moment import one_moment

PIECE = 1 << 16
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_generated = 'NEVER'
    ORDER BY table_name, ordinal_position
"""
NUMBERED = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema()
    AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
"""


def write(folder: Path) -> list[Table]:
    """Write every table's rows to a file in `folder`, as they are at one moment."""
    with connection.wrap_database_errors, one_moment():
        cursor = _cursor()
        known = set(_ours())
        columns: dict[str, list[str]] = {name: [] for name in sorted(known)}
        for table, column in cursor.execute(COLUMNS).fetchall():
            if table in known:
                columns[table].append(column)
        return [_write(cursor, folder, name, listed) for name, listed in columns.items()]


def check(folder: Path, manifest: Manifest) -> None:
    """Raises CopyError where a table's file is missing, or has other rows than the manifest says.

    COPY writes a row as a line, and no line end within one.
    """
    names = {part.name for part in manifest.parts if part.name.startswith(DATABASE)}
    if names != {f"{DATABASE}{table.name}.copy" for table in manifest.tables}:
        raise CopyError("has other parts than its tables")
    for table in manifest.tables:
        with (folder / f"{table.name}.copy").open("rb") as stream:
            if sum(1 for _line in stream) != table.rows:
                raise CopyError(f"has other rows of {table.name} than its manifest says")


def bring_back(folder: Path, manifest: Manifest) -> None:
    """Put the copy in the place of all that the database holds of ours, in one transaction."""
    with connection.wrap_database_errors, transaction.atomic():
        cursor = _cursor()
        for name in _ours():
            cursor.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(name)))
        _migrate(manifest)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = [sql.Identifier(table.name) for table in manifest.tables]
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(tables)))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in manifest.tables:
            _read(cursor, folder, table)
        for name, column in cursor.execute(NUMBERED).fetchall():
            _go_on_after(cursor, name, column)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.close()


def _cursor() -> Cursor:
    connection.ensure_connection()
    own: Cursor = connection.connection.cursor()
    return own


def _ours() -> list[str]:
    """Django's and the rooms' tables, those among them that have no model."""
    begin = tuple(f"{app.label}_" for app in apps.get_app_configs())
    names = connection.introspection.table_names()
    return sorted(name for name in names if name.startswith((*begin, "django_")))


def _write(cursor: Cursor, folder: Path, name: str, columns: list[str]) -> Table:
    path = folder / f"{name}.copy"
    rows = 0
    with path.open("wb") as stream:
        if name not in LEFT_OUT:
            with cursor.copy(_copy(name, columns, "TO STDOUT")) as pieces:
                for piece in pieces:
                    stream.write(piece)
            rows = cursor.rowcount
    return Table(name=name, rows=rows, columns=columns)


def _read(cursor: Cursor, folder: Path, table: Table) -> None:
    with (
        (folder / f"{table.name}.copy").open("rb") as stream,
        cursor.copy(_copy(table.name, table.columns, "FROM STDIN")) as copy,
    ):
        while piece := stream.read(PIECE):
            copy.write(piece)
    if cursor.rowcount != table.rows:
        raise CopyError(f"{table.name} took {cursor.rowcount} rows of {table.rows}")


def _copy(name: str, columns: list[str], way: str) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(name), listed, sql.SQL(way))


def _migrate(manifest: Manifest) -> None:
    """Make the schema that the copy was made of, and what rooms add when that is done."""
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, _, name in (one.partition(".") for one in manifest.migrations)}
    targets = [
        node
        for node in executor.loader.graph.nodes
        if node in wanted
        and not any(
            child.key in wanted and child.key[0] == node[0]
            for child in executor.loader.graph.node_map[node].children
        )
    ]
    state = executor.migrate(targets)
    state.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, connection.alias, apps=state.apps)


def _go_on_after(cursor: Cursor, table: str, column: str) -> None:
    cursor.execute(
        sql.SQL(
            "SELECT setval(pg_get_serial_sequence({quoted}, {name}), "
            "coalesce(max({column}), 1), max({column}) IS NOT NULL) FROM {table}"
        ).format(
            quoted=sql.Literal(f'"{table}"'),
            name=sql.Literal(column),
            column=sql.Identifier(column),
            table=sql.Identifier(table),
        )
    )
