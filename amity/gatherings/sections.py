"""What gatherings add to the pages of the network: what happened there, and who said what."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from amity.foundation.collect import Nested, collected
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering, Participant, Speaker, Statement
from amity.languages.jinja import raw_text
from amity.network.models import Agreement, Area, Organization, Partnership, Person
from amity.record.sections import Section, register, until_converted

SHOWN = 100
"""How many a section lists, the newest first."""
TEXTS = ("text", "title", "role", "gathering_title")
LIST = "gatherings/sections/gatherings.html"


def register_sections() -> None:
    """Register all of them."""
    register("area", Section("gatherings", until_converted(LIST, held_in_area), 20, 1))
    register("organization", Section("gatherings", until_converted(LIST, organized_by), 20, 1))
    register("partnership", Section("gatherings", until_converted(LIST, of_partnership), 20, 1))
    register("agreement", Section("gatherings", until_converted(LIST, signed_at), 20, 1))
    register(
        "person",
        Section("said", until_converted("gatherings/sections/person.html", of_person), 20, 1),
    )


def held_in_area(area: Area, page: Page) -> Mapping[str, Any] | None:
    """Gatherings held there. One statement."""
    return _listed("held", area.gatherings.all())


def organized_by(organization: Organization, page: Page) -> Mapping[str, Any] | None:
    """Gatherings that the organization holds. One statement."""
    return _listed("organized", Gathering.objects.filter(organizers__organization=organization))


def of_partnership(partnership: Partnership, page: Page) -> Mapping[str, Any] | None:
    """Gatherings of the partnership. One statement."""
    return _listed("between", partnership.gatherings.all())


def signed_at(agreement: Agreement, page: Page) -> Mapping[str, Any] | None:
    """Where the agreement was signed. One statement."""
    return _listed("signed", agreement.gatherings.all())


def of_person(person: Person, page: Page) -> Mapping[str, Any] | None:
    """What the person said, gave and took part in. One statement."""
    rows = (
        Person.objects.filter(pk=person.pk)
        .values_list(
            collected(
                Statement.objects.all(),
                by="person",
                key="key",
                kind="kind",
                text=Nested("text"),
                when=Nested("when"),
                position="side__position",
                gathering="gathering__key",
                gathering_title=Nested("gathering__title"),
                gathering_when=Nested("gathering__when"),
            ),
            collected(
                Speaker.objects.all(),
                by="person",
                key="contribution__key",
                title=Nested("contribution__title"),
                role="role",
                gathering="contribution__session__gathering__key",
                gathering_title=Nested("contribution__session__gathering__title"),
                gathering_when=Nested("contribution__session__gathering__when"),
            ),
            collected(
                Participant.objects.all(),
                by="person",
                key="gathering__key",
                title=Nested("gathering__title"),
                when=Nested("gathering__when"),
                role=Nested("role"),
            ),
        )
        .get()
    )
    statements, contributions, took_part = (_newest_first(found) for found in rows)
    if not (statements or contributions or took_part):
        return None
    return {"statements": statements, "contributions": contributions, "took_part": took_part}


def _listed(how: str, rows: QuerySet[Gathering]) -> Mapping[str, Any] | None:
    found = list(rows.select_related("place").order_by("-starts_on", "key")[:SHOWN])
    return {"how": how, "gatherings": found} if found else None


def _newest_first(rows: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    ordered = sorted(rows or (), key=lambda row: row["key"])
    ordered.sort(key=_start, reverse=True)
    return [_unfolded(row) for row in ordered[:SHOWN]]


def _start(row: dict[str, Any]) -> str:
    when = row.get("when") or row.get("gathering_when") or {}
    return str(when.get("start") or "")


def _unfolded(row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: raw_text(row[name]) for name in TEXTS if isinstance(row.get(name), dict)}
    when = row.get("when")
    return {**row, **texts, "when": DateAsSaid.from_json(when) if when else None}
