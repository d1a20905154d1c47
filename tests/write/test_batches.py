"""As many records as are written at a time, each with an owner of its own."""

import pytest

from amity.foundation.database.batches import AT_A_TIME
from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.models import Membership, Organization, Person
from amity.record.derived import read_beside
from amity.record.models import Dossier

pytestmark = pytest.mark.django_db


def test_a_batch_whose_owners_all_differ_is_read(django_assert_num_queries):
    name = Text("en", {"en": Version("Name")})
    common = {"dossier": Dossier.objects.create(key="many", title=name), "readers": "public"}
    city = Organization.everything.create(**common, key="office", name=name)
    persons = Person.everything.bulk_create(
        Person(**common, key=f"person-{i}", name=name) for i in range(AT_A_TIME)
    )
    Membership.everything.bulk_create(
        Membership(**common, key=one.key, person=one, organization=city, title=name)
        for one in persons
    )
    posts = list(Membership.everything.all())
    with django_assert_num_queries(1):
        read_beside(posts, ["person"])
        assert {post.person.key for post in posts} == {one.key for one in persons}
