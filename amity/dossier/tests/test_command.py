"""`amity dossier` as people call it: what it says, and how it ends."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

import amity
from amity.dossier.progress import Bar
from amity.dossier.telling import schema
from amity.foundation.models import Change
from amity.record.models import Dossier, Entry

from .folder import BUREAU, RECORDS, write

DOCS = Path(amity.__path__[0]).parent / "docs"


def said(*arguments: str) -> str:
    """What a command prints."""
    out = io.StringIO()
    call_command("dossier", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_check_asks_the_database_nothing(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        *worth, last = said("check", str(write(tmp_path))).splitlines()
    assert last == f"sample: 20 records, nothing wrong, {len(worth) - 1} worth a look"
    assert worth.pop() == "next free numbers in this folder: C-2025-002, P-2025-002"
    assert {one.partition(": ")[0] for one in worth} == {"perhaps"}


@pytest.mark.django_db
def test_a_bad_dossier_ends_with_2_and_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "themes:\n- id: a\n")
    err = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("dossier", "load", str(tmp_path), stderr=err)
    assert refused.value.returncode == 2
    assert str(refused.value) == "1 mistake; nothing was changed"
    assert err.getvalue() == "records.yaml:2: name: is missing; it must be given\n"
    assert (Dossier.objects.count(), Entry.objects.count(), Change.objects.count()) == (0, 0, 0)


def test_what_is_no_folder_ends_with_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("dossier", "check", str(tmp_path / "none"), stderr=io.StringIO())
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_a_dry_run_tells_the_difference_and_changes_nothing(tmp_path: Path) -> None:
    said("load", "--restore", str(write(tmp_path / "one")))
    count = Change.objects.count()
    records = RECORDS.replace("vi: Giáo dục", "vi: Dạy học").replace("grade: will", "grade: intend")
    records = records.replace(
        "deadline: {edtf: 2026-10, said: {en: in October 2026}}", "made: 2025"
    )
    records = records[: records.index("indicators:")] + "series:\n- {id: s, name: {en: S}}\n"
    two = str(write(tmp_path / "two", records))
    assert said("load", two, "--dry-run").splitlines() == [
        "~ theme education",
        "    name.vi: “Giáo dục” → “Dạy học”",
        "+ series s",
        "- indicator trade",
        "~ commitment C-2025-001",
        "    grade: “will” → “intend”",
        "    deadline.edtf: “2026-10” → (nothing)",
        "    deadline.said.en: “in October 2026” → (nothing)",
        "    made: (nothing) → “2025”",
        "sample: 1 added, 2 changed, 1 removed, 17 unchanged",
    ]
    assert Change.objects.count() == count
    assert said("load", two) == "sample: 1 added, 2 changed, 1 removed, 17 unchanged\n"


@pytest.mark.django_db
def test_export_asks_which_when_there_are_several(tmp_path: Path) -> None:
    said("load", "--restore", str(write(tmp_path / "one")))
    assert said("export", str(tmp_path / "out")) == "sample: 20 records exported\n"
    head = "id: other\ntitle: {en: Other}\noffice: other-bureau\n"
    other = write(tmp_path / "two", BUREAU.replace("bureau", "other-bureau"), head)
    said("load", "--restore", str(other))
    with pytest.raises(CommandError, match="there are: other, sample"):
        said("export", str(tmp_path / "out"))
    out = str(tmp_path / "out2")
    assert said("export", out, "--dossier", "other") == "other: 1 records exported\n"


def test_the_progress_bar_shows_where_it_stands() -> None:
    stream = io.StringIO()
    bar = Bar(stream)
    bar.start("reading", 200)
    bar.step(100)
    bar.start("writing", 10)
    bar.finish()
    drawn = [line for line in stream.getvalue().split("\r") if line.strip()]
    assert [re.sub(r" +\d+ s$", "", line).rstrip() for line in drawn] == [
        f"[{' ' * 30}]   0% reading",
        f"[{' ' * 30}]   0% writing",
    ]


def test_the_published_schemas_are_those_of_this_release() -> None:
    published = {path.name: path.read_text() for path in (DOCS / "schemas").glob("*.json")}
    made = {name: schema.text_of(one) for name, one in schema.schemas().items()}
    assert published == made


def test_the_schemas_name_every_field_that_may_be_written() -> None:
    from amity.dossier.shapes.beside import OF_RECORDS
    from amity.dossier.shapes.catalogue import record_shape
    from amity.record import kinds

    for kind in kinds.kinds():
        described = json.loads((DOCS / "schemas" / f"{kind.kind}.json").read_text())
        names = [*record_shape(kind.kind).names, *(one.name for one in OF_RECORDS)]
        assert list(described["properties"]) == names
