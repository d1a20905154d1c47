"""The temporary database in which a folder is asked."""

from pathlib import Path

import pytest
from django.db import connections
from django.db.models import Model, QuerySet
from pytest_django import DjangoAssertNumQueries

from amity.dossier.progress import Progress
from amity.dossier.staging.database import Place
from amity.dossier.staging.folder import read_folder
from amity.followup.models import Commitment, Party
from amity.record import kinds
from amity.record.plain.states import plain_rows

from .folder import loaded, write

pytestmark = pytest.mark.django_db


def states(rows: "QuerySet[Model]") -> dict[str, object]:
    """States by key, without as of which words translations were made: saving finds that out."""
    return {str(state["key"]): unlinked(state) for _number, state in plain_rows(rows)}


def unlinked(value: object) -> object:
    """A state without its digests."""
    if isinstance(value, dict):
        return {name: unlinked(inner) for name, inner in value.items() if name != "digest"}
    return [unlinked(inner) for inner in value] if isinstance(value, list) else value


def test_staged_records_are_what_is_loaded(tmp_path: Path) -> None:
    staged = read_folder(write(tmp_path / "one"), Progress())
    loaded(write(tmp_path / "two"))
    for kind in kinds.kinds():
        held = states(kind.model.everything.all())
        assert states(staged.rows(kind.kind)) == held
        assert staged.keys(kind.kind) == list(held)
        assert staged.count(kind.kind) == len(held)
    assert staged.count() == 20


def test_staging_leaves_the_real_database_alone(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        staged = read_folder(write(tmp_path), Progress())
        commitment = staged.rows("commitment").get()
        assert [party.side.key for party in commitment.parties.all()] == ["side-a", "side-b"]
    assert Commitment.everything.count() == Party.objects.count() == 0


def test_each_record_has_its_place(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "more.yaml").write_text("themes:\n- {id: first, name: {en: A}}\n")
    staged = read_folder(tmp_path, Progress())
    assert [name for _path, name in staged.files] == ["more.yaml", "records.yaml"]
    assert staged.place("theme", "first") == Place(0, 0)
    assert staged.place("theme", "education") == Place(1, 1)
    assert staged.place("area", "b") == Place(1, 3)
    assert staged.has("area", "b")
    assert not staged.has("area", "c")


def test_two_folders_may_be_staged_at_once_and_leave_nothing(tmp_path: Path) -> None:
    one = read_folder(write(tmp_path / "one"), Progress())
    two = read_folder(write(tmp_path / "two", "themes: []\n"), Progress())
    assert (one.rows("theme").count(), two.rows("theme").count()) == (1, 0)
    files = [
        Path(connections[staged.database.alias].settings_dict["NAME"]) for staged in (one, two)
    ]
    assert all(file.exists() for file in files)
    one.database.close()
    two.database.close()
    assert not any(file.parent.exists() for file in files)
