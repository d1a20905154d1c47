"""Each rule about a record says the same as the queryset of its name, whoever acts."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.languages.text import Text
from amity.network.models import Person
from amity.record import rules
from amity.record.acting import Acting, Speaking
from amity.record.choices import Mandate
from amity.record.models import Dossier
from amity.record.queries import visible_to

pytestmark = pytest.mark.django_db

TWINS = {
    rules.may_read: rules.readable,
    rules.may_change: rules.changeable,
}
"""Rule → the querysets' condition that means the same."""

OFFICES = ["", "organization:a", "organization:b"]
SIDES = [
    Speaking("side:one-a", "partnership:one", voice=True),
    Speaking("side:one-b", "partnership:one", voice=False),
    Speaking("side:two-a", "partnership:two", voice=True),
]
KEEPERS = [*OFFICES, *sorted({one.side for one in SIDES} | {one.partnership for one in SIDES})]
READERS = ["public", *KEEPERS[1:]]

whoever = st.builds(
    Acting,
    user=st.sampled_from([None, 1]),
    office=st.sampled_from(OFFICES),
    vouched=st.booleans(),
    sides=st.frozensets(st.sampled_from(SIDES)),
    mandates=st.frozensets(st.sampled_from(Mandate)),
    administrator=st.booleans(),
)


@pytest.fixture
def records() -> list[Person]:
    """A record for each keeper, beginner and reader that there may be."""
    dossier = Dossier.objects.create(key="rules", title=Text.of("Rules", "en"), languages=["en"])
    combinations = product(KEEPERS, OFFICES, READERS)
    return Person.everything.bulk_create(
        Person(
            dossier=dossier,
            key=f"person-{number}",
            name=Text.of("Somebody", "en"),
            keeper=keeper,
            begun_by=begun_by,
            readers=readers,
        )
        for number, (keeper, begun_by, readers) in enumerate(combinations)
    )


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acting=whoever)
def test_rules_and_querysets_agree(records, acting):
    for rule, condition in TWINS.items():
        said = {one.pk for one in records if rule(acting, one)}
        found = set(Person.everything.filter(condition(acting)).values_list("pk", flat=True))
        assert found == said, rule.__name__
    readable = {one.pk for one in records if rules.may_read(acting, one)}
    assert set(visible_to(acting, Person).values_list("pk", flat=True)) == readable


def test_every_condition_has_a_rule_of_its_own():
    conditions = {
        one
        for name, one in vars(rules).items()
        if getattr(one, "__module__", "") == rules.__name__
        and getattr(one, "__annotations__", {}).get("return") is not None
        and getattr(one.__annotations__["return"], "__name__", "") == "Q"
    }
    assert conditions == set(TWINS.values())
