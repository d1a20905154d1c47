"""SQLite's part of a copy: the database as one file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from amity.foundation.copies.manifest import DATABASE, LEFT_OUT, CopyError, Manifest, Table

NAME = "amity.sqlite3"


def write(folder: Path) -> list[Table]:
    """Write the database as it is at one moment to a file in `folder`; writers go on meanwhile."""
    path = folder / NAME
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with closing(sqlite3.connect(path)) as written:
        written.execute("PRAGMA secure_delete = ON")
        known = _tables(written)
        for name in sorted(known & set(LEFT_OUT)):
            written.execute(f'DELETE FROM "{name}"')  # noqa: S608 - a name of ours
        written.commit()
        return [Table(name=name, rows=_rows(written, name)) for name in sorted(known)]


def check(folder: Path, manifest: Manifest) -> None:
    """Raises CopyError unless the file is a whole database with the rows that it should have."""
    if [part.name for part in manifest.parts if part.name.startswith(DATABASE)] != [
        DATABASE + NAME
    ]:
        raise CopyError("has other parts than one database of SQLite")
    try:
        with closing(_opened(folder)) as found:
            _check(found, manifest)
    except sqlite3.DatabaseError as error:
        raise CopyError(f"its database is damaged: {error}") from error


def bring_back(folder: Path, manifest: Manifest) -> None:
    """Put the checked file in the place of all that the database holds, in one transaction."""
    connection.ensure_connection()
    with closing(_opened(folder)) as found:
        found.backup(connection.connection)
    connection.close()


def _opened(folder: Path) -> sqlite3.Connection:
    found = sqlite3.connect(f"{(folder / NAME).as_uri()}?mode=ro&immutable=1", uri=True)
    found.execute("PRAGMA trusted_schema = OFF")
    return found


def _check(found: sqlite3.Connection, manifest: Manifest) -> None:
    others = found.execute(
        "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index') "
        "OR (sql LIKE 'CREATE VIRTUAL%' AND sql NOT LIKE '% USING fts5(%')"
    ).fetchone()
    if others:
        raise CopyError(f"its database holds what is not ours: {others[0]}")
    (said,) = found.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise CopyError(f"its database is damaged: {said}")
    if found.execute("PRAGMA foreign_key_check").fetchone():
        raise CopyError("its database refers to rows that are not there")
    rows = {table.name: table.rows for table in manifest.tables}
    if rows != {name: _rows(found, name) for name in _tables(found)}:
        raise CopyError("its database has other rows than its manifest says")


def _tables(database: sqlite3.Connection) -> set[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite|_%'"
    return {name for (name,) in database.execute(query + " ESCAPE '|'")}


def _rows(database: sqlite3.Connection, name: str) -> int:
    quoted = name.replace('"', '""')
    (count,) = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608
    return int(count)
