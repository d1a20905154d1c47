"""The register names a record as readers know it."""

from pathlib import Path

import pytest

from amity.record.models import Entry

from .folder import RECORDS, loaded, write

pytestmark = pytest.mark.django_db

POST = """\
memberships:
- {id: ana-chairs, person: ana, organization: bureau, title: {en: Chair}}
"""


def test_a_membership_is_named_by_its_person(tmp_path: Path) -> None:
    loaded(write(tmp_path, RECORDS + POST))
    entry = Entry.objects.get(kind="membership", key="ana-chairs")
    assert entry.title.versions["en"].words == "Ana"
    assert (entry.page_kind, entry.page_key) == ("person", "ana")
