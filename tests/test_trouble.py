"""What goes wrong with the database, or is interrupted, is told in one line."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import management
from django.db import DatabaseError, OperationalError, connection

from amity.__main__ import main
from amity.site.serving.safe_database import only_the_service_reads
from amity.trouble import words_for

ROOT = Path(__file__).parent.parent


def filled(path: Path) -> Path:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE t (x)")
        database.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 500)
    database.close()
    return path


def locked(path: Path) -> None:
    filled(path)
    holding, asking = (sqlite3.connect(path, timeout=0) for _ in range(2))
    holding.execute("BEGIN IMMEDIATE")
    asking.execute("BEGIN IMMEDIATE")


def full(path: Path) -> None:
    database = sqlite3.connect(filled(path))
    database.execute("PRAGMA max_page_count = 1")
    database.executemany("INSERT INTO t VALUES (?)", [("x" * 5_000,)] * 50)


def damaged(path: Path) -> None:
    content = filled(path).read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    sqlite3.connect(path).execute("SELECT count(x) FROM t").fetchall()


def no_database(path: Path) -> None:
    path.write_text("Dear colleagues, " * 300)
    sqlite3.connect(path).execute("SELECT * FROM t")


def read_only(path: Path) -> None:
    sqlite3.connect(f"file:{filled(path)}?mode=ro", uri=True).execute("DELETE FROM t")


def missing(path: Path) -> None:
    sqlite3.connect(path / "none" / "amity.sqlite3")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (locked, "another program is writing to it; try again when that has ended"),
        (full, "its disk is full; make room"),
        (damaged, "its file is damaged; bring back a backup"),
        (no_database, "its file is no database; bring back a backup, or name another file"),
        (read_only, "its file may not be written; give the right to the user of the service"),
        (missing, "its file cannot be opened"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path, harm, words, monkeypatch, capsys):
    def run(arguments):
        try:
            harm(tmp_path / "amity.sqlite3")
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error

    monkeypatch.setattr(management, "execute_from_command_line", run)
    assert main(["dossier", "export", "x"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"amity: the database: {words} (")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("53100", "its disk is full; make room"),
        ("53300", "it has no room for more; try again"),
        ("57P01", "it was told to stop"),
        ("08006", "the connection broke off; nothing was changed since"),
        ("42P01", ""),
        ("25006", "it is read only"),
        ("42601", ""),
        ("22P02", ""),
    ],
)
def test_what_a_server_says_is_said(code, words):
    cause = Exception()
    cause.sqlstate = code  # type: ignore[attr-defined] # as psycopg's have one
    error = OperationalError("x")
    error.__cause__ = cause
    assert words_for(error) == words


@pytest.mark.django_db
def test_a_mistake_of_ours_is_not_hidden(monkeypatch):
    def run(arguments):
        raise DatabaseError('near "SELCT": syntax error')

    monkeypatch.setattr(management, "execute_from_command_line", run)
    with pytest.raises(DatabaseError):
        main(["check"])


def test_who_interrupts_gets_one_line(monkeypatch, capsys):
    def run(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(management, "execute_from_command_line", run)
    before = os.umask(0o022)
    try:
        assert main(["dossier", "load", "x"]) == 130
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
    assert capsys.readouterr().err == "amity: interrupted\n"


def test_what_the_service_writes_is_its_own(tmp_path):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AMITY_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environ.pop(name, None)
    environ |= {
        "AMITY_SECRET_KEY": "k" * 32,
        "AMITY_BASE_URL": "https://amity.example.org",
        "AMITY_DATA_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "amity", "record", "rebuild"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("amity: the database lacks ")
    assert done.stderr.endswith(" first): run amity migrate\n")
    assert done.stderr.count("\n") == 1
    assert stat.S_IMODE((tmp_path / "amity.sqlite3").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("folder", "file", "warned"),
    [(0o755, 0o644, True), (0o755, 0o640, False), (0o750, 0o644, False)],
)
def test_a_database_that_others_read_is_warned_of(tmp_path, monkeypatch, folder, file, warned):
    class Connection:
        vendor = "sqlite"
        settings_dict = {"NAME": tmp_path / "data" / "amity.sqlite3"}

    monkeypatch.setattr("amity.site.serving.safe_database.connection", Connection)
    monkeypatch.setattr("amity.site.serving.safe_database.above", lambda path: [path.parent])
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(folder)
    (tmp_path / "data" / "amity.sqlite3").touch()
    (tmp_path / "data" / "amity.sqlite3").chmod(file)
    assert [one.id for one in only_the_service_reads()] == (["amity.W002"] if warned else [])


def test_the_tests_own_database_is_no_file():
    assert connection.vendor != "sqlite" or only_the_service_reads() == []


@pytest.mark.parametrize("asked", [[], ["help"], ["--help"], ["-h"]])
def test_help_lists_our_own_commands_first(asked, capsys):
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[0] for line in lines if line.startswith("  ")]
    assert names[:4] == ["backup", "check", "demo", "dossier"]
    assert names[-1] == "migrate"
    (others,) = (line for line in lines if line.startswith("Django's own"))
    assert "showmigrations" in others
    assert not {"startapp", "testserver", "makemessages"} & {*others.replace(",", "").split()}
