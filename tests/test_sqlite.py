"""The SQLite library in use is one that does not carry the WAL-reset bug."""

import sqlite3
import sys

import pytest
from django.db import connection

from amity import sqlite
from amity.site.serving.safe_database import sqlite_is_safe


def test_this_process_uses_a_safe_library():
    assert sys.modules["sqlite3"].sqlite_version_info >= sqlite.SAFE_SINCE


@pytest.mark.skipif(connection.vendor != "sqlite", reason="speaks of the embedded database")
class TestEmbedded:
    def test_the_check_is_silent_where_the_library_is_safe(self):
        assert sqlite_is_safe() == []

    @pytest.mark.parametrize(
        ("must", "code", "serious"), [(True, "amity.E001", True), (False, "amity.W001", False)]
    )
    def test_the_check_names_the_reason_where_it_is_not(
        self, monkeypatch, settings, must, code, serious
    ):
        settings.SQLITE_MUST_BE_SAFE = must
        monkeypatch.setattr(sqlite, "version", lambda: (3, 51, 2))
        (message,) = sqlite_is_safe()
        assert (message.id, message.is_serious(30) and message.level >= 40) == (code, serious)
        assert message.msg == (
            "SQLite 3.51.2 can corrupt the database when its write-ahead log is reset "
            "(the WAL-reset bug, mended in 3.51.3)."
        )

    def test_the_safe_version_itself_passes(self, monkeypatch):
        monkeypatch.setattr(sqlite, "version", lambda: (3, 51, 3))
        assert sqlite_is_safe() == []

    def test_the_database_is_opened_as_it_should_be(self, tmp_path, settings):
        options = settings.SQLITE_OPTIONS
        with sqlite3.connect(tmp_path / "new.sqlite3", timeout=options["timeout"]) as opened:
            opened.executescript(options["init_command"])
            assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert opened.execute("PRAGMA synchronous").fetchone() == (2,)
        opened.close()
        assert settings.DATABASES["default"]["OPTIONS"] == {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }


def test_an_old_library_is_replaced_and_a_safe_one_is_left_alone(monkeypatch):
    pysqlite3 = pytest.importorskip("pysqlite3")
    old = type(sys)("sqlite3")
    old.sqlite_version_info = (3, 40, 1)
    monkeypatch.setattr(sqlite, "sqlite3", old)
    monkeypatch.setitem(sys.modules, "sqlite3", old)
    monkeypatch.setitem(sys.modules, "sqlite3.dbapi2", old)
    sqlite.use_a_safe_library()
    assert sys.modules["sqlite3"] is pysqlite3
    assert sqlite.version() == pysqlite3.sqlite_version_info

    safe = type(sys)("sqlite3")
    safe.sqlite_version_info = (3, 51, 3)
    monkeypatch.setattr(sqlite, "sqlite3", safe)
    monkeypatch.setitem(sys.modules, "sqlite3", safe)
    sqlite.use_a_safe_library()
    assert sys.modules["sqlite3"] is safe
