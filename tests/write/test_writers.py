"""Many write at once: one record has one winner, and records of their own have as many."""

import pytest
from django.db import connection

from amity.languages.text import Text
from amity.network.models import Person
from amity.record.actions import save
from amity.record.refusals import Conflict
from tests.write.race import race
from tests.write.world import build

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite has one connection")
def test_of_many_who_write_one_record_one_wins_and_all_others_see_both_versions():
    world = build()
    save(world.north, world.person())
    held = [Person.everything.get(key="anna") for _ in range(WRITERS)]
    for number, anna in enumerate(held):
        anna.name = Text.of(f"Writer {number}", "en")
    found = race([lambda anna=anna: save(world.north, anna) for anna in held])
    conflicts = [one for one in found if isinstance(one, Conflict)]
    assert len(conflicts) == WRITERS - 1
    won = str(Person.everything.get(key="anna").name)
    assert {one.theirs["name"]["versions"]["en"]["words"] for one in conflicts} == {won}
    mine = {one.mine["name"]["versions"]["en"]["words"] for one in conflicts}
    assert mine == {f"Writer {number}" for number in range(WRITERS)} - {won}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite has one connection")
def test_many_who_write_records_of_their_own_all_succeed():
    world = build()
    found = race(
        [
            lambda number=number: save(world.north, world.person(f"person-{number}"))
            for number in range(WRITERS)
        ]
    )
    assert [one for one in found if isinstance(one, Exception)] == []
    assert Person.everything.count() == WRITERS
