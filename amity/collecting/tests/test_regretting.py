"""What whoever proposed something takes back, and that nothing of it is left anywhere."""

import pytest
from anyascii import anyascii
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amity.accounts.models import User
from amity.collecting.models import Submission
from amity.desk.models import Draft
from amity.followup.models import Proposal
from amity.foundation.models import Change, Letter
from amity.languages.text import Text
from amity.record.actions import remove, save, undo
from tests.write.world import words

from .test_sorting import TAKE_UP, act
from .world import SENT, at, collecting, mailed

pytestmark = pytest.mark.django_db
WHO = ("Nguyễn Thị Lan", "Нгуен Тхи Лан", "Hội Hoa Sen", "Trần Văn Minh", "Zyxwvu")
"""Names, one in another script and one that no other word begins with."""


@pytest.fixture
def there():
    return collecting()


@pytest.fixture
def page(there):
    return there.send()


def everywhere(word: str) -> list[str]:
    """The tables in which a word stands, of all that there are, in any spelling that is kept."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            named = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {named}")  # noqa: S608 - names of our tables
            if any(_says(value, word) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def _says(value: object, word: str) -> bool:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    escaped = word.encode("unicode_escape").decode()
    return (
        word in text
        or escaped.lower() in text.lower()
        or anyascii(word).lower() in anyascii(text).lower()
    )


def test_looking_changes_nothing_and_a_guess_tells_nothing(there, page):
    act(there, "take_up", TAKE_UP)
    with CaptureQueriesContext(connection) as queries:
        for method in ("get", "head", "options"):
            getattr(Client(), method)(page)
    assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []
    secret = page.split("/")[3]
    for guess in ("x", "a" * 43, secret[:-1], secret.swapcase(), there.submission.digest):
        for answer in (
            Client().get(f"/vi/proposed/{guess}/"),
            Client().post(f"/vi/proposed/{guess}/", {"act": "unname"}),
        ):
            assert answer.status_code == 404
            assert SENT["title"] not in answer.text
    assert everywhere(secret) == ["foundation_letter"]
    answer = Client().get(page)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex"' in answer.text


def test_a_name_that_is_withdrawn_stands_nowhere_any_more(there):
    page = there.send(organization="Hội Hoa Sen Zyxwvu", title="Khác")
    act(there, "take_up", TAKE_UP)
    proposal = Proposal.objects.get()
    said = proposal.proposer_words
    assert said is not None
    proposal.proposer_words = said.with_translation("ru", WHO[1])
    save(there.world.north, proposal)
    Draft.objects.create(
        user=User.objects.earliest("pk"),
        office="organization:north-office",
        kind="proposal",
        key=proposal.key,
        values={"proposer_words-vi": WHO[0], "title-vi": "Khác"},
        kept_at=there.submission.at,
    )
    stood = [everywhere(word) for word in WHO]
    assert set(stood[0]) >= {
        *("collecting_submission", "followup_proposal", "foundation_change", "desk_draft"),
    }
    assert "foundation_change" in stood[1]
    answer = Client().post(page, {"act": "unname"})
    assert answer.status_code == 200
    assert [everywhere(word) for word in WHO] == [[]] * len(WHO)
    assert Draft.objects.get().values == {"title-vi": "Khác"}
    proposal = Proposal.objects.get()
    assert proposal.proposer_words is None
    assert proposal.text is not None
    assert proposal.text.versions["vi"].words == SENT["words"]
    for address in ("/vi/proposals/p-2026-001-test/", "/api/v1/proposals/p-2026-001-test"):
        assert WHO[0] not in Client().get(address).text
    assert WHO[0] not in there.north.get(at("desk_submission", there.submission.pk)).text
    assert there.submission.unnamed_at is not None


def test_a_name_cannot_be_brought_back_by_undoing(there, page):
    act(there, "take_up", TAKE_UP)
    proposal = Proposal.objects.get()
    proposal.proposer_words = words("Somebody", vi=WHO[0])
    changed = save(there.world.south, proposal)
    Client().post(page, {"act": "unname"})
    assert changed is not None
    taken = Change.objects.filter(verb="withdraw_name", kind="proposal").get()
    for change in (changed, taken):
        change.refresh_from_db()
        assert undo(there.world.south, change) is None
    assert everywhere(WHO[0]) == []
    assert Proposal.objects.get().proposer_words is None


def test_a_name_is_taken_out_whatever_the_office_may_today(there, page):
    from amity.network.models import SideOffice

    act(there, "take_up", TAKE_UP)
    SideOffice.objects.update(vouched_at=None)
    Client().post(page, {"act": "unname"})
    assert everywhere(WHO[0]) == []


def test_who_was_joined_to_the_proposal_of_another_does_not_take_their_name_out(there, page):
    act(there, "take_up", TAKE_UP)
    second = there.send(title="Cũng vậy", mail="minh@example.org", name="Minh Anh", organization="")
    act(there, "join", {"proposal": "p-2026-001-test"})
    Client().post(second, {"act": "unname"})
    assert "Nguyễn Thị Lan" in Client().get("/vi/proposals/p-2026-001-test/").text
    assert everywhere("Minh Anh") == []


@pytest.mark.parametrize("name", ["a", "Lan", "Nguyễn Thị Lan"])
def test_nobody_takes_out_the_name_of_another_by_giving_themselves_a_part_of_it(there, page, name):
    act(there, "take_up", TAKE_UP)
    second = there.send(title="Cũng vậy", mail="minh@example.org", name=name, organization="")
    act(there, "join", {"proposal": "p-2026-001-test"})
    Client().post(second, {"act": "unname"})
    assert "Nguyễn Thị Lan" in Client().get("/vi/proposals/p-2026-001-test/").text


@pytest.mark.parametrize("removed", [False, True], ids=["said no more", "removed since"])
def test_a_name_that_stands_in_the_history_alone_goes_out_of_it(there, page, removed):
    act(there, "take_up", TAKE_UP)
    second = there.send(title="Cũng vậy", mail="minh@example.org", name="Minh Anh", organization="")
    act(there, "join", {"proposal": "p-2026-001-test"})
    for said in ("Nguyễn Thị Lan, Minh Anh", *([] if removed else ["Nguyễn Thị Lan"])):
        proposal = Proposal.objects.get()
        proposal.proposer_words = Text.of(said, "vi")
        save(there.world.north, proposal)
    if removed:
        remove(there.world.south, Proposal.objects.get(), "Twice.")
    assert everywhere("Minh Anh") != ["collecting_submission"]
    Client().post(second, {"act": "unname"})
    assert everywhere("Minh Anh") == []
    if not removed:
        assert "Nguyễn Thị Lan" in Client().get("/vi/proposals/p-2026-001-test/").text


def test_what_is_withdrawn_before_it_is_decided_on_leaves_its_number(there, page):
    assert Client().post(page, {"act": "withdraw"}).status_code == 200
    for word in (*WHO, SENT["title"], SENT["words"], "lan@example.org"):
        assert everywhere(word) == []
    assert there.submission.stage == "withdrawn"
    assert Client().get(page).status_code == 200
    assert act(there, "take_up", TAKE_UP).status_code == 422
    assert there.north.get(at("desk_submission", there.submission.pk)).status_code == 200


def test_what_was_decided_on_is_not_withdrawn(there, page):
    act(there, "take_up", TAKE_UP)
    before = list(Submission.objects.values())
    assert Client().post(page, {"act": "withdraw"}).status_code == 409
    assert list(Submission.objects.values()) == before
    assert Client().post(page, {"act": "destroy"}).status_code == 400


@pytest.mark.parametrize("pressed", [{"act": "stop"}, {"List-Unsubscribe": "One-Click"}])
def test_letters_end_by_one_press_and_the_address_is_forgotten(there, page, pressed):
    Client().post(page, pressed)
    assert everywhere("lan@example.org") == []
    assert mailed() == []
    act(there, "take_up", TAKE_UP)
    assert not Letter.objects.filter(kind="submission").exists()
    assert "/vi/proposals/p-2026-001-test/" in Client().get(page).text


def test_after_the_key_was_changed_the_next_letter_leads_on(there, page, settings):
    settings.SECRET_KEY = "another key of this installation, long enough"
    assert Client().get(page).status_code == 200
    act(there, "take_up", TAKE_UP, client=_signed_in_again(there))
    address = mailed()[-1].text.partition("http://testserver")[2].split()[0]
    assert address != page
    assert Client().get(address).status_code == 200
    assert Client().get(page).status_code == 404


def _signed_in_again(there) -> Client:
    from amity.record.choices import Mandate

    from .world import signed_in

    return signed_in("south-office", Mandate.OFFICER, Mandate.EDITOR)
