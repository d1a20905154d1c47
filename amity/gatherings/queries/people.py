"""Everybody who speaks at a gathering."""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from amity.foundation.prepared import prepared
from amity.gatherings.models import Contribution, Speaker
from amity.languages.listing import by_name
from amity.languages.text import Text
from amity.network.models import Organization, Person

from .heading import heading


class PersonRow(NamedTuple):
    """A speaker with the contributions and for whom they speak."""

    key: str
    name: Text
    organization: Text | None
    contributions: list[tuple[str, Text]]


def people(key: str) -> tuple[Any, list[PersonRow]]:
    """The gathering `key` and all who speak there, by name. Five statements. Raises Http404."""
    gathering = heading(key)
    speakers: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for contribution, person, organization in _speakers(gathering.pk):
        speakers[contribution].append((person, organization))
    given: dict[int, list[tuple[str, Text]]] = defaultdict(list)
    for_whom: dict[int, int] = {}
    for pk, contribution_key, title in _contributions(gathering.pk):
        for person, for_them in speakers.get(pk, ()):
            given[person].append((contribution_key, title))
            if for_them is not None:
                for_whom.setdefault(person, for_them)
    organizations = dict(_spoken_for(gathering.pk)) if for_whom else {}
    rows = [
        PersonRow(person_key, name, organizations.get(for_whom.get(pk)), given[pk])
        for pk, person_key, name in persons_speaking(gathering.pk)
    ]
    return gathering, by_name(rows, lambda row: row.name)


def speaking(gathering: int) -> QuerySet[Speaker]:
    """Who speaks in which contribution to the gathering; no statement until it is read."""
    return Speaker.objects.filter(contribution__session__gathering=gathering)


@prepared
def _speakers(gathering: int) -> QuerySet[Any]:
    return speaking(gathering).values_list("contribution_id", "person_id", "organization_id")


@prepared
def _contributions(gathering: int) -> QuerySet[Any]:
    return (
        Contribution.objects.filter(session__gathering=gathering)
        .order_by(F("starts_at").asc(nulls_last=True), "key")
        .values_list("pk", "key", "title")
    )


@prepared
def _spoken_for(gathering: int) -> QuerySet[Any]:
    spoken_for = speaking(gathering).values("organization")
    return Organization.objects.filter(pk__in=spoken_for).values_list("pk", "name")


@prepared
def persons_speaking(gathering: int) -> QuerySet[Any]:
    """(primary key, key, name) of everybody who speaks at the gathering. One statement."""
    persons = speaking(gathering).values("person")
    return Person.objects.filter(pk__in=persons).order_by("key").values_list("pk", "key", "name")
