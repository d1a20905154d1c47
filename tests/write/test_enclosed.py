"""Files are part of what the sides confirm, and no side exchanges one of them alone."""

from dataclasses import replace

import pytest

from amity.accounts.models import User
from amity.desk.files import attachments
from amity.desk.files.attachments import About, attach
from amity.desk.models import Attachment
from amity.foundation.models import Change
from amity.gatherings.models import Gathering
from amity.record.actions import confirm, rebuild, save
from amity.record.choices import StandingState
from amity.record.models import Standing
from amity.record.refusals import ConfirmedWithIt, Conflict
from tests.write.world import BY, World, again, build

pytestmark = pytest.mark.django_db

SHARED = About(shared=True)


def pdf(words: bytes = b"") -> bytes:
    """A file that differs by its words."""
    return b"%PDF-1.7\n% " + words + b"\ntrailer\n<< >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world() -> World:
    made = build()
    person = User.objects.create(email="officer@example.org", name="Officer")
    made.north, made.south = (replace(one, user=person.pk) for one in (made.north, made.south))
    save(made.north, made.gathering())
    return made


def forum() -> Gathering:
    return Gathering.everything.get(key="forum-1")


def states() -> dict[str, str]:
    found = Standing.objects.filter(entry__key="forum-1").values_list("side", "state")
    return dict(found)


def digests() -> set[str]:
    return set(Standing.objects.filter(entry__key="forum-1").values_list("digest", flat=True))


NORTH, SOUTH = "side:twins-north", "side:twins-south"
BOTH = {NORTH: StandingState.CONFIRMED, SOUTH: StandingState.CONFIRMED}


def test_without_files_the_digest_is_that_of_the_record_and_with_one_it_is_not(world):
    confirm(world.south, forum())
    (without,) = digests()
    attach(world.north, forum(), "own.pdf", pdf(), About())
    assert (digests(), states()) == ({without}, BOTH)
    assert rebuild(BY, only_check=True) == []


def test_a_file_that_comes_before_all_have_confirmed_voids_what_the_other_side_confirmed(world):
    Standing.objects.filter(side=NORTH).delete()
    confirm(world.south, forum())
    seen = forum()
    attach(world.north, forum(), "annex.pdf", pdf(), SHARED)
    assert states() == {NORTH: StandingState.CONFIRMED, SOUTH: StandingState.VOID}
    with pytest.raises(Conflict):
        confirm(world.south, seen)
    change = confirm(world.south, forum())
    file = Attachment.objects.get()
    assert (states(), len(digests())) == (BOTH, 1)
    assert change.details["files"] == [{"name": "annex.pdf", "sha256": file.sha256}]
    assert rebuild(BY, only_check=True) == []


def test_what_all_have_confirmed_with_a_file_keeps_it(world):
    attach(world.north, forum(), "annex.pdf", pdf(), SHARED)
    confirm(world.south, forum())
    before, stood = digests(), forum().revision
    file = Attachment.objects.get()
    with pytest.raises(ConfirmedWithIt, match=r"with the file annex\.pdf, so no side removes it"):
        attachments.remove(world.north, file, forum())
    assert attachments.path_of(file).read_bytes() == pdf()
    for acting in (world.north, world.south):
        attach(acting, forum(), "annex.pdf", pdf(b"other words"), About(public=True))
    assert list(Attachment.objects.order_by("pk").values_list("enclosed", flat=True)) == [
        True,
        False,
        False,
    ]
    assert (digests(), states(), forum().revision) == (before, BOTH, stood)
    assert rebuild(BY, only_check=True) == []


def test_what_stands_beside_it_goes_again_and_what_is_confirmed_stays(world):
    confirm(world.south, forum())
    attach(world.south, forum(), "minutes.pdf", pdf(), SHARED)
    attachments.remove(world.south, Attachment.objects.get(), forum())
    assert (states(), Attachment.objects.count()) == (BOTH, 0)


def test_a_file_is_taken_away_before_all_have_confirmed_and_the_other_side_reads_anew(world):
    attach(world.north, forum(), "draft.pdf", pdf(), SHARED)
    seen = forum()
    attachments.remove(world.north, Attachment.objects.get(), seen)
    with pytest.raises(Conflict):
        confirm(world.south, seen)
    confirm(world.south, forum())
    assert (states(), len(digests())) == (BOTH, 1)
    verbs = Change.objects.filter(key="forum-1").order_by("pk").values_list("verb", "reason")
    assert list(verbs) == [
        ("add", ""),
        ("attach", "draft.pdf"),
        ("detach", "draft.pdf"),
        ("confirm", ""),
    ]


def test_of_the_side_that_did_not_begin_it_a_file_stands_beside_and_voids_nothing(world):
    attach(world.south, forum(), "ours.pdf", pdf(), SHARED)
    assert states() == {NORTH: StandingState.CONFIRMED}
    assert [one.enclosed for one in Attachment.objects.all()] == [False]


def test_a_renamed_record_keeps_what_was_confirmed_with_it(world):
    attach(world.north, forum(), "annex.pdf", pdf(), SHARED)
    renamed = forum()
    renamed.key = "first-forum"
    save(world.north, renamed)
    confirm(world.south, again(renamed))
    assert rebuild(BY, only_check=True) == []
    with pytest.raises(ConfirmedWithIt):
        attachments.remove(world.north, Attachment.objects.get(), again(renamed))
