"""What was sent in, at the desk: read, taken up, in parts, joined, declined; and who may."""

import pytest
from django.test import Client
from lxml import html

from amity.collecting.models import Submission
from amity.followup.models import Proposal
from amity.foundation.models import Change
from amity.record.choices import Mandate

from .world import SENT, at, collecting, mailed, post, signed_in

pytestmark = pytest.mark.django_db
TAKE_UP = {
    "parts": "1",
    "part-1-kind": "proposal",
    "part-1-title": SENT["title"],
    "part-1-words": SENT["words"],
    "addressees": ["twins-south"],
    "audience": "public",
}
PARTS = TAKE_UP | {
    "parts": "2",
    "part-2-kind": "wish",
    "part-2-title": "Học bổng",
    "part-2-words": "Học bổng cho học sinh.",
    "audience": "circle",
}


@pytest.fixture
def there():
    return collecting()


@pytest.fixture
def page(there):
    return there.send()


def act(there, name: str, data: dict | None = None, client: Client | None = None):
    return (client or there.south).post(
        at(f"desk_submission_{name}", there.submission.pk), data or {}
    )


def said(client: Client, address: str) -> str:
    """All that an address answers."""
    return client.get(address, follow=True).getvalue().decode()


def state() -> list[object]:
    """All that an act at the desk could change."""
    return [
        list(Submission.objects.order_by("pk").values()),
        Proposal.everything.count(),
        Change.objects.count(),
        len(mailed()),
    ]


def test_what_waits_stands_on_the_first_page_of_both_sides(there, page):
    for client in (there.north, there.south):
        assert SENT["title"] in client.get(at("desk")).text
        assert SENT["title"] in client.get(at("desk_submissions")).text
        one = client.get(at("desk_submission", there.submission.pk)).text
        assert "lan@example.org" in one
        assert "Trần Văn Minh" in one
    assert SENT["title"] not in there.east.get(at("desk")).text


def test_it_is_read_and_taken_up_and_the_proposer_is_told_each_time_once(there, page):
    assert act(there, "read").status_code == 302
    act(there, "read", client=there.north)
    assert there.submission.stage == "reading"
    answer = act(there, "take_up", TAKE_UP)
    assert answer.status_code == 302
    (made,) = Proposal.objects.all()
    assert (made.kind, made.key, made.readers) == ("proposal", "p-2026-001-test", "public")
    assert made.title.original == "vi"
    assert made.text is not None
    assert made.proposer_words is not None
    assert made.text.versions["vi"].words == SENT["words"]
    said = made.proposer_words.versions["vi"].words
    assert said.startswith("Nguyễn Thị Lan, Hội Hoa Sen")
    assert "Minh" not in said
    assert [one.key for one in made.addressees.all()] == ["twins-south"]
    assert made.made is not None
    assert act(there, "take_up", TAKE_UP).status_code == 422
    assert Proposal.everything.count() == 1
    received, reading, taken = mailed()
    assert {one.language for one in (received, reading, taken)} == {"vi"}
    assert "P-2026-001" in taken.text
    assert page in taken.text
    status = Client().get(page).text
    assert "/vi/proposals/p-2026-001-test/" in status
    public = Client().get("/vi/proposals/p-2026-001-test/").text
    assert SENT["words"] in public
    assert "Nguyễn Thị Lan" in public


def test_without_consent_no_name_stands_with_the_proposal(there):
    there.send(shown="")
    act(there, "take_up", TAKE_UP)
    assert Proposal.objects.get().proposer_words is None


def test_it_is_taken_up_in_parts_that_the_sides_alone_read(there, page):
    form = there.south.get(at("desk_submission", there.submission.pk) + "?parts=2").text
    assert "part-2-words" in form
    act(there, "take_up", PARTS)
    made = list(Proposal.everything.order_by("key"))
    assert [one.key for one in made] == ["p-2026-001-test", "p-2026-002-test"]
    assert {one.readers for one in made} == {"partnership:twins"}
    assert there.submission.stage == "split"
    status = Client().get(page.replace("/vi/", "/en/")).text
    assert "For now the sides alone read it." in status
    assert "Học bổng" not in status
    assert Client().get("/vi/proposals/p-2026-002-test/").status_code == 404


def test_where_a_part_is_wrong_nothing_is_written(there, page):
    before = state()
    for wrong in (
        *({"part-2-title": ""}, {"part-2-title": "a\x00b"}, {"part-1-kind": "order"}),
        *({"addressees": "east"}, {"addressees": ""}, {"audience": "world"}),
    ):
        answer = act(there, "take_up", PARTS | wrong)
        assert answer.status_code == 422
        assert "Học bổng cho học sinh." in answer.text
    assert state() == before


def test_a_save_that_fails_in_the_middle_leaves_nothing(there, page, monkeypatch):
    from amity.collecting.actions import sorting

    before = state()
    real, calls = sorting.writing.save, []

    def failing(*args, **named):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return real(*args, **named)

    monkeypatch.setattr(sorting.writing, "save", failing)
    with pytest.raises(RuntimeError):
        act(there, "take_up", PARTS)
    assert len(calls) == 2
    assert state() == before


def test_it_is_joined_to_a_proposal_that_asks_the_same(there, page):
    act(there, "take_up", TAKE_UP)
    second = there.send(title="Cũng vậy", mail="minh@example.org", name="Minh")
    desk = there.south.get(at("desk_submission", there.submission.pk)).text
    assert "P-2026-001 " in desk
    assert act(there, "join", {"proposal": "p-2026-009-test"}).status_code == 422
    assert act(there, "join", {"proposal": "p-2026-001-test"}).status_code == 302
    assert there.submission.stage == "merged"
    assert Proposal.everything.count() == 1
    assert "P-2026-001" in mailed()[-1].text
    assert mailed()[-1].to == "minh@example.org"
    assert "/vi/proposals/p-2026-001-test/" in Client().get(second).text


def test_it_is_declined_with_a_reason_that_is_told(there, page):
    before = state()
    for words in ("", "  ", "a\x00b"):
        assert act(there, "decline", {"reason": words, "language": "vi"}).status_code == 422
    assert state() == before
    reason = "Đã có chương trình như vậy."
    act(there, "decline", {"reason": reason, "language": "vi"})
    assert there.submission.stage == "declined"
    assert reason in mailed()[-1].text
    assert reason in Client().get(page).text
    again = state()
    for name, data in (("read", {}), ("take_up", TAKE_UP), ("decline", {"reason": "x"})):
        act(there, name, data)
    assert state() == again


@pytest.mark.parametrize(
    ("name", "data"),
    [("read", {}), ("take_up", TAKE_UP), ("join", {}), ("decline", {"reason": "x"})],
)
def test_other_partnerships_and_lesser_mandates_get_and_do_nothing(there, page, name, data):
    number = there.submission.pk
    lesser = [signed_in("south-office", one) for one in (Mandate.OBSERVER, Mandate.REVIEWER)]
    before = state()
    for client in (there.east, *lesser):
        assert client.get(at("desk_submission", number)).status_code == 404
        assert SENT["title"] not in client.get(at("desk_submissions")).text
        assert SENT["title"] not in client.get(at("desk")).text
        assert act(there, name, data, client).status_code == 404
    assert state() == before


def test_an_editor_takes_up_for_the_sides_and_does_not_publish(there, page):
    editor = signed_in("south-office", Mandate.EDITOR)
    before = state()
    assert act(there, "take_up", TAKE_UP, editor).status_code == 422
    assert state() == before
    assert act(there, "take_up", TAKE_UP | {"audience": "circle"}, editor).status_code == 302


def test_who_sent_it_is_on_no_page_for_others_and_in_no_export(there, page):
    post(shown="", title="Khác", name="Bí Mật", mail="secret@example.org", others="Kín")
    act(there, "take_up", TAKE_UP | {"part-1-title": "Khác"})
    act(there, "decline", {"reason": "x", "language": "vi"})
    hidden = ("secret@example.org", "Bí Mật", "Kín", "lan@example.org")
    for client in (Client(), there.east):
        for address in (
            "/en/proposals/p-2026-001-test/",
            "/en/proposals.csv",
            "/en/feed.atom",
            "/en/gatherings/forum-1/",
            "/en/changes/",
            "/en/search/?q=secret",
            "/api/v1/proposals/p-2026-001-test",
        ):
            text = said(client, address)
            assert [word for word in hidden if word in text] == [], address
    for address in (at("desk_history"), at("desk_letters")):
        text = there.south.get(address).text
        assert [word for word in hidden if word in text] == [], address


def test_the_history_says_which_of_what_was_sent_in_each_row_is_about(there, page):
    act(there, "decline", {"reason": "x", "language": "vi"})
    there.send(title="Khác")
    act(there, "decline", {"reason": "y", "language": "vi"})
    withdrawn, kept = Submission.objects.order_by("pk")
    Submission.objects.filter(pk=withdrawn.pk).update(title="")
    rows = html.fromstring(there.south.get(at("desk_history")).text).xpath("//li[@class='change']")
    told = [
        (one.xpath(".//a")[0], one.text_content())
        for one in rows
        if "not taken up" in one.text_content()
    ]
    assert [(link.text_content(), link.get("href")) for link, _said in told] == [
        ("Khác Vietnamese", at("desk_submission", kept.pk)),
        ("forum-1/1", at("desk_submission", withdrawn.pk)),
    ]
    assert ["proposal sent in" in said for _link, said in told] == [True, True]
    assert "Khác" not in there.east.get(at("desk_history")).text


def test_a_name_that_is_a_formula_is_text_in_a_sheet(there):
    there.send(name="=1+1", organization="", title="=HYPERLINK(1)")
    act(there, "take_up", TAKE_UP | {"part-1-title": "=HYPERLINK(1)"})
    sheet = said(Client(), "/en/proposals.csv")
    assert "HYPERLINK" in sheet
    assert "\n=" not in sheet
    assert ",=" not in sheet


def test_lists_ask_as_often_with_one_as_with_thirty(there, page, django_assert_max_num_queries):
    there.south.get(at("desk_submissions"))
    with django_assert_max_num_queries(16):
        there.south.get(at("desk_submissions"))
    one = there.submission
    for number in range(2, 31):
        one.pk, one.number, one.digest = None, number, f"{number:064}"
        one.save()
    with django_assert_max_num_queries(16):
        text = there.south.get(at("desk_submissions")).text
    assert text.count(SENT["title"]) == 30
    with django_assert_max_num_queries(16):
        there.south.get(at("desk_submission", there.submission.pk))
