"""What must hold within a delegation."""

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from amity.delegations.checks import group_of_the_same_gathering
from amity.delegations.models import Delegate, Delegation, Group
from amity.gatherings.models import Gathering
from amity.gatherings.tests.factory import Edition, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 30])
def test_a_group_is_of_the_gathering_the_delegation_goes_to(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = Edition()
    values = {"kind": "forum", "status": "held", "timezone": "UTC"}
    other = Gathering.everything.create(**edition.own, key="other", title=words("Other"), **values)
    own = {"gathering": edition.gathering, "side": edition.side}
    delegation = Delegation.everything.create(**edition.own, **own, key="d", name=words("D"))
    groups = [
        Group.everything.create(
            **edition.own, key=f"g-{one.key}", gathering=one, position=1, name=words("G")
        )
        for one in (edition.gathering, other)
    ]
    for number in range(count):
        Delegate.everything.create(
            **edition.own,
            key=f"delegate-{number}",
            delegation=delegation,
            person=edition.person(number),
            group=groups[0],
        )
    assert list(group_of_the_same_gathering(Delegate.everything.all())) == []
    Delegate.everything.update(group=groups[1])
    with django_assert_num_queries(1):
        found = list(group_of_the_same_gathering(Delegate.everything.all()))
    with translation.override("en"):
        assert {(one.field_path, str(one.message)) for one in found} == {
            ("group", "g-other is a group of other; expected one of forum-1")
        }
    assert len(found) == count
