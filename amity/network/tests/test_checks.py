"""The checks that every room may use: kept and broken, of one record and of many."""

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from amity.languages.text import Text
from amity.network.choices import AreaKind
from amity.network.models import Area, Organization
from amity.record.checks import no_circle, same_owner
from amity.record.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> dict[str, object]:
    """What every record has."""
    named = Text.of("A", "en")
    dossier = Dossier.objects.create(key="sample", title=named)
    return {"dossier": dossier, "readers": "public", "name": named}


def chain(own: dict[str, object], *keys: str) -> list[Area]:
    """Areas of which each is part of the one before."""
    made: list[Area] = []
    for key in keys:
        parent = made[-1] if made else None
        made.append(Area.everything.create(**own, key=key, kind=AreaKind.CITY, parent=parent))
    return made


def test_what_is_part_of_another_is_no_circle(own: dict[str, object]) -> None:
    chain(own, "a", "b", "c", "d")
    assert list(no_circle("parent")(Area.everything.all())) == []
    assert list(no_circle("parent")(Area.everything.filter(key="d"))) == []


def test_a_circle_is_seen_from_each_of_its_records(own: dict[str, object]) -> None:
    first, *_, last = chain(own, "a", "b", "c")
    outside = Area.everything.create(**own, key="e", kind=AreaKind.CITY, parent=last)
    Area.everything.filter(pk=first.pk).update(parent=last)
    for key in ("a", "b", "c"):
        (broken,) = no_circle("parent")(Area.everything.filter(key=key))
        assert broken.field_path == "parent"
        with translation.override("en"):
            assert str(broken.message) == f"{key} is, in the end, a part of itself"
        with translation.override("fr"):
            assert str(broken.message).startswith(f"{key} se trouve")
    found = {broken.record_pk for broken in no_circle("parent")(Area.everything.all())}
    assert found == set(Area.everything.exclude(pk=outside.pk).values_list("pk", flat=True))


@pytest.mark.parametrize("count", [1, 30])
def test_circles_are_looked_for_in_one_statement(
    own: dict[str, object], count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        chain(own, *(f"{letter}-{number}" for letter in "abc"))
    with django_assert_num_queries(1):
        assert list(no_circle("parent")(Area.everything.all())) == []
    with django_assert_num_queries(3):
        assert list(no_circle("parent")(Area.everything.filter(key__startswith="c-"))) == []


@pytest.mark.parametrize("count", [1, 30])
def test_what_belongs_to_others_is_told(
    own: dict[str, object], count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here, there = chain(own, "here")[0], chain(own, "there")[0]
    whole = Organization.everything.create(**own, key="whole", kind="other", area=there)
    for number in range(count):
        Organization.everything.create(
            **own, key=f"part-{number}", kind="other", area=here, parent=whole
        )
    asked = same_owner("parent", "area", "area")
    with django_assert_num_queries(1):
        found = list(asked(Organization.everything.order_by("pk")))
    assert len(found) == count
    with translation.override("en"):
        assert {(one.field_path, str(one.message)) for one in found} == {
            ("parent", "whole belongs to there; expected one that belongs to here")
        }
    Organization.everything.filter(key="whole").update(area=None)
    with translation.override("en"):
        assert {str(one.message) for one in asked(Organization.everything.all())} == {
            "whole belongs to none; expected one that belongs to here"
        }
    Organization.everything.filter(key="whole").update(area=here)
    assert list(asked(Organization.everything.all())) == []
