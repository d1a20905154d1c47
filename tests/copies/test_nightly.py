"""When the night's copy is made, how many stay, and what is said of the last."""

import fcntl
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from amity.foundation.copies import nightly
from amity.foundation.copies.last import Last, last_copy, remember, said
from amity.foundation.copies.making import Made
from amity.foundation.copies.manifest import CopyError

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, settings, monkeypatch) -> Path:
    """Where copies are made at three, and two are kept; a copy is a few bytes."""
    settings.BACKUPS_DIR = tmp_path / "copies"
    settings.BACKUPS_AT, settings.BACKUPS_KEPT, settings.BACKUPS_FOR = time(3, 0), 2, ""

    def make(target: Path, recipient: str) -> Made:
        target.write_text("a copy")
        return Made(target, NOON, 6, 1, 0)

    monkeypatch.setattr(nightly, "make", make)
    return settings.BACKUPS_DIR


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_one_each_night_and_as_many_kept_as_the_settings_say(folder):
    nights = nightly.Nights()
    for hours in range(80):
        nights.round(NOON + timedelta(hours=hours))
    assert names(folder) == ["amity-2026-11-28T030000Z.copy", "amity-2026-11-29T030000Z.copy"]


def test_the_first_is_made_at_once(folder):
    assert nightly.Nights().round(NOON).startswith(f"copy made: {folder}/amity-2026-11-26T120000Z")
    assert nightly.Nights().round(NOON + timedelta(hours=14, minutes=59)) == ""
    assert nightly.Nights().round(NOON + timedelta(hours=15)) != ""


def test_none_without_a_folder(folder, settings):
    settings.BACKUPS_DIR = None
    assert nightly.Nights().round(NOON) == ""


def test_only_what_is_ours_goes(folder):
    folder.mkdir()
    (folder / "amity-by-hand.copy").write_text("theirs")
    for day in range(4):
        nightly.Nights().round(NOON + timedelta(days=day))
    assert names(folder) == [
        "amity-2026-11-28T120000Z.copy",
        "amity-2026-11-29T120000Z.copy",
        "amity-by-hand.copy",
    ]


def test_a_failure_takes_no_older_copy_and_is_tried_again_later(folder, monkeypatch, caplog):
    nights = nightly.Nights()
    for day in range(2):
        nights.round(NOON + timedelta(days=day))
    before, working = names(folder), nightly.make
    tries = []

    def fail(target: Path, recipient: str) -> Made:
        tries.append(target)
        raise CopyError("the disk is full")

    monkeypatch.setattr(nightly, "make", fail)
    third = NOON + timedelta(days=2)
    for seconds in range(0, 16 * 60, 2):
        nights.round(third + timedelta(seconds=seconds))
    assert len(tries) == 2
    assert names(folder) == before
    assert "the night's copy: the disk is full" in caplog.text
    monkeypatch.setattr(nightly, "make", working)
    assert nights.round(third + timedelta(minutes=31)) != ""


def test_two_processes_make_one(folder):
    folder.mkdir()
    with (folder / ".lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert nightly.make_nightly(NOON) is None
    assert nightly.make_nightly(NOON) is not None
    assert nightly.make_nightly(NOON) is None


def test_what_is_said_of_the_last_good_copy(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    assert said(last_copy()).startswith("No copy of this installation has been made")
    file = tmp_path / "a.copy"
    file.write_text("a copy")
    remember(Last(made_at=NOON, file=str(file), size=6))
    words = f"The last good copy was made on 2026-11-26 at 12:00 UTC: {file}"
    assert said(last_copy()) == words
    file.write_text("cut")
    assert said(last_copy()) == f"{words}, where it stands no more"
