"""Search finds, counts, suggests and corrects only what may be read, and by the same statements."""

import json
from dataclasses import dataclass, replace
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from amity.languages.search.asking import Asked, Term
from amity.languages.text import Text
from amity.network.models import Area
from amity.record.acting import STRANGER, Acting
from amity.record.models import Entry
from amity.record.queries import visible_entries
from amity.record.search import writing
from amity.record.search.engines import engine
from amity.record.search.narrowing import Narrowed
from amity.record.search.reading import _rows, search, suggest
from tests.access import crawl
from tests.access.world import AUDIENCES, READ, World, tokens_in

pytestmark = pytest.mark.django_db

HIDDEN = set(AUDIENCES) - {"public"}
PAGES = (
    "/en/search/?q={}",
    "/ru/search/?q={}&kind=area",
    "/en/search/?q={}&partnership=one",
    "/en/search/?q={}&page=1",
    "/vi/search/suggestions/?q={}",
    "/en/search/feed.atom?q={}",
    "/api/v1/search?q={}",
)
WORDS = ("verborgenheim", "verborgenhiem", "verborg", "öffenheim", "offenhiem", "offen", "heim")
"""What is only hidden, mistyped, begun; what is public; and nothing that stands anywhere."""
MOST = 100_000


@dataclass(frozen=True, slots=True)
class ReadsAll(Acting):
    """Somebody who reads everything there is; nobody may."""

    @property
    def readers(self) -> frozenset[str]:
        return frozenset(AUDIENCES.values())


def area(world: World, key: str, name: str, readers: str) -> None:
    """A place with a name of its own, in the register and the index."""
    made = Area.everything.create(
        dossier=world.dossier, key=key, kind="city", name=Text.of(name, "en"), readers=readers
    )
    Entry.everything.create(
        dossier=world.dossier,
        kind="area",
        key=key,
        title=made.name,
        page_kind="area",
        page_key=key,
        readers=readers,
    )


def answers(world: World, client, words) -> dict[str, tuple[bytes, list[str]]]:
    """What each address answers to each word, and by which statements it was made."""
    world.changed()
    found = {}
    for shape in PAGES:
        for word in words:
            address = shape.format(quote(word))
            cache.clear()
            with CaptureQueriesContext(connection) as asked:
                body = crawl.read(client, address)
            found[address] = body, [query["sql"].split(" ")[0] for query in asked]
    return found


def test_what_is_not_public_changes_nothing_that_search_answers(client):
    world = World()
    world.fill({"public"})
    area(world, "open", "Offenheim", "public")
    writing.rebuild()
    hidden_words = [f"zq{letter}{number:03d}" for letter in "bd" for number in (0, 7, 40)]
    words = [*WORDS, *hidden_words, "zqa000", "zqa007", "city a", "twinning"]
    before = answers(world, client, words)
    world.fill(HIDDEN)
    for number, readers in enumerate(sorted(set(AUDIENCES.values()) - {"public"})):
        area(world, f"secret-{number}", "Verborgenheim", readers)
    writing.rebuild()
    after = answers(world, client, words)
    told = {
        a: tokens_in(body.decode()) & world.tokens.readable(HIDDEN)
        for a, (body, _) in after.items()
    }
    asked_for = {a: {w for w in words if w in a} for a in told}
    assert {a: found - asked_for[a] for a, found in told.items() if found - asked_for[a]} == {}
    assert [a for a in after if after[a][0] != before[a][0]] == []
    assert [a for a in after if after[a][1] != before[a][1]] == []
    assert any(b"Offenheim" in body for body, _ in after.values())


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world in the index, made once: nothing here changes it."""
    with django_db_blocker.unblock():
        sheet = transaction.atomic()
        sheet.__enter__()
        try:
            world = World()
            world.fill(set(AUDIENCES))
            for number, (audience, readers) in enumerate(AUDIENCES.items()):
                area(world, f"heim-{number}", f"Heimlich {audience}", readers)
            writing.rebuild()
            yield world, world.acting()
        finally:
            transaction.set_rollback(True)
            sheet.__exit__(None, None, None)


@pytest.mark.parametrize("role", READ)
def test_each_role_finds_exactly_what_it_reads(made, role):
    world, actings = made
    first, *rest = sorted(world.tokens.of)
    wanted = Asked("everything", (Term(first, tuple(rest)),))
    matching = engine("default").matching(wanted, names=False)
    stands = {row.number for row in _rows(matching, ReadsAll(), Narrowed(), MOST)}
    found = {row.number for row in _rows(matching, actings[role], Narrowed(), MOST)}
    readable = set(visible_entries(actings[role]).values_list("pk", flat=True))
    assert len(stands) > 100
    assert found == stands & readable


@pytest.mark.parametrize("role", READ)
def test_each_role_is_corrected_counted_and_suggested_what_it_reads(made, role):
    _, actings = made
    acting = actings[role]
    wanted = {entry.key for entry in visible_entries(acting).filter(key__startswith="heim-")}
    for found in (search("heimlihc", acting), search("heimlich", acting), suggest("heiml", acting)):
        assert {one.key for one in found.ranked} == wanted
        assert found.counts.kind == ({"area": len(wanted)} if wanted else {})
    guessed = search("heimlihc", acting).guessed
    assert guessed == {"heimlihc": ("heimlich",)}


def test_a_stranger_is_a_role_of_the_table(made):
    _, actings = made
    assert any(replace(acting) == STRANGER for acting in actings.values())


def test_what_is_removed_renamed_or_withdrawn_is_found_no_longer(made):
    entry = Entry.everything.get(key="heim-0")
    assert [one.key for one in search("heimlich public").ranked] == ["heim-0"]
    for fields in (
        {"readers": "partnership:one"},
        {"moved_to": Entry.everything.get(key="heim-1")},
    ):
        with transaction.atomic():
            Entry.everything.filter(pk=entry.pk).update(**fields)
            assert search("heimlich public").ranked == ()
            assert json.dumps(search("heimlich public").counts.kind) == "{}"
            transaction.set_rollback(True)
