"""Each role reads exactly what the table says: querysets, register, API, exports and files."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.http import Http404

from amity.dossier.exporting.collect import Part
from amity.dossier.exporting.export import export
from amity.dossier.progress import Progress
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.differences import JSON, Plain
from amity.foundation.fields import WordsColumn
from amity.foundation.pages.public import Page
from amity.languages.fields import TextColumn
from amity.network.fields import OtherNamesColumn
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.models import Entry, Picture, Recorded
from amity.record.pictures import media
from amity.record.plain.layout import child_columns, layout
from amity.record.plain.states import plain_rows
from amity.record.queries import picture_exists, visible_entries, visible_to
from amity.record.refusals import NotAllowed
from amity.site.api.filters import filters_of
from amity.site.api.root import read_one, read_page
from tests.access.world import AUDIENCES, READ, TOKEN, World, tokens_in

pytestmark = pytest.mark.django_db

FILES = {"Picture file"}
"""What stands in files alone."""
OF_WORDS = (TextColumn, WordsColumn, DateAsSaidColumn, OtherNamesColumn)
"""Columns in which people write words."""
CODES = {
    "country_code",
    "every",
    "language",
    "measure",
    "media_type",
    "property",
    "sha256",
    "timezone",
    "wikidata_id",
}
"""Fields that hold nothing but a code, so no token."""
TODAY = Page(1, None, date(2026, 1, 1), "")


@pytest.fixture(scope="module")
def _made(django_db_setup, django_db_blocker):
    """The world, made once: nothing here changes it."""
    with django_db_blocker.unblock():
        sheet = transaction.atomic()
        sheet.__enter__()
        try:
            world = World()
            world.fill(set(AUDIENCES))
            yield world, world.acting()
        finally:
            transaction.set_rollback(True)
            sheet.__exit__(None, None, None)


@pytest.fixture
def world(_made) -> World:
    return _made[0]


@pytest.fixture(params=READ)
def role(request) -> str:
    return request.param


@pytest.fixture
def acting(_made, role):
    return _made[1][role]


def expected(world: World, role: str) -> set[str]:
    """The tokens that a role reads, files aside."""
    return {
        token
        for token in world.tokens.readable(READ[role])
        if world.tokens.of[token][1] not in FILES
    }


def same(world: World, found: set[str], wanted: set[str]) -> None:
    """Nothing that should not be read was read, and all that should."""
    assert world.tokens.told(found - wanted) == []
    assert world.tokens.told(wanted - found) == []


def test_the_table_names_every_audience(world):
    assert set().union(*READ.values()) == set(AUDIENCES)
    kinds_made = {
        (kind.kind, readers)
        for kind in kinds.kinds()
        for readers in kind.model.everything.values_list("readers", flat=True)
    }
    wanted = {(kind.kind, readers) for kind in kinds.kinds() for readers in AUDIENCES.values()}
    assert wanted - kinds_made == set()


def test_every_field_that_holds_words_holds_a_token_for_every_audience(world):
    missing = set()
    for kind in kinds.kinds():
        for audience, readers in AUDIENCES.items():
            rows = kind.model.everything.filter(readers=readers)
            states = [state for _, state in plain_rows(rows)]
            for path in paths_of_words(kind.model):
                if not tokens_in(json.dumps([held(state, path) for state in states])):
                    missing.add(f"{kind.kind}.{'.'.join(path)} ({audience})")
    assert sorted(missing) == []


def paths_of_words(model: type[Recorded]) -> Iterator[tuple[str, ...]]:
    """The fields of a kind in which people write words, those of its child rows among them."""
    found = layout(model)
    written = [((), column) for column in found.columns]
    written += [((child.name,), one) for child in found.children for one in child_columns(child)]
    for above, column in written:
        if isinstance(column, OF_WORDS) and column.name not in CODES:
            yield (*above, column.name)


def held(state: Plain, path: tuple[str, ...]) -> JSON:
    """What stands at a field of a record, or of any of its child rows."""
    name, *inner = path
    rows = state.get(name)
    if inner and isinstance(rows, list):
        return [row.get(inner[0]) for row in rows if isinstance(row, dict)]
    return rows


def test_querysets_give_what_the_table_says(world, role, acting):
    found = set()
    for kind in kinds.kinds():
        rows = visible_to(acting, kind.model)
        found |= tokens_in(json.dumps([state for _, state in plain_rows(rows)]))
    same(world, found, expected(world, role))


def test_the_register_gives_what_the_table_says(world, role, acting):
    found = set()
    for entry in visible_entries(acting):
        found |= tokens_in(json.dumps([entry.key, entry.page_key, entry.title.to_json()]))
    registered = set()
    for entry in Entry.everything.all():
        registered |= tokens_in(json.dumps([entry.key, entry.page_key, entry.title.to_json()]))
    same(world, found, expected(world, role) & registered)


def test_lists_of_the_api_give_what_the_table_says(world, role, acting):
    found = set()
    for kind in kinds.kinds():
        filters = filters_of(kind.kind).read({"limit": "200"})
        records, more = read_page(kind, filters, TODAY, acting)
        assert not more
        found |= tokens_in(json.dumps(records))
    same(world, found, expected(world, role))


def test_records_of_the_api_give_what_the_table_says(world, role, acting):
    found, refused = set(), set()
    for kind in kinds.kinds():
        for key in kind.model.everything.values_list("key", flat=True):
            if not TOKEN.fullmatch(key):
                continue
            try:
                found |= tokens_in(json.dumps(read_one(kind, key, TODAY, acting)))
            except Http404:
                refused.add(key)
    same(world, found, expected(world, role))
    assert refused.isdisjoint(found)


def exported(world: World, acting: Acting, part: Part, folder: Path) -> set[str]:
    """The tokens in what is exported, pictures among it."""
    export(world.dossier, folder, Progress(), acting, part=part)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return set().union(*(tokens_in(path.read_text()) for path in files))


def test_exports_give_what_the_table_says(world, role, acting, tmp_path):
    found = exported(world, acting, Part.PUBLIC, tmp_path / "read")
    same(world, found, world.tokens.readable(READ[role]))
    kept = exported(world, acting, Part.OFFICE, tmp_path / "kept")
    assert world.tokens.told(kept - found) == []
    own = {audience for audience in READ[role] if audience.startswith("office-")}
    assert world.tokens.told(world.tokens.readable(own) - kept) == []
    if role == "administrator":
        everything = exported(world, acting, Part.EVERYTHING, tmp_path / "all")
        same(world, everything, world.tokens.readable(set(AUDIENCES)))
    else:
        with pytest.raises(NotAllowed):
            exported(world, acting, Part.EVERYTHING, tmp_path / "all")
        assert not (tmp_path / "all").exists()


def test_files_are_served_as_the_table_says(world, role, acting):
    served = {
        audience
        for audience, readers in AUDIENCES.items()
        for picture in Picture.everything.filter(readers=readers)
        if picture_exists(picture.sha256, picture.media_type, acting)
    }
    assert served == READ[role]
    for picture in Picture.everything.all():
        name = media.name_of(picture.sha256, picture.media_type)
        assert tokens_in(media.path_of(name).read_text())
