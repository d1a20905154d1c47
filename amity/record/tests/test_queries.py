"""The register: what a record is called and where it is read, in one statement."""

import pytest

from amity.languages.text import Text
from amity.record.models import Dossier, Entry
from amity.record.queries import entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    dossier = Dossier.objects.create(key="d", title=Text.of("D", "en"))
    for kind, key in (("area", "hanoi"), ("area", "hue"), ("person", "hanoi")):
        Entry.objects.create(
            kind=kind, key=key, dossier=dossier, readers="public", title=Text.of(key, "en")
        )


def test_entries_come_in_one_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = entries({"area": ["hanoi", "hue", "none"], "person": ["hanoi"]})
        assert {key: str(entry.title) for key, entry in found.items()} == {
            ("area", "hanoi"): "hanoi",
            ("area", "hue"): "hue",
            ("person", "hanoi"): "hanoi",
        }
        assert {entry.dossier.key for entry in found.values()} == {"d"}


def test_nothing_is_asked_for_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert entries({"area": []}) == {}
