"""Folders and files that change, end or cannot be read half-way; each is said, and nothing lost."""

import os
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from amity.dossier.exporting import export as exporting
from amity.dossier.loading.load import Asked, load
from amity.dossier.problems import DossierError
from amity.dossier.progress import Progress
from amity.dossier.reading import files
from amity.dossier.staging import folder as staging
from amity.record.models import Dossier
from amity.record.pictures import media

from .folder import BUREAU, HEAD, RECORDS, checked, exported, loaded, mistakes, picture, write

pytestmark = pytest.mark.django_db

WITH_PICTURE = (
    RECORDS + "pictures:\n- {id: pic, file: pictures/pic.png, alt: {en: A}, licence: CC0-1.0}\n"
)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


def with_picture(folder: Path) -> Path:
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "pic.png").write_bytes(picture())
    return write(folder, WITH_PICTURE)


def holds(folder: Path) -> dict[str, bytes]:
    """All files in a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Interrupted(BaseException):
    """Stands for a signal."""


def test_a_subfolder_that_cannot_be_read_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    (tmp_path / "net").mkdir()
    scandir = os.scandir

    def denied(path: str) -> "Iterator[os.DirEntry[str]]":
        if str(path).endswith("net"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert mistakes(tmp_path) == ["net:0: -: cannot be read: Permission denied"]


@pytest.mark.parametrize("name", ["records.yaml", "dossier.yaml"])
@pytest.mark.parametrize("kind", [PermissionError(13, "Permission denied"), "gone"])
def test_a_file_that_cannot_be_read_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: object
) -> None:
    write(tmp_path)
    opened = Path.open

    def denied(path: Path, *arguments: object, **options: object) -> object:
        if path.name == name and isinstance(kind, OSError):
            raise kind
        if path.name == name:
            path.unlink()
        return opened(path, *arguments, **options)  # type: ignore[call-overload] # handed on

    monkeypatch.setattr(Path, "open", denied)
    words = "Permission denied" if isinstance(kind, OSError) else "No such file or directory"
    assert f"{name}:0: -: cannot be read: {words}" in mistakes(tmp_path)


@pytest.mark.parametrize("what", ["changed", "gone"])
def test_a_picture_that_changes_while_it_is_loaded_is_a_mistake(tmp_path: Path, what: str) -> None:
    staged = checked(with_picture(tmp_path))
    path = tmp_path / "pictures" / "pic.png"
    path.unlink() if what == "gone" else path.write_bytes(picture(shade=9))
    with pytest.raises(DossierError) as refused:
        load(staged, Progress(), Asked(restore=True))
    (line,) = refused.value.problems.lines()
    assert line.startswith("pictures/pic.png:0: -: ")
    assert not Dossier.objects.exists()


def test_an_export_that_is_interrupted_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(with_picture(tmp_path / "one"))
    out = tmp_path / "out"
    exported(out)
    (out / "pictures" / "sources").mkdir()
    (out / "pictures" / "sources" / "pic.svg").write_text("<svg/>")
    (out / "pictures" / "notes.txt").write_text("by Ana")
    (out / "README").write_text("ours")
    before = holds(out)
    assert exported(out) == before
    written = exporting._write_records
    count = 0

    def interrupted(*arguments: object) -> None:
        nonlocal count
        count += 1
        if count == 7:
            raise Interrupted
        written(*arguments)  # type: ignore[arg-type] # handed on

    monkeypatch.setattr(exporting, "_write_records", interrupted)
    with pytest.raises(Interrupted):
        exported(out)
    assert holds(out) == before
    count = 0
    with pytest.raises(Interrupted):
        exported(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_export_that_is_killed_while_files_are_exchanged_passes_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(with_picture(tmp_path / "one"))
    out = tmp_path / "out"
    before = exported(out)
    replace = Path.replace
    count = 0

    def killed(path: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 5:
            raise Interrupted
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(Interrupted):
            exported(out)
    assert mistakes(out)[-1] == (
        "dossier.yaml:0: -: is missing, for an export into this folder was interrupted; "
        "export it again"
    )
    assert exported(out) == before


def test_an_export_takes_with_it_what_a_former_one_wrote(tmp_path: Path) -> None:
    one = with_picture(tmp_path / "one")
    (one / "more").mkdir()
    (one / "more" / "areas.yaml").write_text("areas:\n- {id: c, kind: city, name: {en: C-town}}\n")
    loaded(one)
    wanted = set(exported(tmp_path / "out"))
    (one / "records.yaml").rename(one / "all.yaml")
    (one / "pictures.yaml").write_text("pictures:\n- {id: pic, file: pictures/old.png}\n")
    (one / "pictures" / "old.png").write_bytes(picture(shade=1))
    found = set(exported(one))
    assert found == wanted


@pytest.mark.parametrize("name", ["areas.yaml", "pictures", "dossier.yaml", ".export"])
def test_an_export_follows_no_links(tmp_path: Path, name: str) -> None:
    loaded(with_picture(tmp_path / "one"))
    out, victim = tmp_path / "out", tmp_path / "victim"
    exported(out)
    folder = name in ("pictures", ".export")
    if folder:
        shutil.rmtree(out / name, ignore_errors=True)
        victim.mkdir()
    else:
        victim.write_bytes((out / name).read_bytes())
        (out / name).unlink()
    (out / name).symlink_to(victim, target_is_directory=folder)
    before = holds(victim) if folder else victim.read_bytes()
    with pytest.raises(DossierError):
        exported(out)
    assert (holds(victim) if folder else victim.read_bytes()) == before


def test_a_picture_that_is_not_there_stops_an_export_before_anything_is_replaced(
    tmp_path: Path,
) -> None:
    loaded(with_picture(tmp_path / "one"))
    before = exported(tmp_path / "out")
    kept = next(Path(media.settings.MEDIA_ROOT).rglob("*.png"))
    for harm in (lambda: kept.write_bytes(kept.read_bytes()[:-1] + b"x"), kept.unlink):
        harm()
        err = StringIO()
        arguments = ("export", str(tmp_path / "out"))
        with pytest.raises(CommandError) as refused:
            call_command("dossier", *arguments, stdout=StringIO(), stderr=err)
        assert refused.value.returncode == 2
        assert f"{kept}:0: -: the picture pic cannot be read here (" in err.getvalue()
        assert holds(tmp_path / "out") == before


def test_a_stored_picture_with_other_bytes_is_mended_by_a_load(tmp_path: Path) -> None:
    folder = with_picture(tmp_path / "one")
    loaded(folder)
    kept = next(Path(media.settings.MEDIA_ROOT).rglob("*.png"))
    right = kept.read_bytes()
    kept.write_bytes(right[:-1] + b"x")
    loaded(folder)
    assert kept.read_bytes() == right
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_an_unforeseen_refusal_of_the_system_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "x"))

    monkeypatch.setattr(staging.StagingDatabase, "finish", full)
    with pytest.raises(CommandError) as refused:
        call_command("dossier", "load", str(write(tmp_path)), stderr=StringIO())
    words = f"{tmp_path / 'x'}: No space left on device; nothing was changed"
    assert (str(refused.value), refused.value.returncode) == (words, 2)


def test_what_commands_a_terminal_is_written_out(tmp_path: Path) -> None:
    hostile = 'themes:\n- {id: a, name: {en: A}, "a\\e]0;pwned\\a\\e[31mred\\u202e": 1}\n'
    write(tmp_path, BUREAU + hostile, HEAD)
    (line,) = mistakes(tmp_path)
    assert "a\\x1b]0;pwned\\x07\\x1b[31mred\\u202e" in line
    assert line.isprintable()


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+00:00",
        "0999-06-01T09:00:00+00:00",
        "1000-01-01T00:00:00+14:00",
        "9999-01-01T00:00:00+00:00",
        "9999-12-31T21:00:00+00:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_moments_at_the_edges_of_the_calendar_are_refused(tmp_path: Path, moment: str) -> None:
    records = RECORDS.replace("2025-09-30T09:00:00+07:00", moment).replace(
        "Asia/Ho_Chi_Minh", "UTC"
    )
    write(tmp_path, records)
    assert any(
        line.endswith("starts_at: “" + moment + "” is not in the years 1000 to 9998")
        for line in mistakes(tmp_path)
    )


def test_files_of_what_is_not_whole_are_no_records(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / files.UNFINISHED).mkdir()
    (tmp_path / files.UNFINISHED / "areas.yaml").write_text("nonsense: [")
    assert mistakes(tmp_path) == []
