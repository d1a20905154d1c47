"""How often the page of a record at the desk asks the database, with all that can hang on it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amity.desk.models import Attachment, Draft, Note
from amity.desk.tests.test_desk import Desk, agreed, at, desk, proposed, somebody, statements, typed
from amity.desk.tests.test_files import PDF
from amity.foundation.models import Letter
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


def begun_to_type(desk: Desk, number: int) -> None:
    """A gathering that the other side began, with a draft of ours, and a person of our own."""
    forum = desk.world.gathering(f"forum-{number}")
    forum.title = words(f"Forum {number}")
    save(desk.world.south, forum)
    sent = typed(desk.north.get(at("desk_edit", forum.key))) | {"title-en": "Typed", "number": "1"}
    assert desk.north.post(at("desk_keep", forum.key), sent).status_code == 200
    save(desk.world.north, desk.world.person(f"person-{number}"))


def test_the_start_page_asks_as_often_whatever_was_begun_or_happened(desk):
    begun_to_type(desk, 1)
    few = statements(desk.north, "desk")
    for number in range(2, 8):
        begun_to_type(desk, number)
    assert Draft.objects.exclude(values={}).count() == 7
    page = desk.north.get(reverse("desk")).text
    listed = page.partition("My drafts</h2>")[2].partition("</section>")[0]
    assert re.findall(r"Forum \d", listed) == [f"Forum {number}" for number in range(7, 0, -1)]
    assert statements(desk.north, "desk") == few <= 17


def asked_to_propose(desk: Desk, key: str, title: str) -> int:
    """How many statements it takes to propose another title."""
    form = typed(desk.north.get(at("desk_edit", key))) | {"title-en": title, "act": "propose"}
    with CaptureQueriesContext(connection) as asked:
        assert desk.north.post(at("desk_edit", key), form).status_code == 302
    return len(asked)


def test_a_proposal_asks_as_often_however_many_officers_are_told(desk):
    key = agreed(desk)
    asked_to_propose(desk, key, "Second")
    few = asked_to_propose(desk, key, "Third")
    told = Letter.objects.count()
    for number in range(9):
        somebody("south-office", name=f"officer-{number}")
    assert asked_to_propose(desk, key, "Fourth") == few
    assert Letter.objects.count() == told + 10
