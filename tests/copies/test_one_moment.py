"""All tables of a copy are of one moment, though somebody writes between two of them."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from psycopg import Cursor

from amity.foundation.copies import served
from amity.foundation.copies.manifest import Table


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite copies in one statement")
def test_what_is_written_between_two_tables_is_not_in_the_copy(tmp_path: Path, monkeypatch) -> None:
    write, written = served._write, []

    def write_and_let_another_write(
        cursor: Cursor, folder: Path, name: str, columns: list[str]
    ) -> Table:
        if name == "auth_group":
            assert written, "expected another table before this one"
            other = connection.get_new_connection(connection.get_connection_params())
            other.execute("INSERT INTO auth_group (name) VALUES ('late')")
            other.commit()
            other.close()
        written.append(name)
        return write(cursor, folder, name, columns)

    monkeypatch.setattr(served, "_write", write_and_let_another_write)
    rows = {table.name: table.rows for table in served.write(tmp_path)}
    assert Group.objects.count() == 1
    assert rows["auth_group"] == 0
    assert (tmp_path / "auth_group.copy").read_bytes() == b""
