"""Comments that the sides of a joint record write to each other, apart from notes of an office."""

import pytest
from django.test import Client
from django.urls import reverse

from amity.accounts.actions import end_mandates
from amity.accounts.models import User
from amity.desk.models import Note
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.network.models import Office
from amity.record.actions import release
from amity.record.choices import Audience, Mandate

from .test_desk import BY, at, begun, desk, somebody, typed

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

SAID = "Shall we meet by the river?"


def write(client, key, words=SAID, **more):
    return client.post(at("desk_note", key), {"words": words, "shared": "on"} | more)


def section(client: Client, key: str, part: str) -> str:
    page = client.get(at("desk_record", key)).text
    return page.partition(f'id="{part}"')[2].partition("</section>")[0]


def test_each_side_reads_and_answers_and_nobody_else(desk):
    key = begun(desk.north)
    assert write(desk.north, key)["Location"].endswith("#comments")
    assert SAID in section(desk.south, key, "comments")
    assert "North-Office" not in section(desk.south, key, "comments")  # people are not named there
    assert "North-Office" in section(desk.north, key, "comments")
    assert write(desk.south, key, "Gladly.").status_code == 302
    assert "Gladly." in section(desk.north, key, "comments")
    assert write(desk.east, key).status_code == 404
    release(desk.world.north, Gathering.everything.get(key=key), Audience.PUBLIC)
    for reader in (desk.east, Client()):
        for address in (f"/en/gatherings/{key}/", f"/api/v1/gatherings/{key}"):
            assert SAID not in reader.get(address).text
        assert "/en/gatherings/second-forum/" in reader.get("/en/search/?q=second+forum").text
        assert "/en/gatherings/second-forum/" not in reader.get("/en/search/?q=river").text
    assert desk.east.get(at("desk_record", key)).status_code == 200
    assert SAID not in desk.east.get(at("desk_record", key)).text
    assert write(desk.east, key).status_code == 403
    assert Note.objects.count() == 2
    assert not Change.objects.filter(paths__icontains=SAID).exists()


def test_a_note_of_ones_own_office_stays_apart(desk):
    key = begun(desk.north)
    desk.north.post(at("desk_note", key), {"words": "For us alone"})
    write(desk.north, key)
    assert "For us alone" in section(desk.north, key, "notes")
    assert "For us alone" not in section(desk.north, key, "comments")
    assert SAID not in section(desk.north, key, "notes")
    assert "For us alone" not in desk.south.get(at("desk_record", key)).text


def test_the_other_sides_are_told_once_a_day_in_their_language(desk):
    User.objects.filter(email="south-office@example.org").update(language="vi")
    key = begun(desk.north)
    write(desk.north, key)
    write(desk.north, key, "Or on the hill?")
    letters = Letter.objects.filter(key=key)
    assert [(one.to, one.subject) for one in letters] == [
        ("south-office@example.org", "Bình luận: Diễn đàn thứ hai")
    ]
    assert SAID in letters[0].text
    desk.north.post(at("desk_note", key), {"words": "For us alone"})
    assert letters.count() == 1


@pytest.mark.parametrize("mandate", [Mandate.OBSERVER, Mandate.REVIEWER])
def test_who_only_reads_comments_on_nothing(desk, mandate):
    key = begun(desk.north)
    write(desk.south, key)
    reader = somebody("north-office", mandate, name="reader")
    assert SAID in section(reader, key, "comments")
    assert 'name="shared"' not in section(reader, key, "comments")
    assert write(reader, key, "No").status_code == 403
    assert Note.objects.count() == 1


def test_a_comment_is_removed_by_whoever_wrote_it_alone(desk):
    key = begun(desk.north)
    write(desk.north, key)
    number = Note.objects.get().pk
    other = somebody("north-office", name="other")
    for client in (desk.south, desk.east, other):
        client.post(at("desk_note", key), {"remove": number})
    assert Note.objects.count() == 1
    desk.north.post(at("desk_note", key), {"remove": number})
    assert Note.objects.count() == 0


@pytest.mark.parametrize("words", ["W\x00hy", "W\u202ehy", "Why" * 4000])
def test_what_no_text_holds_is_refused_in_words_and_nobody_is_told(desk, words):
    key = begun(desk.north)
    page = desk.north.post(at("desk_note", key), {"words": words, "shared": "on"}, follow=True)
    assert "Your comment stands" not in page.text
    assert (Note.objects.count(), Letter.objects.filter(key=key).count()) == (0, 0)


def test_what_one_office_keeps_has_no_comments(desk):
    desk.north.post(
        reverse("desk_new", args=["persons"]), {"name-en": "Berit", "act": "save", "form": "x"}
    )
    page = desk.north.get(reverse("desk_record", args=["persons", "berit"]))
    assert page.status_code == 200
    assert 'id="comments"' not in page.text
    sent = {"words": SAID, "shared": "on"}
    address = reverse("desk_note", args=["persons", "berit"])
    assert desk.north.post(address, sent).status_code == 403


def test_who_has_left_is_told_nothing_more_whatever_they_once_wrote(desk):
    key = begun(desk.north)
    write(desk.south, key)
    user = User.objects.get(email="south-office@example.org")
    end_mandates(BY, user, Office.objects.get(organization__key="south-office"))
    Letter.objects.all().delete()
    write(desk.north, key, "And who brings the bread?")
    edit = at("desk_edit", key)
    form = typed(desk.north.get(edit)) | {"title-en": "Third forum", "act": "save"}
    assert desk.north.post(edit, form).status_code == 302
    desk.north.post(at("desk_dispute", key), {"reasons": "No", "language": "en", "place": ""})
    assert list(Letter.objects.values_list("to", flat=True)) == []
    assert desk.south.get(at("desk_record", key)).status_code in (302, 403, 404)


def test_a_letter_that_waits_does_not_go_to_who_has_left(desk):
    """A mail server that was away must not tell them what the sides alone read."""
    key = begun(desk.north)
    write(desk.south, key)
    write(desk.north, key, "And who brings the bread?")
    user = User.objects.get(email="south-office@example.org")
    waiting = Letter.objects.filter(to=user.email, sent_at=None)
    assert waiting.filter(given_up_at=None).exists()
    end_mandates(BY, user, Office.objects.get(organization__key="south-office"))
    assert not waiting.filter(given_up_at=None).exists()
    assert not waiting.exclude(error__startswith="withdrawn").exists()
