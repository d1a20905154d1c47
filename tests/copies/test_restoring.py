"""What a restore that fails half-way leaves, and what a copy that cannot be made says."""

import os
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from amity.foundation.copies import embedded
from amity.foundation.copies.beside import beside
from amity.foundation.copies.making import make
from amity.foundation.copies.manifest import CopyError
from amity.foundation.copies.restoring import restore
from tests.copies.test_hostile import Parts, manifest_of, packed, whole


@pytest.fixture
def media(tmp_path: Path, settings) -> Path:
    """Media that hold a file of the copy, damaged, and one of their own."""
    settings.DATA_DIR = tmp_path / "installation"
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    for name in ("ab/abc.png", "cd/theirs.png"):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"as it was")
    return settings.MEDIA_ROOT


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_where_the_database_refuses_the_files_are_as_they_were(media, tmp_path, monkeypatch):
    copy = packed(tmp_path, *_with_one_more(tmp_path))
    seen = []

    def refuse(folder: Path, manifest: object) -> None:
        seen.append(files(media))
        raise OperationalError("database is locked")

    monkeypatch.setattr(embedded, "bring_back", refuse)
    before = files(media.parent)
    with pytest.raises(CopyError, match="could not be brought back: database is locked"):
        restore(copy, replace=True)
    assert seen == [
        {"ab/abc.png": b"a picture", "ef/new.png": b"new", "cd/theirs.png": b"as it was"}
    ]
    assert files(media.parent) == before


def test_what_the_copy_does_not_have_stays(media, tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "bring_back", lambda folder, manifest: None)
    restore(packed(tmp_path, *_with_one_more(tmp_path)), replace=True)
    assert files(media.parent) == {
        "media/ab/abc.png": b"a picture",
        "media/cd/theirs.png": b"as it was",
        "media/ef/new.png": b"new",
    }


def _with_one_more(tmp_path: Path) -> tuple[dict[str, object], Parts]:
    _, parts = whole(tmp_path)
    parts["media/ef/new.png"] = b"new"
    return manifest_of(parts), parts


def test_what_cannot_be_made_is_one_line_and_the_former_copy_stays(tmp_path, monkeypatch):
    target = tmp_path / "a.copy"
    target.write_text("the former")

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("amity.foundation.copies.making.applied_migrations", lambda: ["a.b"])
    monkeypatch.setattr(embedded, "write", full)
    with pytest.raises(CopyError, match=r"^cannot be made: \[Errno 28\] No space left on device$"):
        make(target)
    assert files(tmp_path) == {"a.copy": b"the former"}


def test_what_a_process_left_that_was_killed_goes_after_a_day(tmp_path):
    for name, hours in ((".amity-copy-old", 25), (".amity-copy-new", 23), ("theirs", 25)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "whole").write_text("half a copy")
        then = time.time() - hours * 3600
        os.utime(tmp_path / name, (then, then))
    with beside(tmp_path) as place:
        assert list(place.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [".amity-copy-new", "theirs"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("{folder}",), "{folder}: a folder stands there; expected the name of a file"),
        (("{folder}/none/a.copy",), "{folder}/none/a.copy: there is no folder {folder}/none"),
        (("{folder}/a.copy", "--for", "age1x"), "{folder}/a.copy: age1x is no recipient of age"),
    ],
)
def test_where_no_copy_can_stand(tmp_path, words, line):
    with pytest.raises(CommandError) as raised:
        call_command("backup", *(word.format(folder=tmp_path) for word in words))
    assert str(raised.value).startswith(line.format(folder=tmp_path))
    assert files(tmp_path) == {}
