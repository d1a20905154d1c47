"""A file that is no copy, or one that somebody made to do harm: one line, nothing written."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from amity.foundation.copies.embedded import NAME as DATABASE
from amity.foundation.copies.manifest import CopyError, safe
from amity.foundation.copies.restoring import restore

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the copies of this file are made for SQLite"
)

Parts = dict[str, bytes]


@pytest.fixture
def here(tmp_path: Path, settings) -> Path:
    """The folder of an installation; no test of this file may reach its database."""
    folder = tmp_path / "installation"
    settings.DATA_DIR, settings.MEDIA_ROOT = folder, folder / "media"
    folder.mkdir()
    return folder


def whole(tmp_path: Path) -> tuple[dict[str, object], Parts]:
    """A manifest and its parts, all as they should be."""
    path = tmp_path / "whole.sqlite3"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE a_table (id integer PRIMARY KEY)")
        made.execute("INSERT INTO a_table VALUES (1)")
        made.commit()
    parts = {f"database/{DATABASE}": path.read_bytes(), "media/ab/abc.png": b"a picture"}
    return manifest_of(parts), parts


def manifest_of(parts: Parts) -> dict[str, object]:
    return {
        "amity": 1,
        "release": "0.1.0",
        "made_at": "2026-11-26T02:00:00+00:00",
        "database": "sqlite",
        "migrations": [f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations],
        "tables": [{"name": "a_table", "rows": 1}],
        "parts": [
            {"name": name, "size": len(what), "sha256": hashlib.sha256(what).hexdigest()}
            for name, what in parts.items()
        ],
    }


def packed(tmp_path: Path, manifest: object, parts: Parts) -> Path:
    path = tmp_path / "a.copy"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, what in parts.items():
            archive.writestr(name, what)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path


def refused(copy: Path, here: Path, key: Path | None = None) -> str:
    """The line that is said; holds that nothing is left in the installation."""
    words = ["restore", str(copy), *(["--key", str(key)] if key else [])]
    with pytest.raises(CommandError) as raised:
        call_command(*words)
    said = str(raised.value)
    assert raised.value.returncode == 2
    assert said.startswith(f"{copy}: ")
    assert "\n" not in said
    assert list(here.rglob("*")) == []
    assert sorted(path.name for path in here.parent.iterdir() if path.is_dir()) == [here.name]
    return said.removeprefix(f"{copy}: ")


def test_what_is_whole_is_taken(tmp_path, here):
    assert restore(packed(tmp_path, *whole(tmp_path)), only_check=True).release == "0.1.0"
    assert list(here.rglob("*")) == []


OUTSIDE = ["media/../../outside", "/etc/passwd", "media/..", "outside", "media\\..\\outside"]
OUTSIDE += ["media//outside", "media/./outside", "C:/outside", "media/a\0b", "media/", "database"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_part_that_leads_outside(tmp_path, here, name):
    _, parts = whole(tmp_path)
    manifest = manifest_of(parts | {name: b"x"})
    assert not safe(name)
    assert refused(packed(tmp_path, manifest, parts), here) == (
        f"names a part outside of it: {name!r}"
    )


def test_a_part_outside_that_no_manifest_names(tmp_path, here):
    manifest, parts = whole(tmp_path)
    copy = packed(tmp_path, manifest, parts | {"../outside": b"x"})
    assert refused(copy, here) == "holds other parts than its manifest.json names"


def test_a_part_that_unfolds_into_more_than_it_says(tmp_path, here):
    manifest, parts = whole(tmp_path)
    copy = packed(tmp_path, manifest, parts | {"media/ab/abc.png": bytes(50_000_000)})
    assert copy.stat().st_size < 200_000
    assert refused(copy, here) == "media/ab/abc.png is not what its manifest.json says"


def test_parts_for_which_the_disk_has_no_room(tmp_path, here):
    manifest, parts = whole(tmp_path)
    manifest["parts"][1]["size"] = 10**18
    said = refused(packed(tmp_path, manifest, parts), here)
    assert said.startswith("unpacks to 1,000,000,000,00")
    assert said.endswith("bytes, and the disk has no room for them")


def _set(**values: object) -> Callable[[dict], object]:
    return lambda manifest: manifest | values


MANIFESTS: list[tuple[Callable[[dict], object], str]] = [
    (lambda manifest: [], "its manifest.json is not one of ours: "),
    (_set(amity=2), "its manifest.json is not one of ours: amity "),
    (_set(extra="x"), "its manifest.json is not one of ours: extra "),
    (_set(parts=[{"name": "media/a", "size": -1, "sha256": "0" * 64}]), "its manifest.json is not"),
    (_set(tables=[{"name": 'a"; DROP TABLE b', "rows": 1}]), "its manifest.json is not one of "),
    (_set(database="postgresql"), "is of postgresql, and the database here is sqlite"),
    (_set(migrations=["record.9999_later"]), "was made by another release (0.1.0), which knows "),
    (_set(migrations=[]), "names no migrations"),
    (_set(tables=[]), "its database has other rows than its manifest says"),
    (_set(tables=[{"name": "a_table", "rows": 2}]), "its database has other rows than its mani"),
]


@pytest.mark.parametrize(("change", "words"), MANIFESTS, ids=[words for _, words in MANIFESTS])
def test_another_manifest(tmp_path, here, change, words):
    manifest, parts = whole(tmp_path)
    assert refused(packed(tmp_path, change(manifest), parts), here).startswith(words)


def test_a_database_that_does_something_by_itself(tmp_path, here):
    path = tmp_path / "trigger.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE a_table (id integer PRIMARY KEY)")
        made.execute("CREATE TRIGGER theirs AFTER INSERT ON a_table BEGIN DELETE FROM a_table; END")
        made.commit()
    parts = {f"database/{DATABASE}": path.read_bytes()}
    said = refused(packed(tmp_path, manifest_of(parts), parts), here)
    assert said == "its database holds what is not ours: theirs"


def test_a_database_that_is_none(tmp_path, here):
    parts = {f"database/{DATABASE}": b"no database" * 1000}
    said = refused(packed(tmp_path, manifest_of(parts), parts), here)
    assert said == "its database is damaged: file is not a database"


@pytest.mark.parametrize("kept", [0, 1, 40, 0.5, 0.99])
def test_a_file_that_was_cut_off(tmp_path, here, kept):
    copy = packed(tmp_path, *whole(tmp_path))
    content = copy.read_bytes()
    copy.write_bytes(content[: kept if kept >= 1 else int(len(content) * kept)])
    assert refused(copy, here).startswith("is damaged, or no copy of Amity's: ")


def test_every_byte_counts(tmp_path, here):
    """A changed byte is found wherever it stands, or changes nothing of what is taken."""
    copy = packed(tmp_path, *whole(tmp_path))
    content = copy.read_bytes()
    found = 0
    for position in range(0, len(content), 23):
        changed = bytearray(content)
        changed[position] ^= 0x55
        copy.write_bytes(bytes(changed))
        try:
            restore(copy, only_check=True)
        except CopyError:
            found += 1
    assert found > len(content) // 23 // 2
    assert list(here.rglob("*")) == []


def test_a_file_that_is_not_there(tmp_path, here):
    assert refused(tmp_path / "none", here).startswith("cannot be read: ")


def sealed(tmp_path: Path) -> tuple[Path, pyrage.x25519.Identity]:
    secret = pyrage.x25519.Identity.generate()
    copy = packed(tmp_path, *whole(tmp_path))
    copy.write_bytes(pyrage.encrypt(copy.read_bytes(), [secret.to_public()]))
    return copy, secret


def test_a_wrong_key_no_key_and_what_is_no_key(tmp_path, here):
    copy, secret = sealed(tmp_path)
    key = tmp_path / "key.txt"
    assert "--key FILE" in refused(copy, here)
    key.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    assert refused(copy, here, key).startswith(f"cannot be decrypted by the key in {key}: ")
    key.write_text("nothing")
    assert refused(copy, here, key).startswith(f"no secret key in {key}; ")
    key.write_text("AGE-SECRET-KEY-1BROKEN")
    assert refused(copy, here, key).startswith(f"the key in {key} cannot be read: ")
    assert refused(copy, here, tmp_path / "none").startswith("the key in ")
    key.write_text(f"{secret}\n")
    assert restore(copy, key=key, only_check=True).release == "0.1.0"


def test_an_encrypted_file_that_was_cut_off(tmp_path, here):
    copy, secret = sealed(tmp_path)
    key = tmp_path / "key.txt"
    key.write_text(str(secret))
    copy.write_bytes(copy.read_bytes()[:-20])
    assert refused(copy, here, key).startswith(f"cannot be decrypted by the key in {key}: ")
