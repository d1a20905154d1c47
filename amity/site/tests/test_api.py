"""The interface for programs: complete, filtered as pages are, and free of what is not public."""

import json
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from amity.followup.choices import Completion, ReportState
from amity.followup.models import Answer, Commitment
from amity.followup.tests.factory import Record, said, words
from amity.foundation.models import Change
from amity.languages.text import Text
from amity.languages.version import MadeFrom, Origin, Version
from amity.network.models import Theme
from amity.record import kinds
from amity.record.models import Dossier, Entry
from amity.sources.choices import SourceKind
from amity.sources.models import Article, Claim, Passage, Source

pytestmark = pytest.mark.django_db

SECRET = "Nobody may read this yet"
HIDDEN = [ReportState.SUBMITTED, ReportState.RETURNED]


@pytest.fixture
def record():
    return Record()


def ids(client, address: str) -> list[str]:
    return [one["id"] for one in client.get(address).json()["items"]]


def described(client) -> dict:
    return client.get("/api/v1/openapi.json").json()


def test_the_description_is_valid_openapi_3_1(client):
    document = described(client)
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert document["openapi"] == "3.1.0"


def test_every_kind_has_a_list_and_an_address_for_each_record(client):
    expected = {"/api/v1/changes", "/api/v1/dossiers", "/api/v1/dossiers/{key}"}
    expected |= {"/api/v1/figures", "/api/v1/search"}
    for kind in kinds.kinds():
        expected |= {f"/api/v1/{kind.plural}", f"/api/v1/{kind.plural}/{{key}}"}
    one = "/api/v1/desk/{plural}/{key}"
    expected |= {"/api/v1/desk", "/api/v1/desk/{plural}", one}
    expected |= {f"{one}/{act}" for act in ("propose", "release", "remove")}
    assert set(described(client)["paths"]) == expected


@pytest.mark.parametrize("kind", [kind.plural for kind in kinds.kinds()])
def test_every_list_answers_when_nothing_is_recorded(client, db, kind):
    answer = client.get(f"/api/v1/{kind}")
    assert (answer.status_code, answer.json()) == (200, {"items": [], "next": None})


def test_a_commitment_comes_whole_with_what_is_derived(client, record):
    made = record.commitment(deadline="2026-10")
    record.report(made, 0, Completion.LIMITED)
    record.report(made, 1, Completion.LIMITED)
    assert client.get("/api/v1/commitments/C-2025-001").json() == {
        "id": "C-2025-001",
        "dossier": "sample",
        "fictional": True,
        "page": f"{settings.BASE_URL}/commitments/C-2025-001/",
        "kind": "commitment",
        "title": {
            "en": "Promise 1",
            "vi": {"words": "Cam kết 1", "from": None},
        },
        "grade": "will",
        "gathering": "forum-1",
        "made": "2025-10-01",
        "deadline": "2026-10",
        "themes": ["transport"],
        "parties": [
            {"side": "north-south-south", "role": "holder"},
            {"side": "north-south-north", "role": "counterpart"},
        ],
        "joint_state": "confirmed",
        "joint_completion": "limited",
        "due_on": "2026-10-31",
        "open": True,
        "overdue": True,
    }


def test_origins_and_staleness_of_every_version_are_given(client, record):
    first, later = Version("A tram stop"), Version("Two tram stops")
    versions = {
        "en": later,
        "fr": Version("Deux arrêts", made_from=MadeFrom("en", later.digest)),
        "ru": Version("Остановка", made_from=MadeFrom("en", first.digest)),
        "vi": Version("Hai trạm", Origin.MACHINE, "Lan", MadeFrom("en", later.digest)),
    }
    record.commitment(title=Text("en", versions))
    assert client.get("/api/v1/commitments/C-2025-001").json()["title"] == {
        "en": "Two tram stops",
        "fr": "Deux arrêts",
        "ru": {"words": "Остановка", "outdated": True},
        "vi": {"words": "Hai trạm", "origin": "machine", "reviewed_by": "Lan"},
    }


def test_records_fit_the_schema_that_describes_them(client, record):
    record.report(record.commitment(), 0, Completion.LIMITED)
    record.proposal()
    document = described(client)
    seen = 0
    for kind in kinds.kinds():
        schema = {
            "$ref": f"#/components/schemas/{kind.kind.capitalize()}List",
            "components": document["components"],
        }
        answer = client.get(f"/api/v1/{kind.plural}").json()
        assert list(Draft202012Validator(schema).iter_errors(answer)) == []
        seen += len(answer["items"])
    assert seen == 10


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["C-2025-001", "C-2025-002", "C-2025-003"]),
        ("state=differ", ["C-2025-002"]),
        ("state=complete", ["C-2025-003"]),
        ("state=silent", ["C-2025-001"]),
        ("overdue=1", ["C-2025-002"]),
        ("side=north", ["C-2025-001", "C-2025-002", "C-2025-003"]),
        ("holder=south", ["C-2025-001", "C-2025-002", "C-2025-003"]),
        ("holder=north", []),
        ("theme=transport", ["C-2025-001", "C-2025-002", "C-2025-003"]),
        ("theme=other", []),
        ("gathering=forum-1", ["C-2025-001", "C-2025-002", "C-2025-003"]),
        ("gathering=forum-2", []),
        ("dossier=sample", ["C-2025-001", "C-2025-002", "C-2025-003"]),
        ("dossier=other", []),
    ],
)
def test_commitments_are_filtered_as_their_page_is(client, record, query, expected):
    record.commitment(1, deadline=None)
    differing = record.commitment(2, deadline="2025-12")
    record.report(differing, 0, Completion.LIMITED)
    record.report(differing, 1, Completion.COMPLETE)
    kept = record.commitment(3, deadline="2025-12")
    record.report(kept, 0, Completion.COMPLETE)
    record.report(kept, 1, Completion.COMPLETE)
    assert ids(client, f"/api/v1/commitments?{query}") == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("proposals?standing=unanswered", ["P-2025-001"]),
        ("proposals?standing=supported", []),
        ("proposals?side=north&theme=transport&gathering=forum-1", ["P-2025-001"]),
        ("partnerships?kind=twinning", ["north-south"]),
        ("partnerships?kind=friendship", []),
        ("partnerships?country=VN", []),
        ("gatherings?kind=forum&when=past", ["forum-1"]),
        ("gatherings?when=upcoming", []),
        ("areas?kind=city", ["north", "south"]),
        ("areas?kind=country", []),
        ("sides", ["north-south-north", "north-south-south"]),
        ("themes?dossier=sample", ["transport"]),
    ],
)
def test_other_lists_are_filtered_as_their_pages_are(client, record, address, expected):
    record.proposal()
    assert ids(client, f"/api/v1/{address}") == expected


def test_following_next_gives_every_record_once(client, record):
    for number in range(1, 8):
        record.commitment(number)
    address, found = "/api/v1/commitments?limit=3&gathering=forum-1", []
    sizes = []
    while address:
        page = client.get(address.removeprefix(settings.BASE_URL)).json()
        sizes.append(len(page["items"]))
        found += [one["id"] for one in page["items"]]
        address = page["next"]
    assert found == [f"C-2025-{number:03d}" for number in range(1, 8)]
    assert sizes == [3, 3, 1]


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("commitments", 9),
        ("proposals", 7),
        ("gatherings", 7),
        ("partnerships", 5),
        ("reports", 6),
        ("areas", 3),
        ("passages", 4),
    ],
)
@pytest.mark.parametrize("number", [1, 30])
def test_a_list_asks_the_database_as_often_for_one_as_for_thirty(
    client, record, number, address, statements, django_assert_num_queries
):
    for i in range(1, number + 1):
        record.report(record.commitment(i), 0, Completion.LIMITED)
        record.proposal(i)
    passages(record, number)
    with django_assert_num_queries(statements):
        assert client.get(f"/api/v1/{address}").status_code == 200


def test_one_record_asks_the_database_as_often_as_its_list(
    client, record, django_assert_num_queries
):
    record.commitment()
    with django_assert_num_queries(9):
        client.get("/api/v1/commitments/C-2025-001")


def passages(record, number: int) -> list[Passage]:
    source = Source.objects.create(
        dossier=record.dossier,
        readers="public",
        key="paper",
        kind=SourceKind.values[0],
        name=words("Paper"),
    )
    article = Article.objects.create(
        dossier=record.dossier,
        readers="public",
        key="article",
        source=source,
        language="en",
        title=words("Article"),
    )
    return [
        Passage.objects.create(
            dossier=record.dossier,
            readers="public",
            key=f"passage-{i}",
            article=article,
            language="en",
        )
        for i in range(number)
    ]


@pytest.mark.parametrize("state", HIDDEN)
def test_reports_that_are_not_accepted_do_not_exist(client, record, state):
    commitment = record.commitment(deadline="2025-12")
    hidden = record.report(commitment, 1, Completion.COMPLETE, text=SECRET, state=state)
    entry = Entry.objects.create(
        kind="report",
        key=hidden.key,
        dossier=record.dossier,
        readers="public",
        title=words("A report"),
    )
    (passage,) = passages(record, 1)
    Claim.objects.create(passage=passage, position=0, about=entry, reading=words(SECRET))
    assert client.get(f"/api/v1/reports/{hidden.key}").status_code == 404
    assert ids(client, "/api/v1/reports") == []
    assert ids(client, "/api/v1/commitments?state=one_sided") == []
    assert ids(client, "/api/v1/commitments?overdue=1") == ["C-2025-001"]
    for kind in kinds.kinds():
        answer = client.get(f"/api/v1/{kind.plural}").content.decode()
        assert SECRET not in answer
        assert hidden.key not in answer


def test_accepted_reports_and_claims_about_them_are_given(client, record):
    made = record.report(record.commitment(), 1, Completion.COMPLETE, text="Everybody may read it")
    entry = Entry.objects.create(
        kind="report",
        key=made.key,
        dossier=record.dossier,
        readers="public",
        title=words("A report"),
    )
    Claim.objects.create(passage=passages(record, 1)[0], position=0, about=entry)
    assert ids(client, "/api/v1/reports") == [made.key]
    (passage,) = client.get("/api/v1/passages").json()["items"]
    assert passage["claims"] == [{"about": f"report/{made.key}"}]


def test_the_standing_of_a_proposal_is_given(client, record):
    proposal = record.proposal()
    Answer.objects.create(
        dossier=record.dossier,
        readers="public",
        key="answer",
        proposal=proposal,
        side=record.sides[0],
        verdict="noted",
        reasons=words("Heard"),
        given=said("2026-01"),
    )
    assert client.get("/api/v1/proposals/P-2025-001").json()["standing"] == proposal.standing
    assert client.get("/api/v1/answers/answer").json()["reasons"] == {"en": "Heard"}


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("commitments?state=fine", "state"),
        ("commitments?limit=0", "limit"),
        ("commitments?limit=201", "limit"),
        ("commitments?limit=many", "limit"),
        ("commitments?overdue=perhaps", "overdue"),
        ("commitments?after=%00", "after"),
        ("commitments?sid=north", "sid"),
        ("partnerships?country=vietnam", "country"),
        ("commitments/C-2025-001?limit=2", "limit"),
        ("dossiers?limit=2", "limit"),
    ],
)
def test_a_query_that_cannot_be_meant_is_a_problem_that_names_the_parameter(
    client, record, address, parameter
):
    answer = client.get(f"/api/v1/{address}")
    problem = answer.json()
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [one["name"] for one in problem["parameters"]] == [parameter]
    assert (problem["type"], problem["title"], problem["status"]) == (
        "about:blank",
        "Bad Request",
        400,
    )


@pytest.mark.parametrize(
    "address", ["commitments/C-1999-001", "dossiers/none", "nothing", "commitments/C-2025-001/x"]
)
def test_what_is_not_there_is_a_problem(client, record, address):
    record.commitment()
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("language", ["vi", "ru", "en"])
def test_the_answer_is_the_same_for_readers_of_every_language(client, record, language):
    record.commitment()
    answer = client.get("/api/v1/commitments", headers={"Accept-Language": language})
    assert answer["Content-Language"] == "mul"
    assert answer.json()["items"][0]["page"] == f"{settings.BASE_URL}/commitments/C-2025-001/"
    again = client.get("/api/v1/commitments", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_tells_what_get_would(client, record):
    record.commitment()
    asked, told = client.get("/api/v1/commitments"), client.head("/api/v1/commitments")
    assert (told.status_code, told.content) == (200, b"")
    assert told["Content-Length"] == str(len(asked.content))


def test_a_dossier_without_anything_public_is_not_there(client, record):
    hidden = Dossier.objects.create(key="hidden", title=words("Talks"), languages=["en"])
    theme = Theme.everything.create(
        dossier=hidden, key="quiet", name=words("Quiet"), readers="partnership:north-south"
    )
    assert [one["id"] for one in client.get("/api/v1/dossiers").json()["items"]] == ["sample"]
    assert client.get("/api/v1/dossiers/hidden").status_code == 404
    Theme.everything.filter(pk=theme.pk).update(readers="public")
    Change.objects.create(at=datetime.now(UTC), command="test", verb="save")
    assert client.get("/api/v1/dossiers/hidden").json()["id"] == "hidden"
    listed = client.get("/api/v1/dossiers").json()["items"]
    assert [one["id"] for one in listed] == ["hidden", "sample"]


def test_dossiers_say_whether_they_are_fictional(client, record):
    expected = {
        "id": "sample",
        "title": {"en": "Sample"},
        "fictional": True,
        "languages": ["en", "vi"],
    }
    assert client.get("/api/v1/dossiers").json() == {"items": [expected], "next": None}
    assert client.get("/api/v1/dossiers/sample").json() == expected


def test_letters_stand_as_they_are(client, record):
    record.commitment()
    assert "Cam kết 1" in client.get("/api/v1/commitments").content.decode()
    assert json.loads(client.get("/api/v1/").content)["commitments"].endswith("/api/v1/commitments")


def test_the_address_without_a_language_leads_to_the_reference(client, db):
    answer = client.get("/api/v1/docs", headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer["Location"]) == (302, "/ru/api/v1/docs")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_reference_names_every_list(client, db, language, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = client.get(f"/{language}/api/v1/docs").content.decode()
    for kind in kinds.kinds():
        assert page.count(f'href="/api/v1/{kind.plural}"') == 1


def test_days_are_reckoned_by_the_page(client, record):
    record.commitment(deadline="2025-12")
    assert Commitment.objects.get().due_on == date(2025, 12, 31)
