"""What is read for one page is read at one moment, and of two loads one comes after the other."""

from threading import Thread

import pytest
from django.db import connection
from django.http import HttpResponse

from amity.dossier.loading.load import Asked, load
from amity.dossier.progress import Progress
from amity.dossier.tests.folder import RECORDS, checked, exported, loaded, write
from amity.foundation.database.moment import one_moment
from amity.foundation.pages import public
from amity.foundation.pages.public import public_page
from amity.network.models import Person
from amity.record.actions import save
from amity.record.choices import Audience
from tests.write.test_writers import race
from tests.write.world import build, record_version

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="a test's SQLite has one connection; see bench/crash.py",
    ),
]


def meanwhile(act) -> None:
    """Do something with a connection of its own, to its end."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def test_a_page_shows_the_record_as_it_is_when_its_making_begins(rf):
    world = build()

    @public_page
    def page(request):
        before = Person.everything.count()
        meanwhile(lambda: save(world.north, world.person(f"person-{before}")))
        return HttpResponse(f"{before} {Person.everything.count()}")

    assert page(rf.get("/en/")).content == b"0 0"
    assert page(rf.get("/en/other/")).content == b"1 1"
    assert Person.everything.count() == 2


def test_a_page_is_of_the_version_that_it_is_kept_under(rf, monkeypatch):
    """Somebody writes between the first look at the version and the making of the page."""
    world = build()

    @public_page
    def page(request):
        return HttpResponse(f"{request.page.version == record_version()}")

    looked = public.current_page
    calls = []

    def look(*arguments):
        found = looked(*arguments)
        if not calls:
            calls.append(found.version)
            meanwhile(lambda: save(world.north, world.person(), audience=Audience.PUBLIC))
        return found

    monkeypatch.setattr(public, "current_page", look)
    assert page(rf.get("/en/")).content == b"True"
    assert record_version() > calls[0]


def test_within_a_transaction_nothing_changes():
    world = build()
    save(world.north, world.person())
    with one_moment(), one_moment():
        assert Person.everything.count() == 1


def test_of_two_loads_at_once_one_comes_after_the_other(tmp_path):
    said = [RECORDS.replace("{en: ", f"{{en: V{number} ") for number in range(3)]
    folders = [write(tmp_path / str(number), records) for number, records in enumerate(said)]
    loaded(folders[0])
    for turn in range(3):
        found = race(
            [
                lambda folder=folder: load(checked(folder), Progress(), Asked())
                for folder in folders[1:]
            ]
        )
        assert [one for one in found if isinstance(one, Exception)] == []
        texts = b"".join(exported(tmp_path / f"out-{turn}").values())
        counts = {number: texts.count(f"V{number} ".encode()) for number in range(3)}
        assert sorted(filter(None, counts.values())) == [max(counts.values())], counts
        load(checked(folders[0]), Progress(), Asked())
