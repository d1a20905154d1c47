"""How often the page of a record at the desk asks the database, with all that can hang on it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amity.desk.models import Attachment, Note
from amity.desk.tests.test_desk import Desk, agreed, at, desk, proposed, statements
from amity.desk.tests.test_files import PDF
from amity.gatherings.models import Gathering, Session
from amity.record.actions import save
from amity.record.models import Dispute, ProposedChange
from tests.write.world import words

__all__ = ["desk"]

pytestmark = pytest.mark.django_db


def hang(desk: Desk, key: str, number: int) -> None:
    """A part, a file, a note and a comment more on a gathering."""
    gathering = Gathering.everything.get(key=key)
    session = Session(
        dossier=gathering.dossier,
        key=f"part-{number}",
        gathering=gathering,
        kind="plenary",
        position=number,
        title=words(f"Part {number}"),
    )
    save(desk.world.north, session)
    file = SimpleUploadedFile(f"list-{number}.pdf", PDF)
    desk.south.post(at("desk_files", key), {"file": file, "shared": "on"})
    desk.north.post(at("desk_note", key), {"words": f"Note {number}"})
    desk.south.post(at("desk_note", key), {"words": f"Comment {number}", "shared": "on"})


def test_it_asks_as_often_with_thirty_parts_as_with_one(desk):
    key = agreed(desk)
    proposed(desk.north, key, **{"title-en": "Third", "note": "Better"})
    disputed = {"place": "title", "reasons": "Not so", "language": "en"}
    desk.south.post(reverse("desk_dispute", args=["gatherings", key]), disputed)
    hang(desk, key, 1)
    desk.north.get(at("desk_record", key))  # what was done is said once
    few = statements(desk.north, "desk_record", "gatherings", key)
    for number in range(2, 31):
        hang(desk, key, number)
    desk.south.get(at("desk_record", key))
    desk.north.get(at("desk_record", key))
    hanging = [one.objects.count() for one in (Attachment, ProposedChange, Dispute)]
    assert [*hanging, Note.objects.count()] == [30, 1, 1, 60]
    assert statements(desk.north, "desk_record", "gatherings", key) == few <= 20
