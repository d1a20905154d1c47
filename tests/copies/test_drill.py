"""The drill: a copy is made while an office writes, brought back elsewhere, and all is compared."""

import hashlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4
from zipfile import ZipFile

import psycopg
import pyrage
import pytest

from amity.foundation.copies.manifest import LEFT_OUT

ROOT = Path(__file__).parent.parent.parent
GIVEN = os.environ.get("DATABASE_URL", "")
Row = tuple[object, ...]
TOKEN = "a-session-that-must-stay-behind"
SIGNED_IN = (
    f"INSERT INTO django_session VALUES ('{TOKEN}', '', '2030-01-01 00:00:00+00:00')",  # noqa: S608
    f"INSERT INTO accounts_limit VALUES ('{TOKEN}', '', '2030-01-01 00:00:00+00:00')",  # noqa: S608
)


@dataclass
class Place:
    """An installation of its own: a folder, a database, and `amity` in it."""

    folder: Path
    url: str

    @property
    def environ(self) -> dict[str, str]:
        return os.environ | {
            "AMITY_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        }

    def amity(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "amity", *words],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def does(self, *words: str) -> str:
        done = self.amity(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *words: str, **environ: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=self.environ | environ,
            stdout=subprocess.PIPE,
            text=True,
        )

    def query(self, words: str) -> list[Row]:
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as embedded:
                return embedded.execute(words).fetchall()
        with psycopg.connect(self.url) as served:
            return served.execute(words).fetchall()  # type: ignore[call-overload]

    def execute(self, words: str) -> None:
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as embedded:
                embedded.execute(words)
                embedded.commit()
            return
        with psycopg.connect(self.url) as served:
            served.execute(words)  # type: ignore[call-overload]

    def rows(self) -> dict[str, list[Row]]:
        """All rows of all tables that have some."""
        named = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        if not self.url.startswith("sqlite"):
            named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        tables = sorted(str(name) for (name,) in self.query(named))
        found = {name: self.query(f'SELECT * FROM "{name}"') for name in tables}  # noqa: S608
        return {name: sorted(rows, key=repr) for name, rows in found.items() if rows}

    def files(self) -> dict[str, bytes]:
        media = self.folder / "media"
        return {
            str(path.relative_to(media)): path.read_bytes()
            for path in media.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Makes installations with an empty database of the kind that the tests run on."""
    names = []

    def make(name: str) -> Place:
        folder = tmp_path / name
        folder.mkdir()
        if not GIVEN.startswith("postgres"):
            return Place(folder, f"sqlite:///{folder / 'amity.sqlite3'}")
        database = f"drill_{uuid4().hex}"
        with psycopg.connect(GIVEN, autocommit=True) as served:
            served.execute(f"CREATE DATABASE {database}")  # type: ignore[call-overload]
        names.append(database)
        return Place(folder, urlsplit(GIVEN)._replace(path=f"/{database}").geturl())

    yield make
    for database in names:
        with psycopg.connect(GIVEN, autocommit=True) as served:
            served.execute(f"DROP DATABASE {database} WITH (FORCE)")  # type: ignore[call-overload]


@pytest.mark.django_db
def test_what_was_copied_while_others_wrote_comes_back(
    places: Callable[[str], Place], tmp_path: Path
) -> None:
    here, there = places("here"), places("there")
    copy = tmp_path / "a.copy"
    here.does("migrate", "--verbosity", "0")
    for words in SIGNED_IN:
        here.execute(words)
    writer = here.start("tests.copies.writing")
    assert writer.stdout
    told = [int(writer.stdout.readline()) for _ in range(8)]
    before = max(told)
    assert re.search(r"rows and \d+ files, .* bytes, checked\n", here.does("backup", str(copy)))
    here_meanwhile = _stop(writer)
    assert here_meanwhile, "nothing was written while the copy was made"

    # A moment within the writing: all that was acknowledged before, and nothing by halves.
    there.does("restore", str(copy))
    changes = "SELECT * FROM foundation_change ORDER BY id"
    came_back = there.query(changes)
    assert came_back == here.query(changes)[: len(came_back)]
    assert before <= len(came_back) < max(here_meanwhile)
    there.does("record", "rebuild", "--check")
    pictures = "SELECT sha256 FROM record_picture"
    wanted = {str(sha256) for (sha256,) in there.query(pictures)}
    files = there.files()
    assert wanted
    assert wanted <= {Path(name).stem for name in files}
    assert files.items() <= here.files().items()

    assert not set(LEFT_OUT) & set(there.rows())
    if there.url.startswith("sqlite"):
        assert TOKEN not in (there.folder / "amity.sqlite3").read_bytes().decode("latin-1")

    # Where something stands, nothing is touched unless that is asked for.
    copied = there.rows()
    refused = there.amity("restore", str(copy))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "holds something already" in refused.stderr
    assert there.rows() == copied

    # A copy that is what its manifest says, and no database all the same, comes back not at all.
    refused = there.amity("restore", str(_spoilt(copy)), "--replace")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr
    assert there.rows() == copied
    assert there.files() == files

    # The night's copy, encrypted, of a record that stands still: every row and every file.
    secret = pyrage.x25519.Identity.generate()
    key = tmp_path / "key.txt"
    key.write_text(f"# public key: {secret.to_public()}\n{secret}\n")
    night = _night(here, tmp_path / "nights", str(secret.to_public()))
    assert copy.name not in here.does("check")
    assert str(night) in here.does("check")
    there.does("restore", str(night), "--key", str(key), "--replace")
    everything = here.rows()
    assert {everything.pop(name)[0][0] for name in ("accounts_limit", "django_session")} == {TOKEN}
    assert there.rows() == everything
    assert there.files() == here.files()
    _goes_on(there)


def _spoilt(copy: Path) -> Path:
    """The same copy with one table's rows (PostgreSQL), or the database (SQLite), in disorder."""
    with ZipFile(copy) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    name = "database/record_picture.copy"
    name = name if name in parts else "database/amity.sqlite3"
    parts[name] = parts[name].replace(b"\t", b"x").replace(b"SQLite", b"sQLite")
    (described,) = (part for part in manifest["parts"] if part["name"] == name)
    described["sha256"] = hashlib.sha256(parts[name]).hexdigest()
    spoilt = copy.with_name("spoilt.copy")
    with ZipFile(spoilt, "w") as archive:
        for name, what in (parts | {"manifest.json": json.dumps(manifest).encode()}).items():
            archive.writestr(name, what)
    return spoilt


def _stop(writer: subprocess.Popen[str]) -> list[int]:
    """What it said after it was last asked; it is killed in the middle of whatever it does."""
    writer.send_signal(signal.SIGKILL)
    said, _ = writer.communicate(timeout=60)
    return [int(line) for line in said.splitlines()]


def _night(place: Place, folder: Path, recipient: str) -> Path:
    """The copy that the loop process makes by itself."""
    loop = place.start("amity", "post", AMITY_BACKUPS_DIR=str(folder), AMITY_BACKUPS_FOR=recipient)
    assert loop.stdout
    try:
        assert loop.stdout.readline().startswith("copy made: ")
    finally:
        loop.terminate()
        loop.communicate(timeout=60)
    (made,) = folder.glob("*.copy.age")
    assert sorted(path.name for path in folder.iterdir()) == [".lock", made.name]
    return made


def _goes_on(place: Place) -> None:
    """What came back can be written in: numbers go on where they were."""
    highest = place.query("SELECT max(id) FROM foundation_change")[0][0]
    place.does("user", "add", "anna@example.org", "--name", "Anna", "--language", "en")
    assert place.query("SELECT max(id) FROM foundation_change")[0][0] == int(str(highest)) + 1
