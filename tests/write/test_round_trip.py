"""What is read of a record in plain form, and filled in again, is the same record."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from amity import dossier
from amity.foundation.differences import difference
from amity.record import kinds
from amity.record.models import Recorded
from amity.record.plain.filling import fill
from amity.record.plain.layout import layout
from amity.record.plain.states import plain_rows, state_of

pytestmark = pytest.mark.django_db

DEMONSTRATIONS = Path(dossier.__file__).parent / "demonstrations"
FOLDERS = ("vietnam-russia", "lindholm-porto-claro")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_record_of_the_demonstrations_is_filled_as_it_was_read(folder):
    call_command("dossier", "load", "--restore", str(DEMONSTRATIONS / folder), stdout=io.StringIO())
    seen = set()
    for kind in kinds.kinds():
        found = layout(kind.model)
        for number, state in list(plain_rows(kind.model.everything.all())):
            record: Recorded = kind.model(pk=number)
            rows = fill(record, state)
            lists = {many.name: [row.key for row in rows[many.name]] for many in found.lists}
            children = {child.name: rows[child.name] for child in found.children}
            filled = state_of(record, lists, children)
            assert difference(state, filled) == [], (kind.kind, state["key"])
            seen.add(kind.kind)
    assert {"gathering", "organization", "partnership", "side"} <= seen
