"""Public pages: nobody is sent what they have, and nothing is made or compressed twice."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from amity.foundation.models import Change
from amity.foundation.pages import cache as pagecache
from amity.foundation.pages import public as pages
from amity.foundation.tests.pages_urls import made

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("amity.foundation.tests.pages_urls"),
]
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(autouse=True)
def nothing_made_yet() -> Iterator[None]:
    pages._cache().clear()
    made.clear()
    yield
    pages._cache().clear()


@pytest.fixture
def change() -> Change:
    return Change.objects.create(at=timezone.now() - timedelta(days=2), command="anna", verb="load")


@pytest.fixture
def tag(client: Client, change: Change) -> str:
    tag = client.get("/en/plain/").headers["ETag"]
    made.clear()
    return tag


def test_an_answer_says_how_long_it_holds(client: Client, change: Change) -> None:
    answer = client.get("/en/plain/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["ETag"].startswith('W/"')
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert "Set-Cookie" not in answer.headers


def test_who_has_the_page_gets_304_after_one_statement(
    client: Client, tag: str, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator] # a fixture of pytest-django
        answer = client.get("/en/plain/", headers={"If-None-Match": tag} | GZIP)
    assert (answer.status_code, answer.content, made) == (304, b"", [])
    assert "Content-Type" not in answer.headers
    assert answer.headers["ETag"] == tag
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ('W/"other", {tag}', 304),
        ("{strong}", 304),
        ("*", 304),
        ('"other"', 200),
        ("not a tag at all", 200),
    ],
)
def test_if_none_match_compares_weakly_and_takes_lists(
    client: Client, tag: str, asked: str, status: int
) -> None:
    words = asked.format(tag=tag, strong=tag.removeprefix("W/"))
    assert client.get("/en/plain/", headers={"If-None-Match": words}).status_code == status


def test_a_star_does_not_make_a_page_exist(client: Client, change: Change) -> None:
    assert client.get("/en/missing/", headers={"If-None-Match": "*"}).status_code == 404


def test_if_none_match_wins_over_the_date(client: Client, tag: str) -> None:
    now = http_date((timezone.now() + timedelta(days=1)).timestamp())
    both = {"If-None-Match": '"other"', "If-Modified-Since": now}
    assert client.get("/en/plain/", headers=both).status_code == 200
    both = {"If-None-Match": tag, "If-Modified-Since": http_date(0)}
    assert client.get("/en/plain/", headers=both).status_code == 304


def test_the_date_alone_is_honoured(client: Client, change: Change) -> None:
    modified = client.get("/en/plain/").headers["Last-Modified"]
    answer = client.get("/en/plain/", headers={"If-Modified-Since": modified})
    assert (answer.status_code, answer.headers["Last-Modified"]) == (304, modified)
    before = http_date(parse_http_date(modified) - 1)
    assert client.get("/en/plain/", headers={"If-Modified-Since": before}).status_code == 200
    assert client.get("/en/plain/", headers={"If-Modified-Since": "soon"}).status_code == 200


def test_a_date_does_not_make_a_page_exist(client: Client, change: Change) -> None:
    tomorrow = http_date((timezone.now() + timedelta(days=1)).timestamp())
    answer = client.get("/en/missing/", headers={"If-Modified-Since": tomorrow})
    assert answer.status_code == 404


def test_two_changes_within_one_second_are_told_apart_by_date(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = datetime(2100, 1, 1, 12, 0, 0, 100_000, UTC)
    monkeypatch.setattr(pages.timezone, "now", lambda: first + timedelta(milliseconds=200))
    Change.objects.create(at=first, command="anna", verb="load")
    modified = client.get("/en/plain/").headers["Last-Modified"]
    Change.objects.create(at=first + timedelta(milliseconds=500), command="anna", verb="load")
    assert client.get("/en/plain/", headers={"If-Modified-Since": modified}).status_code == 200


def test_a_change_makes_the_page_anew(client: Client, tag: str) -> None:
    Change.objects.create(at=timezone.now(), command="anna", verb="load")
    answer = client.get("/en/plain/", headers={"If-None-Match": tag})
    assert (answer.status_code, made) == (200, ["/en/plain/"])
    assert answer.headers["ETag"] != tag


def test_a_new_day_makes_the_page_anew(
    client: Client, tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(pages.timezone, "now", lambda: tomorrow)
    answer = client.get("/en/plain/", headers={"If-None-Match": tag})
    assert (answer.status_code, made) == (200, ["/en/plain/"])


def test_each_language_and_address_is_a_page_of_its_own(client: Client, change: Change) -> None:
    addresses = ["/en/plain/", "/vi/plain/", "/en/plain/one/", "/en/plain/two/"]
    assert len({client.get(address).headers["ETag"] for address in addresses}) == 4


def test_a_page_is_made_once(client: Client, change: Change) -> None:
    first, second = client.get("/en/plain/"), client.get("/en/plain/")
    assert made == ["/en/plain/"]
    assert first.content == second.content


def test_a_page_is_compressed_once(
    client: Client, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[bytes] = []

    def counted(body: bytes) -> bytes | None:
        packed.append(body)
        return pagecache.pack(body)

    monkeypatch.setattr(pages, "pack", counted)
    plain = client.get("/en/plain/")
    assert "Content-Encoding" not in plain.headers
    first, second = client.get("/en/plain/", headers=GZIP), client.get("/en/plain/", headers=GZIP)
    assert first.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(first.content) == plain.content
    assert first.content == second.content
    assert first.headers["ETag"] == plain.headers["ETag"]
    assert first.headers["Content-Length"] == str(len(first.content))
    assert packed == [plain.content]


def test_head_has_the_headers_and_no_body(client: Client, change: Change) -> None:
    got, asked = client.get("/en/plain/", headers=GZIP), client.head("/en/plain/", headers=GZIP)
    assert asked.content == b""
    assert dict(asked.headers) == dict(got.headers)


def test_pages_are_only_read(client: Client, change: Change) -> None:
    answer = client.post("/en/plain/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_what_a_page_does_not_know_makes_no_new_page(client: Client, change: Change) -> None:
    plain = client.get("/en/commitments/")
    junk = [client.get(f"/en/commitments/?utm_source={n}&x={n}&page=") for n in range(20)]
    assert {answer.content for answer in junk} == {plain.content} == {b"1 None None False []"}
    assert {answer.headers["ETag"] for answer in junk} == {plain.headers["ETag"]}
    assert made == ["/en/commitments/"]


def test_one_question_in_several_spellings_is_one_page(client: Client, change: Change) -> None:
    queries = [
        "state=open&page=2",
        "page=2&state=open",
        "page=02&state=open&side=",
        "page=1&page=2&state=open",
    ]
    answers = {client.get(f"/en/commitments/?{query}").content for query in queries}
    assert answers == {b"2 None open False ['page', 'state']"}
    assert made == ["/en/commitments/"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=99999999999", "state=gone", "side=<b>", "overdue=yes"]
)
def test_a_value_without_meaning_is_refused_kindly(
    client: Client, change: Change, query: str
) -> None:
    answer = client.get(f"/en/commitments/?{query}")
    name = query.partition("=")[0]
    assert answer.status_code == 400
    assert f"<code>{name}</code>" in answer.content.decode()
    assert made == []


def test_other_formats_are_kept_and_compressed_as_well(client: Client, change: Change) -> None:
    first = client.get("/vi/gatherings/calendar.ics", headers=GZIP)
    second = client.get("/vi/gatherings/calendar.ics", headers=GZIP)
    assert made == ["/vi/gatherings/calendar.ics"]
    for answer in (first, second):
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="all.ics"'
        assert answer.headers["Content-Encoding"] == "gzip"


def test_pictures_are_not_compressed(client: Client, change: Change) -> None:
    assert "Content-Encoding" not in client.get("/en/picture/", headers=GZIP).headers


def test_a_missing_page_is_not_kept(client: Client, change: Change) -> None:
    answers = [client.get("/en/missing/") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert made == ["/en/missing/", "/en/missing/"]
    assert answers[0].headers["Cache-Control"] == "no-store"


def test_an_empty_record_is_never_kept(client: Client) -> None:
    answers = [client.get("/en/plain/") for _ in range(2)]
    assert made == ["/en/plain/", "/en/plain/"]
    assert "ETag" not in answers[0].headers
