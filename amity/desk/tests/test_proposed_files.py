"""Files that are confirmed with a record change as its fields do: when every side agrees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from amity.desk.files import attached
from amity.desk.models import Attachment
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.record.acting import Acting
from amity.record.actions import rebuild, save, undo
from amity.record.choices import Mandate, StandingState
from amity.record.models import ProposedChange, Recorded, Standing
from amity.record.refusals import ChangedSince, NeedsAgreement
from tests.write.world import BY

from .test_desk import Desk, agreed, at, begun, desk, proposed, somebody
from .test_files import PDF, got
from .test_silence import all_set, clock, live, post_all, working_days_from

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

DAYS = 5


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def put(client: Client, key: str, name: str, **more: str) -> Attachment:
    """Let the other side read a file on a gathering."""
    content = PDF.replace(b"Catalog", name.encode())
    sent = {"file": SimpleUploadedFile(name, content), "shared": "on"} | more
    client.post(at("desk_files", key), sent)
    return Attachment.objects.latest("pk")


def asked(client: Client, file: Attachment, **more: object) -> ProposedChange | None:
    """Propose that a file is confirmed with its record, or is no more; None where it is refused."""
    before = ProposedChange.objects.count()
    answer = client.post(reverse("desk_file_propose", args=[file.pk]), more)
    made = ProposedChange.objects.count() - before
    assert (answer.status_code, made) in ((302, 1), (422, 0), (403, 0), (404, 0))
    return ProposedChange.objects.latest("pk") if made else None


def answered(client: Client, key: str, change: ProposedChange | None, verdict: str) -> None:
    assert change is not None
    sent = {"act": "answer", "verdict": verdict, "reasons": "Another page of it is missing."}
    client.post(at("desk_answer", key, change.pk), sent)


def enclosed() -> list[str]:
    return list(
        Attachment.objects.filter(enclosed=True).order_by("name").values_list("name", flat=True)
    )


def states(change: ProposedChange | None) -> set[str]:
    assert change is not None
    return set(change.fields.values_list("state", flat=True))


def confirmed(key: str) -> set[str]:
    """The states of all standings of a record."""
    return set(Standing.objects.filter(entry__key=key).values_list("state", flat=True))


def card(client: Client, key: str, name: str) -> str:
    """The words of a part of the page of a record, in one line."""
    page = html.fromstring(client.get(at("desk_record", key)).content)
    return " ".join(" ".join(page.get_element_by_id(name).itertext()).split())


def with_annex(desk: Desk) -> tuple[str, Attachment]:
    """A gathering that both sides have confirmed, with a file."""
    key = begun(desk.north)
    annex = put(desk.north, key, "annex.pdf")
    revision = Gathering.everything.get(key=key).revision
    desk.south.post(at("desk_confirm", key), {"revision": revision, "language": "en"})
    return key, annex


def test_both_sides_see_what_stands_and_what_is_proposed_and_it_holds_when_the_other_agrees(desk):
    key = agreed(desk)
    file = put(desk.north, key, "annex.pdf", public="on")
    stood = Gathering.everything.get(key=key).revision
    change = asked(desk.north, file, note="The map of both towns")
    assert enclosed() == []
    for client in (desk.north, desk.south):
        assert (
            "The map of both towns File: annex.pdf open Stands now beside the record Proposed"
            " part of what the sides confirm" in card(client, key, "proposals")
        )
        assert got(client, file) == 200
    assert Letter.objects.get(once__startswith="proposal:").to == "south-office@example.org"
    answered(desk.north, key, change, "agree")
    answered(desk.east, key, change, "agree")
    assert (enclosed(), states(change)) == ([], {"open"})
    answered(desk.south, key, change, "agree")
    assert (enclosed(), states(change)) == (["annex.pdf"], {"agreed"})
    assert confirmed(key) == {StandingState.CONFIRMED}
    assert Gathering.everything.get(key=key).revision == stood + 1
    assert rebuild(BY, only_check=True) == []
    assert "Confirmed with it: annex.pdf" in card(desk.south, key, "confirmed")
    history = desk.south.get(at("desk_history_of", key)).text
    assert "file confirmed with the record, as agreed" in history
    assert desk.east.post(reverse("desk_file_propose", args=[file.pk])).status_code == 404


def test_a_confirmed_file_leaves_when_the_other_agrees_and_its_office_then_removes_it(desk):
    key, annex = with_annex(desk)
    removing = reverse("desk_file_remove", args=[annex.pk])
    assert "propose that it is no part" in desk.north.post(removing, follow=True).text
    change = asked(desk.south, annex)
    assert (
        "File: annex.pdf open Stands now part of what the sides confirm Proposed beside the record"
        in card(desk.north, key, "proposals")
    )
    answered(desk.north, key, change, "agree")
    assert (enclosed(), confirmed(key)) == ([], {StandingState.CONFIRMED})
    assert rebuild(BY, only_check=True) == []
    desk.north.post(removing)
    assert not Attachment.objects.exists()
    assert "File: annex.pdf agreed" in card(desk.south, key, "proposals")


def test_one_file_gives_way_to_another_together_or_not_at_all(desk):
    key, annex = with_annex(desk)
    right = put(desk.south, key, "right.pdf")
    form = card(desk.south, key, "files")
    assert ("Instead of (optional)" in form, "annex.pdf (" in form) == (True, True)
    assert asked(desk.south, annex, instead_of=right.pk) is None
    change = asked(desk.south, right, instead_of=annex.pk)
    assert change is not None
    first, last = change.fields.all()
    sent = {"act": "answer", f"verdict-{first.pk}": "agree"}
    desk.north.post(at("desk_answer", key, change.pk), sent)
    assert enclosed() == ["annex.pdf"]
    desk.north.post(
        at("desk_answer", key, change.pk), {"act": "answer", f"verdict-{last.pk}": "agree"}
    )
    assert (enclosed(), confirmed(key)) == (["right.pdf"], {StandingState.CONFIRMED})
    assert rebuild(BY, only_check=True) == []


def test_an_objection_or_a_withdrawal_leaves_all_as_it_stood(desk):
    key, annex = with_annex(desk)
    change = asked(desk.south, annex)
    answered(desk.north, key, change, "object")
    assert (states(change), enclosed()) == ({"objected"}, ["annex.pdf"])
    assert "Another page of it is missing." in card(desk.south, key, "proposals")
    again = asked(desk.south, annex)
    assert again is not None
    desk.south.post(at("desk_answer", key, again.pk), {"act": "withdraw"})
    answered(desk.north, key, again, "agree")
    assert (states(again), enclosed()) == ({"withdrawn"}, ["annex.pdf"])
    assert confirmed(key) == {StandingState.CONFIRMED}


def test_while_the_sides_are_asked_the_file_stays_and_is_asked_about_once(desk):
    key = agreed(desk)
    file = put(desk.north, key, "annex.pdf")
    change = asked(desk.south, file)
    removing = reverse("desk_file_remove", args=[file.pk])
    assert "The sides are asked about this file" in desk.north.post(removing, follow=True).text
    assert asked(desk.north, file) is None
    assert "Propose that" not in card(desk.north, key, "files")
    answered(desk.north, key, change, "object")
    desk.north.post(removing)
    assert not Attachment.objects.exists()


def test_what_the_office_keeps_to_itself_or_of_another_record_is_not_proposed(desk):
    key, _annex = with_annex(desk)
    own = put(desk.north, key, "own.pdf", shared="")
    assert asked(desk.north, own) is None
    assert asked(desk.south, own) is None
    looks_on = somebody("north-office", Mandate.OBSERVER, name="looks-on")
    assert asked(looks_on, _annex) is None
    other = put(desk.south, begun(desk.south), "other.pdf")
    file = put(desk.south, key, "ours.pdf")
    assert asked(desk.south, file, instead_of=other.pk) is None
    assert enclosed() == ["annex.pdf", "other.pdf"]


@pytest.mark.parametrize(("language", "agrees"), [("", True), ("en", True), ("ru", False)])
def test_a_side_that_says_nothing_agrees_to_a_file_whose_language_it_reads(desk, language, agrees):
    key = agreed(desk)
    all_set()
    change = asked(desk.north, put(desk.north, key, "annex.pdf", language=language))
    assert change is not None
    now = timezone.now()
    post_all(now)
    days = working_days_from(now.date())
    found = clock(change, now)
    assert found is not None
    assert (found.until is not None) is agrees
    live(days[0], days[DAYS + 3])
    assert enclosed() == (["annex.pdf"] if agrees else [])
    assert confirmed(key) == {StandingState.CONFIRMED}
    assert rebuild(BY, only_check=True) == []
    history = desk.south.get(at("desk_history_of", key)).text
    assert ("a side agreed by silence" in history) is agrees


def test_undoing_it_needs_the_others_again_and_does_it_once_they_confirm_it_no_more(desk):
    key = agreed(desk)
    file = put(desk.north, key, "annex.pdf")
    answered(desk.south, key, asked(desk.north, file), "agree")
    done = Change.objects.get(verb="enclose")
    undoing = at("desk_undo", key, done.pk)
    assert undoing in desk.north.get(at("desk_history_of", key)).text
    assert (
        "files can only change when every side agrees" in desk.north.post(undoing, follow=True).text
    )
    with pytest.raises(NeedsAgreement):
        undo(desk.world.north, done)
    Standing.objects.filter(side="side:twins-south").update(state=StandingState.DISAVOWED)
    undo(desk.world.north, done, "Too early.")
    assert enclosed() == []
    assert rebuild(BY, only_check=True) == []
    told = Change.objects.latest("pk")
    assert (told.verb, told.reason) == ("undo", "Too early.")
    with pytest.raises(ChangedSince):
        undo(desk.world.north, done)


def test_another_version_is_written_of_a_field_and_not_of_a_file(desk):
    key = agreed(desk)
    asked(desk.north, put(desk.north, key, "annex.pdf"))
    proposed(desk.north, key, **{"title-en": "Fourth"})
    assert card(desk.south, key, "proposals").count("Write our own version") == 1


def test_who_proposes_while_somebody_saves_is_told_so(desk, monkeypatch):
    key, annex = with_annex(desk)
    read = attached.file_or_404

    def read_then_saved(acting: Acting, number: int) -> tuple[Attachment, Recorded]:
        found = read(acting, number)
        record = Gathering.everything.get(key=key)
        record.url = "https://meeting.example.org/"
        save(desk.world.north, record)
        return found

    monkeypatch.setattr(attached, "file_or_404", read_then_saved)
    page = desk.north.post(reverse("desk_file_propose", args=[annex.pk]), follow=True)
    assert "Somebody else has changed this since you began." in page.text
    assert ProposedChange.objects.count() == 0


def test_the_page_asks_no_more_for_files_that_are_proposed(desk):
    key, annex = with_annex(desk)
    files = [put(desk.south, key, f"{number}.pdf") for number in range(6)]

    def statements() -> int:
        with CaptureQueriesContext(connection) as made:
            assert desk.north.get(at("desk_record", key)).status_code == 200
        return len(made)

    asked(desk.south, annex)
    statements()  # the first look of a session notes when somebody was here
    before = statements()
    for file in files:
        asked(desk.south, file)
    assert statements() == before
