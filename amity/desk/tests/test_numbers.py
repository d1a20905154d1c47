"""Numbers that the desk gives, where several officers begin something at once."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amity.followup.models import Proposal
from amity.record.acting import STRANGER
from amity.record.actions import release, save
from amity.record.choices import Audience
from amity.record.models import Dossier
from amity.record.numbered import number_of, place_in
from amity.record.refusals import Hidden
from amity.record.search.reading import search
from tests.write.race import race
from tests.write.world import build, words

from .test_desk import somebody, typed

WRITERS = 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a test's SQLite has one connection")
def test_all_who_release_at_once_are_given_numbers_of_their_own():
    build()
    address = reverse("desk_new", args=["proposals"])
    clients = [somebody("north-office", name=f"officer-{number}") for number in range(WRITERS)]
    forms = [
        typed(client.get(address)) | {"kind": "proposal", "title-en": f"Ask {n}", "act": "save"}
        for n, client in enumerate(clients)
    ]
    begins = [
        partial(client.post, address, form) for client, form in zip(clients, forms, strict=True)
    ]
    found = [getattr(answer, "status_code", answer) for answer in race(begins)]
    assert found == [302] * WRITERS
    begun = list(Proposal.everything.all())
    assert [one.key.startswith("unnumbered-") for one in begun] == [True] * WRITERS
    releases = [
        partial(
            client.post,
            reverse("desk_release", args=["proposals", one.key]),
            {"revision": one.revision, "audience": "public"},
        )
        for client, one in zip(clients, begun, strict=True)
    ]
    found = [getattr(answer, "status_code", answer) for answer in race(releases)]
    assert found == [302] * WRITERS
    keys = sorted(Proposal.everything.values_list("key", flat=True))
    series = f"P-{timezone.now().year}"
    assert [place_in(series, key) for key in keys] == list(range(1, WRITERS + 1))


def _written(world, dossier, title, audience):
    """A proposal of the northern side, which waits for its number until it is written."""
    proposal = Proposal(
        dossier=dossier,
        key=f"unnumbered-{title.lower()}",
        kind="proposal",
        title=words(title),
        proposer_side=world.sides[0] if dossier == world.dossier else None,
    )
    save(world.north, proposal, audience=audience)
    return proposal


@pytest.mark.django_db
def test_the_list_shows_the_number_that_was_given():
    world = build()
    waits = _written(world, world.dossier, "Waits", Audience.KEEPER)
    given = _written(world, world.dossier, "Given", Audience.PUBLIC)
    given.refresh_from_db()
    page = somebody("north-office").get(reverse("desk_list", args=["proposals"])).text
    shown = page.partition("<strong>Given</strong>")[2].partition("</li>")[0]
    assert number_of(given.key) in shown
    assert waits.key not in page.replace(f"/{waits.key}/", "")


@pytest.mark.django_db
def test_each_dossier_counts_for_itself_and_the_identifier_names_it():
    world = build()
    year = timezone.now().year
    for title in ("A", "B"):
        _written(world, world.dossier, title, Audience.CIRCLE)
    assert sorted(Proposal.everything.values_list("key", flat=True)) == [
        f"p-{year}-001-test",
        f"p-{year}-002-test",
    ]
    other = Dossier.objects.create(key="harbours", title=words("Harbours"), languages=["en"])
    beside = _written(world, other, "C", Audience.PUBLIC)
    assert beside.key == f"p-{year}-001-harbours"
    release(world.north, Proposal.everything.get(key=f"p-{year}-001-test"), Audience.PUBLIC)
    shown = [
        Client().get(reverse("followup:proposal", args=[key])).text
        for key in (f"p-{year}-001-test", f"p-{year}-001-harbours")
    ]
    assert [f"P-{year}-001\u00a0· " in page for page in shown] == [True, True]
    found = search(f"P-{year}-001", STRANGER)
    assert sorted(one.key for one in found.ranked) == [
        f"p-{year}-001-harbours",
        f"p-{year}-001-test",
    ]


@pytest.mark.django_db
def test_what_an_office_has_for_itself_takes_no_number_until_others_read_it():
    world = build()
    year = timezone.now().year
    address, client = reverse("desk_new", args=["proposals"]), somebody("east-office")
    form = typed(client.get(address)) | {"kind": "proposal", "title-en": "Our own", "act": "save"}
    assert client.post(address, form)["Location"].endswith("/unnumbered-our-own/")
    alone = "unnumbered-our-own"
    joint = _written(world, world.dossier, "A", Audience.CIRCLE)
    assert (joint.key, joint.readers) == (f"p-{year}-001-test", "partnership:twins")
    kept = Proposal.everything.get(key=alone)
    release(world.east, kept, Audience.PUBLIC)
    assert kept.key == f"p-{year}-002-test"
    moved = Client().get(reverse("followup:proposal", args=[alone]))
    assert moved.status_code in (301, 302, 308)
    assert moved["Location"].endswith(reverse("followup:proposal", args=[kept.key]))
    withdrawn = Proposal.everything.get(key=kept.key)
    release(world.east, withdrawn, Audience.KEEPER)
    assert withdrawn.key == kept.key


@pytest.mark.django_db
def test_a_refused_release_gives_no_number():
    world = build()
    gathering = world.gathering()
    gathering.partnership = None
    save(world.east, gathering)
    alone = Proposal(
        dossier=world.dossier,
        key="unnumbered-a",
        kind="proposal",
        title=words("A"),
        gathering=gathering,
    )
    save(world.east, alone)
    with pytest.raises(Hidden):
        release(world.east, alone, Audience.PUBLIC)
    assert alone.key == "unnumbered-a"
    assert list(Proposal.everything.values_list("key", flat=True)) == ["unnumbered-a"]


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("C-2026-007", "C-2026-007"),
        ("c-2026-007-lindholm-porto-claro", "C-2026-007"),
        ("p-2026-1234-a", "P-2026-1234"),
        ("cook-book", "cook-book"),
        ("c-2026-1-a", "c-2026-1-a"),
        ("unnumbered-cook-book", "unnumbered-cook-book"),
    ],
)
def test_the_number_that_people_say(key, number):
    assert number_of(key) == number


def test_the_place_in_a_series():
    keys = ("C-2026-007", "c-2026-012-a", "c-2025-099-a", "P-2026-003")
    assert [place_in("C-2026", key) for key in keys] == [7, 12, 0, 0]
