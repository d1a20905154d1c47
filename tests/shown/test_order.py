"""Lists stand in the order in which a reader looks for things."""

import pytest
from lxml import html

from amity.followup.tests.factory import Record
from amity.gatherings.models import Session, Statement
from amity.network.actions import derive_partnerships
from amity.network.models import Partnership
from amity.network.tests.factory import words

pytestmark = pytest.mark.django_db


def test_the_network_stands_in_the_readers_alphabet(client):
    record = Record()
    own = {"dossier": record.dossier, "readers": "public", "kind": "twinning"}
    for key, name in {
        "p-1": words("Zeta – Beta", vi="An – Bê", ru="Яма – Бета"),
        "p-2": words("Alpha – Gamma", vi="Đê – Gam", ru="Альфа – Гамма"),
        "p-3": words("Dune – Gamma", vi="Dê – Gam", ru="Дюна – Гамма"),
    }.items():
        Partnership.objects.create(**own, key=key, name=name)
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))

    def listed(language: str) -> list[str]:
        tree = html.fromstring(client.get(f"/{language}/network/?kind=twinning").content.decode())
        links = tree.xpath("//main//li//h2/a/@href")
        return [one.strip("/").rsplit("/", 1)[-1] for one in links if "/partnerships/p-" in one]

    record.tell()
    assert listed("en") == ["p-2", "p-3", "p-1"]
    assert listed("vi") == ["p-1", "p-3", "p-2"]  # đ stands after d
    assert listed("ru") == ["p-2", "p-3", "p-1"]


def test_what_was_said_stands_in_the_order_of_the_programme_and_then_of_weight(client):
    record = Record()
    own = {"dossier": record.dossier, "readers": "public"}
    sessions = [
        Session.objects.create(
            **own,
            key=key,
            gathering=record.forum,
            kind="plenary",
            position=position,
            title=words(key),
        )
        for position, key in enumerate(["opening", "closing"], 1)
    ]
    for key, kind, occasion, session in [
        ("a", "wish", "interview", None),
        ("b", "thanks", "speech", sessions[1]),
        ("c", "commitment", "speech", sessions[1]),
        ("d", "remark", "speech", sessions[0]),
    ]:
        Statement.objects.create(
            **own,
            key=key,
            kind=kind,
            text=words(key),
            occasion=occasion,
            gathering=record.forum,
            session=session,
        )
    tree = html.fromstring(client.get("/en/gatherings/forum-1/").content.decode())
    said = tree.xpath("//section[@aria-labelledby='said']//ol/li/@id")
    assert said == ["d", "c", "b", "a"]


def test_who_organized_stands_before_what_was_said(client):
    record = Record()
    Statement.objects.create(
        dossier=record.dossier,
        readers="public",
        key="a",
        kind="remark",
        text=words("Said"),
        occasion="speech",
        gathering=record.forum,
    )
    page = client.get("/en/gatherings/forum-1/").content.decode()
    assert page.index("cards-grid ends") < page.index('id="said"')


def test_filters_fold_and_are_open_where_something_is_chosen(client):
    Record()
    for query, unfolded in {"": [], "?kind=forum": [""]}.items():
        tree = html.fromstring(client.get(f"/en/gatherings/{query}").content.decode())
        assert tree.xpath("//details[@class='fold']/@open") == unfolded
        assert tree.xpath("//details[@class='fold']/form")
