"""Whose confirmations fall away is told so once for each change, and nobody else is."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from amity.accounts.models import Deputy, MandateHeld, User
from amity.desk import waiting as desk_waiting
from amity.desk.models import Attachment
from amity.desk.views import confirming
from amity.followup.models import Proposal
from amity.foundation.models import Letter
from amity.gatherings.models import Gathering
from amity.network.models import Office, Side
from amity.record.acting import Acting
from amity.record.actions import Changed, confirm, save, save_together, undo
from amity.record.choices import Mandate, StandingState
from amity.record.models import Standing
from tests.write.world import words

from .test_desk import Desk, at, begun, desk, somebody, typed, waiting
from .test_files import PDF
from .test_silence import confirmed_by, third_side

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

SOUTH = "side:twins-south"


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(desk) -> Client:
    """Somebody of the north who writes, and confirms nothing by it."""
    return somebody("north-office", Mandate.EDITOR, name="edits")


def changed(client: Client, key: str, **values: str) -> None:
    """Save a record of the client's office with these values."""
    form = typed(client.get(at("desk_edit", key))) | values | {"act": "save"}
    assert client.post(at("desk_edit", key), form).status_code == 302


def told() -> dict[str, str]:
    """To whom the letters went that say so, and what about."""
    said = Letter.objects.filter(subject__startswith="To be confirmed again")
    return {one.to.partition("@")[0]: one.subject for one in said.order_by("pk")}


def letter(name: str) -> Letter:
    return Letter.objects.get(to=f"{name}@example.org")


def of_north(desk: Desk) -> Acting:
    """An editor of the north, who is not at a browser."""
    user = User.objects.create(email="writes@example.org", name="Writes", language="en")
    editing = frozenset({Mandate.EDITOR})
    return replace(desk.world.north, user=user.pk, command="", mandates=editing)


def test_who_had_confirmed_has_one_letter_for_all_that_changed(desk, editor):
    key = begun(editor)
    confirmed_by(desk.south, key)
    assert told() == {}
    changed(editor, key, **{"title-en": "Third forum", "status": "held", "venue-en": "Harbour"})
    assert told() == {"south-office": "To be confirmed again: Third forum"}
    sent = letter("south-office")
    assert sent.text == (
        "“Third forum” has changed since your side confirmed it.\n\n"
        "Changed by: north-office\n\n"
        "What changed: Title · English; Status\n\n"
        "Your confirmation does not hold for it as it stands now.\n\n"
        "Read it and confirm it again:\n"
        f"http://testserver{at('desk_record', key)}#confirmed\n\n"
        "Amity\n"
    )
    assert (sent.office, sent.kind, sent.key) == ("organization:south-office", "gathering", key)
    changed(editor, key, **{"title-en": "Fourth forum"})  # nothing is confirmed that could fall
    changed(editor, key, **{"venue-en": "Old harbour"})
    assert Letter.objects.count() == 1
    confirmed_by(desk.south, key)
    assert Standing.objects.get(side=SOUTH).voided_by is None


def test_what_weighs_nothing_tells_nobody(desk, editor):
    key = begun(editor)
    confirmed_by(desk.south, key)
    changed(editor, key, **{"venue-en": "Harbour"})
    assert Letter.objects.count() == 0
    assert Standing.objects.get(side=SOUTH).state == StandingState.CONFIRMED


def test_of_three_sides_those_are_told_that_had_confirmed(desk):
    _acting, west = third_side(desk)
    key = begun(desk.north)
    confirmed_by(desk.south, key)
    User.objects.filter(email="south-office@example.org").update(language="vi")
    changed(desk.north, key, **{"title-en": "Third forum", "title-vi": "Diễn đàn thứ ba"})
    sent = Letter.objects.get()
    assert (sent.to, sent.subject) == (
        "south-office@example.org",
        "Cần xác nhận lại: Diễn đàn thứ ba",
    )
    assert "Những thay đổi: Tiêu đề · Tiếng Anh; Tiêu đề · Tiếng Việt" in sent.text
    assert f"/vi/desk/records/gatherings/{key}/#confirmed" in sent.text
    confirmed_by(desk.south, key)
    confirmed_by(west, key)  # all have: from now on it changes by agreement
    assert Letter.objects.count() == 1


def test_the_start_page_says_why_it_waits_again(desk, editor):
    key = begun(editor)
    why = "confirmed before, changed since by north-office"
    assert why not in desk.south.get(reverse("desk")).text
    confirmed_by(desk.south, key)
    changed(editor, key, **{"title-en": "Third forum"})
    begun(desk.north, **{"title-en": "Newer forum"})
    assert waiting(desk.south) == ["Third forum", "Newer forum"]
    for page in ("desk", "desk_to_confirm"):
        shown = html.fromstring(desk.south.get(reverse(page)).content)
        lines = [said(one) for one in shown.iter("li")]
        assert [one.startswith("Third forum") for one in lines if why in one] == [True]
    confirmed_by(desk.south, key)
    assert why not in desk.south.get(reverse("desk")).text


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_colleague_is_told_who_changed_it_and_sees_it_wait(desk, editor):
    key = begun(desk.north)
    changed(editor, key, **{"title-en": "Third forum"})
    assert told() == {"north-office": "To be confirmed again: Third forum"}
    assert "Changed by: edits, north-office\n" in letter("north-office").text
    start = html.fromstring(desk.north.get(reverse("desk")).content)
    lines = [said(one) for one in start.iter("li")]
    assert [one for one in lines if one.endswith("changed since by north-office")] == [
        "Third forum gathering read by the sides alone "
        "confirmed before, changed since by north-office"
    ]


def test_who_left_is_told_nothing_and_the_side_is(desk, editor):
    key = begun(editor)
    leaves = somebody("south-office", Mandate.SIGNATORY, name="leaves")
    user = User.objects.get(email="leaves@example.org")
    signatory = replace(
        desk.world.south, user=user.pk, command="", mandates=frozenset({Mandate.SIGNATORY})
    )
    confirm(signatory, Gathering.everything.get(key=key))
    MandateHeld.objects.filter(user=user).update(ended=timezone.now())
    assert leaves.get(at("desk_record", key)).status_code in (302, 404)
    changed(editor, key, **{"title-en": "Third forum"})
    assert told() == {"south-office": "To be confirmed again: Third forum"}


def test_whose_mandate_signs_no_more_is_told_nothing(desk, editor):
    key = begun(editor)
    confirmed_by(desk.south, key)
    MandateHeld.objects.filter(user__email="south-office@example.org").update(
        mandate=Mandate.OBSERVER
    )
    changed(editor, key, **{"title-en": "Third forum"})
    assert Letter.objects.count() == 0


def test_an_office_that_nobody_vouches_for_any_more_is_told_nothing(desk, editor):
    key = begun(editor)
    confirmed_by(desk.south, key)
    Office.objects.filter(organization__key="south-office").update(vouched_at=None)
    changed(editor, key, **{"title-en": "Third forum"})
    assert Letter.objects.count() == 0


def test_who_stands_in_for_whoever_confirmed_is_told_too(desk, editor):
    key = begun(editor)
    confirmed_by(desk.south, key)
    somebody("south-office", Mandate.EDITOR, name="stands-in")
    office = Office.objects.get(organization__key="south-office")
    today = timezone.now().date()
    Deputy.objects.create(
        user=User.objects.get(email="south-office@example.org"),
        deputy=User.objects.get(email="stands-in@example.org"),
        office=office,
        first=today,
        last=today,
        made_at=timezone.now(),
    )
    changed(editor, key, **{"title-en": "Third forum"})
    assert sorted(told()) == ["south-office", "stands-in"]


def test_a_file_that_is_put_there_or_taken_away_is_named(desk, editor):
    key = begun(editor)
    confirmed_by(desk.south, key)
    sent = {"file": SimpleUploadedFile("annex.pdf", PDF), "shared": "on"}
    assert editor.post(at("desk_files", key), sent).status_code == 302
    assert told() == {"south-office": "To be confirmed again: Second forum"}
    assert "What changed: file put there: annex.pdf\n" in letter("south-office").text
    Letter.objects.all().delete()
    confirmed_by(desk.south, key)
    editor.post(reverse("desk_file_remove", args=[Attachment.objects.get().pk]))
    assert "What changed: file taken away: annex.pdf\n" in letter("south-office").text


def test_what_is_rolled_back_leaves_no_letter(desk, editor):
    key = begun(editor)
    confirmed_by(desk.south, key)
    record = Gathering.everything.get(key=key)
    record.title = words("Third forum")
    acting = of_north(desk)
    with transaction.atomic():
        save(acting, record)
        assert list(told()) == ["south-office"]
        transaction.set_rollback(True)
    assert Letter.objects.count() == 0
    assert Standing.objects.get(side=SOUTH).state == StandingState.CONFIRMED


def proposals(desk: Desk, count: int) -> list[Proposal]:
    """Proposals that the north wrote and the south has confirmed."""
    made, writes = [], of_north(desk)
    forum = desk.world.gathering()
    save(writes, forum)
    south = User.objects.get(email="south-office@example.org")
    for number in range(1, count + 1):
        one = Proposal(
            dossier=desk.world.dossier,
            key=f"P-2027-{number:03d}",
            kind="proposal",
            title=words(f"Proposal {number}"),
            text=words("A pier for both"),
            gathering=forum,
            proposer_side=Side.everything.get(key="twins-north"),
        )
        save(writes, one)
        confirm(
            replace(desk.world.south, user=south.pk, command=""),
            Proposal.everything.get(pk=one.pk),
        )
        made.append(Proposal.everything.get(pk=one.pk))
    return made


def test_what_waits_is_counted_and_listed_up_to_a_number_in_pages(desk, monkeypatch):
    """What had been confirmed comes first on the first page, and everything on one page alone."""
    first = proposals(desk, 7)[0]
    Standing.objects.filter(side=SOUTH).exclude(entry__key=first.key).delete()
    first.title = words("Changed first")
    save(replace(desk.world.north, mandates=frozenset({Mandate.EDITOR})), first)
    monkeypatch.setattr(desk_waiting, "LISTED_AT_MOST", 5)
    monkeypatch.setattr(confirming, "AT_ONCE", 2)
    assert "more than 5 in all" in desk.south.get(reverse("desk")).text
    listed = []
    for number in (1, 2, 3):
        page = desk.south.get(reverse("desk_to_confirm"), {"page": number}).text
        assert "more than 5 in all" in page
        listed.append(re.findall(r'name="ticked"[^>]* value="[^"]*:([^":]+)"', page))
    assert [len(one) for one in listed] == [2, 2, 1]
    keys = [key for one in listed for key in one]
    assert keys[0] == first.key
    assert len(set(keys)) == 5
    assert desk.south.get(reverse("desk_to_confirm"), {"page": 4}).status_code == 404


def test_many_records_changed_at_once_and_undone_at_once_bring_one_letter_each(desk):
    acting = replace(desk.world.north, mandates=frozenset({Mandate.EDITOR}))
    steps = []
    for one in proposals(desk, 25):
        one.title = words(f"Changed {one.key}")
        steps.append(Changed(one))
    about = ("partnership", "twins")
    change = save_together(acting, steps, about=about, verb="programme")
    assert told() == {"south-office": "To be confirmed again: 25 records"}
    text = letter("south-office").text
    assert "25 records have changed since your side confirmed them:" in text
    assert "Changed P-2027-001: Title · English" in text
    assert text.count("Title · English") == 20
    assert "and 5 more" in text
    assert "http://testserver/en/desk/confirm/\n" in text
    Letter.objects.all().delete()
    south = replace(desk.world.south, user=User.objects.get(email="south-office@example.org").pk)
    for one in Proposal.everything.all():
        confirm(south, one)
    undo(acting, change)
    assert told() == {"south-office": "To be confirmed again: 25 records"}


def test_whoever_confirmed_and_changes_it_has_no_letter(desk):
    """An officer whose mandate is to edit by now changes what they had confirmed."""
    key = begun(desk.north)
    MandateHeld.objects.filter(user__email="north-office@example.org").update(
        mandate=Mandate.EDITOR
    )
    changed(desk.north, key, **{"title-en": "Third forum"})
    assert Standing.objects.get(side="side:twins-north").state == StandingState.VOID
    assert Letter.objects.count() == 0
