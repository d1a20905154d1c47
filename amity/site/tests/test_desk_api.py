"""Reading and writing by `/api/v1/desk`, as programs of two sides and those who try more."""

import json
from dataclasses import dataclass

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from amity.accounts.actions import add_user, end_mandates, give_mandate
from amity.accounts.models import MandateHeld, User
from amity.desk.tests.test_desk import BY, somebody
from amity.dossier.shapes.catalogue import record_shape
from amity.dossier.shapes.records import as_written
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.network.models import Office, Person
from amity.record import kinds
from amity.record.actions import confirm, save
from amity.record.choices import Audience, Mandate
from amity.record.models import Entry, ProposedChange
from amity.record.plain.states import plain_rows
from amity.site.api.bodies import body_of, fields_of
from amity.site.api.records import in_json_words
from amity.tokens.actions import make, revoke
from amity.tokens.choices import Purpose
from amity.tokens.models import Answered, Token
from tests.access.world import AUDIENCES
from tests.access.world import World as Roles
from tests.write.world import World, build, words

pytestmark = pytest.mark.django_db
DESK = "/api/v1/desk"
ALL = [Purpose.RECORDS, Purpose.RELEASE]
HIDDEN = "Known to the south alone"


@dataclass
class Program:
    """A program with somebody's token."""

    user: User
    token: Token
    secret: str

    def ask(self, method: str, path: str, body: object = None, **headers: str):
        given = {"Authorization": f"Bearer {self.secret}", **headers}
        data = json.dumps(body) if body is not None else ""
        call = getattr(Client(), method)
        if method == "get":
            return call(f"{DESK}{path}", headers=given)
        return call(f"{DESK}{path}", data=data, content_type="application/json", headers=given)

    def add(self, plural: str, body: object, **headers: str):
        return self.ask("post", f"/{plural}", body, **headers)

    def change(self, path: str, body: object, revision: int):
        return self.ask("patch", path, body, **{"If-Match": f'"{revision}"'})


def program(office: str, purposes=ALL, *mandates: Mandate, name: str = "") -> Program:
    user = add_user(BY, f"{name or office}-program@example.org", "Vera", "en")
    own = Office.objects.get(organization__key=office)
    for mandate in mandates or (Mandate.OFFICER,):
        give_mandate(BY, user, own, mandate)
    made = make(BY, user, own, "Register", list(purposes), 30)
    return Program(user, made.token, made.secret)


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def north(world) -> Program:
    return program("north-office")


@pytest.fixture
def south(world) -> Program:
    return program("south-office")


def forum(world: World, audience: Audience = Audience.CIRCLE) -> Gathering:
    made = world.gathering()
    save(world.north, made, audience=audience)
    return made


GATHERING = {
    "kind": "forum",
    "title": {"en": "Second forum", "vi": "Diễn đàn thứ hai"},
    "partnership": "twins",
    "status": "announced",
    "when": "2027-05-01/2027-05-03",
    "timezone": "Asia/Ho_Chi_Minh",
}


def test_a_record_is_begun_read_changed_and_removed(world, north):
    made = north.add("gatherings", GATHERING)
    assert made.status_code == 201, made.text
    record = made.json()
    assert (record["id"], record["revision"], record["audience"]) == ("second-forum", 1, "circle")
    assert made["Location"] == f"http://testserver{DESK}/gatherings/second-forum"
    assert made["ETag"] == '"1"'
    assert made["Cache-Control"] == "no-store"
    path = "/gatherings/second-forum"
    changed = north.change(path, {"status": "held", "when": "2027-05-02"}, 1)
    assert changed.status_code == 200, changed.text
    assert changed.json()["status"] == "held"
    assert changed.json()["title"] == GATHERING["title"]
    assert changed["ETag"] == '"2"'
    assert north.ask("get", path).json() == changed.json()
    assert "second-forum" in str(north.ask("get", "/gatherings").json()["items"])
    gone = north.ask("post", f"{path}/remove", {"reason": "entered twice"}, **{"If-Match": '"2"'})
    assert gone.status_code == 204
    assert north.ask("get", path).status_code == 410
    verbs = Change.objects.filter(kind="gathering", key="second-forum").order_by("pk")
    assert [(one.verb, one.command, one.user) for one in verbs] == [
        (verb, "token Register", north.user) for verb in ("add", "change", "remove")
    ]


def test_the_history_says_by_which_token(world, north):
    north.add("gatherings", GATHERING)
    page = somebody("north-office").get("/en/desk/records/gatherings/second-forum/history/").text
    assert "Vera, by the token “Register”" in page
    other = somebody("south-office").get("/en/desk/records/gatherings/second-forum/history/").text
    assert "Register" not in other


def test_the_same_request_does_the_same_once(world, north):
    sent = [north.add("gatherings", GATHERING, **{"Idempotency-Key": "visit-0001"}) for _ in "12"]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
    assert sent[0]["ETag"] == sent[1]["ETag"]
    assert sent[0]["Location"] == sent[1]["Location"]
    assert Gathering.everything.count() == 1
    held = {**GATHERING, "status": "held"}
    other = north.add("gatherings", held, **{"Idempotency-Key": "visit-0001"})
    assert other.status_code == 422
    assert north.add("gatherings", {}, **{"Idempotency-Key": "short"}).status_code == 400
    assert (Gathering.everything.count(), Answered.objects.count()) == (1, 1)


def test_a_refused_request_leaves_its_key_free(world, north):
    key = {"Idempotency-Key": "visit-0002"}
    assert north.add("gatherings", {**GATHERING, "status": "x"}, **key).status_code == 422
    assert north.add("gatherings", GATHERING, **key).status_code == 201


def test_what_is_wrong_is_said_field_by_field(world, north):
    made = north.add(
        "gatherings",
        {
            "status": "perhaps",
            "title": {"en": ""},
            "when": "soon",
            "venue_name": 7,
            "partnership": "nowhere",
        },
    )
    assert made.status_code == 422
    assert made["Content-Type"] == "application/problem+json"
    problem = made.json()
    assert problem["status"] == 422
    pointers = {one["pointer"] for one in problem["errors"]}
    assert {"#/status", "#/when"} <= pointers
    assert any(one.startswith("#/title") for one in pointers)
    assert Gathering.everything.count() == 0
    missing = north.add("gatherings", {"partnership": "twins"}).json()["errors"]
    assert {"#/title", "#/kind"} <= {one["pointer"] for one in missing}
    unseen = north.add("gatherings", {**GATHERING, "partnership": "nowhere"}).json()["errors"]
    assert [one["pointer"] for one in unseen] == ["#/partnership"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ('{"title": NaN}', 400),
        ("[" * 5_000, 400),
        ('{"title": ' + '{"a":' * 40 + "1" + "}" * 41, 400),
        (r'{"\ud800": 1}', 400),
        (r'{"title": {"\ud800": "x"}}', 400),
        (r'{"title": {"en": "\ud800"}}', 422),
        ("x" * 3_000_000, 413),
    ],
)
def test_what_is_no_json_is_refused(world, north, body, status):
    answer = Client().post(
        f"{DESK}/gatherings",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {north.secret}"},
    )
    assert answer.status_code == status, answer.text
    assert Gathering.everything.count() == 0


def test_only_json_is_taken(world, north):
    headers = {"Authorization": f"Bearer {north.secret}"}
    form = "application/x-www-form-urlencoded"
    for sent in (form, "text/plain", "multipart/form-data; boundary=x"):
        answer = Client().post(f"{DESK}/gatherings", "title=x", content_type=sent, headers=headers)
        assert answer.status_code == 415


@pytest.mark.parametrize(
    "name",
    [
        *("keeper", "readers", "begun_by", "revision", "dossier", "id", "key", "pk", "audience"),
        *("starts_on", "ends_on", "changed_at", "page", "fictional", "__class__"),
    ],
)
def test_nothing_is_assigned_that_people_do_not_write(world, north, name):
    """Mass assignment: who keeps a record and who reads it cannot be sent."""
    made = north.add("gatherings", {**GATHERING, name: "side:twins-south"})
    assert made.status_code == 422
    assert [one["pointer"] for one in made.json()["errors"]] == [f"#/{name}"]
    forum(world)
    changed = north.change("/gatherings/forum-1", {name: "public"}, 1)
    assert changed.status_code == 422
    found = Gathering.everything.get()
    assert (found.keeper, found.readers) == ("partnership:twins", "partnership:twins")


def test_who_saves_second_gets_both_versions(world, north):
    forum(world)
    first = north.change("/gatherings/forum-1", {"title": {"en": "Forum of the north"}}, 1)
    assert first.status_code == 200
    second = north.change("/gatherings/forum-1", {"title": {"en": "Forum of 2025"}}, 1)
    assert second.status_code == 409
    told = second.json()
    assert told["yours"]["title"] == {"en": "Forum of 2025"}
    assert told["theirs"]["title"] == {"en": "Forum of the north"}
    assert Gathering.everything.get().title.words(("en",)) == "Forum of the north"


def test_what_was_read_is_named(world, north):
    forum(world)
    assert north.ask("patch", "/gatherings/forum-1", {"status": "held"}).status_code == 428
    for said in ("1", 'W/"1"', "*", '"one"'):
        answer = north.ask("patch", "/gatherings/forum-1", {}, **{"If-Match": said})
        assert answer.status_code == 400


def test_another_sides_record_is_not_there_and_unchanged(world, north, south):
    hidden = world.person("hidden-person")
    hidden.name = words(HIDDEN)
    save(world.south, hidden, audience=Audience.KEEPER)
    before = Person.everything.filter(key="hidden-person").values().get()
    assert HIDDEN in south.ask("get", "/persons/hidden-person").text
    answers = [
        north.ask("get", "/persons/hidden-person"),
        north.change("/persons/hidden-person", {"name": {"en": "Mine"}}, 1),
        *(
            north.ask("post", f"/persons/hidden-person/{act}", body, **{"If-Match": '"1"'})
            for act, body in (
                ("remove", {"reason": "x"}),
                ("release", {"audience": "public"}),
                ("propose", {"record": {"name": {"en": "Mine"}}}),
            )
        ),
    ]
    missing = north.ask("get", "/persons/nobody-there")
    for answer in answers:
        assert answer.status_code == 404
        assert answer.text.replace("hidden-person", "nobody-there").startswith(missing.text[:60])
        assert HIDDEN not in answer.text
    assert HIDDEN not in north.ask("get", "/persons").text
    assert Person.everything.filter(key="hidden-person").values().get() == before


def test_naming_what_one_may_not_read_is_like_naming_nothing(world, north):
    hidden = world.person("hidden-person")
    save(world.south, hidden, audience=Audience.KEEPER)
    told = []
    for key in ("hidden-person", "nobody-there"):
        body = {"person": key, "organization": "north-office"}
        told.append(north.add("memberships", body).text.replace(key, "…"))
    assert told[0] == told[1]
    assert "There is no … that you may read." in told[0]


def test_what_is_public_of_others_is_read_and_not_written(world, south):
    other = world.person("northern-person")
    save(world.north, other, audience=Audience.PUBLIC)
    path = "/persons/northern-person"
    assert south.ask("get", path).status_code == 200
    assert south.change(path, {"name": {"en": "Mine"}}, 1).status_code == 403
    for act, body in (("remove", {"reason": "x"}), ("release", {"audience": "keeper"})):
        answer = south.ask("post", f"{path}/{act}", body, **{"If-Match": '"1"'})
        assert answer.status_code == 403
    assert Person.everything.get(key="northern-person").revision == 1


def test_what_all_have_confirmed_is_proposed(world, north):
    made = forum(world)
    confirm(world.south, made)
    path, sent = "/gatherings/forum-1", {"title": {"en": "Other words"}}
    refused = north.change(path, sent, 1)
    assert refused.status_code == 403
    assert refused.json()["fields"] == ["title"]
    somebody("south-office")  # who is told
    proposed = north.ask(
        "post",
        f"{path}/propose",
        {"record": sent, "note": "As we spoke", "together": True},
        **{"If-Match": '"1"'},
    )
    assert proposed.status_code == 201, proposed.text
    change = ProposedChange.objects.get(pk=proposed.json()["proposal"])
    assert (change.note, change.together, change.user) == ("As we spoke", True, north.user)
    assert Letter.objects.filter(to="south-office@example.org", kind="gathering").count() == 1


def test_releasing_is_a_purpose_of_its_own(world, north):
    forum(world)
    path = "/gatherings/forum-1/release"
    writer = program("north-office", [Purpose.RECORDS], name="writer")
    if_match = {"If-Match": '"1"'}
    refused = writer.ask("post", path, {"audience": "public"}, **if_match)
    assert refused.status_code == 403
    assert Client().get("/api/v1/gatherings/forum-1").status_code == 404
    assert north.ask("post", path, {"audience": "world"}, **if_match).status_code == 422
    released = north.ask("post", path, {"audience": "public"}, **if_match)
    assert released.status_code == 200, released.text
    assert released.json()["audience"] == "public"
    assert Client().get("/api/v1/gatherings/forum-1").status_code == 200


@pytest.mark.parametrize("words", ["\ud800", "a\u202eb", "\x1b[31m", "\ufffe", "x" * 50_000])
def test_reasons_and_notes_hold_what_words_hold(world, north, words):
    made = forum(world)
    confirm(world.south, made)
    for act, sent in (
        ("release", {"audience": "public", "reason": words}),
        ("remove", {"reason": words}),
        ("propose", {"record": {"title": {"en": "Other words"}}, "note": words}),
    ):
        answer = north.ask("post", f"/gatherings/forum-1/{act}", sent, **{"If-Match": '"1"'})
        assert answer.status_code == 422, act
        assert [one["pointer"] for one in answer.json()["errors"]] == [f"#/{[*sent][-1]}"]
    assert (Gathering.everything.get().revision, ProposedChange.objects.count()) == (1, 0)


def test_a_token_does_what_it_is_for_and_nothing_else(world):
    forum(world)
    reader = program("north-office", [], name="reader")
    reporter = program("north-office", [Purpose.REPORTS], name="reporter")
    observer = program("north-office", ALL, Mandate.OBSERVER, name="observer")
    for one in (reader, reporter, observer):
        assert one.ask("get", "/gatherings/forum-1").status_code == 200
        assert one.add("gatherings", GATHERING).status_code == 403
        assert one.change("/gatherings/forum-1", {"status": "held"}, 1).status_code == 403
        path, if_match = "/gatherings/forum-1/remove", {"If-Match": '"1"'}
        assert one.ask("post", path, {"reason": "x"}, **if_match).status_code == 403
    assert reporter.add("reports", {}).status_code == 422  # it may, and says what is missing
    assert Gathering.everything.count() == 1


def test_a_token_that_serves_no_more_is_as_none(world, north):
    forum(world)
    assert north.ask("get", "").json()["office"] == "north-office"
    end_mandates(BY, north.user, north.token.office)
    assert north.ask("get", "/gatherings/forum-1").status_code == 401
    give_mandate(BY, north.user, north.token.office, Mandate.OFFICER)
    assert north.ask("get", "/gatherings/forum-1").status_code == 200
    revoke(BY, north.token)
    gone = north.ask("get", "/gatherings/forum-1")
    assert gone.status_code == 401
    assert gone["WWW-Authenticate"].startswith("Bearer")
    assert north.add("gatherings", GATHERING).status_code == 401


@pytest.mark.parametrize("ended", ["token", "mandate"])
@pytest.mark.parametrize("what", ["add", "change", "propose", "remove", "release"])
def test_what_waited_for_its_turn_while_its_right_ended_is_not_written(
    world, north, monkeypatch, what, ended
):
    forum(world)
    own = Office.objects.get(organization__key="north-office")

    def ends_meanwhile() -> None:
        if ended == "token":
            Token.objects.update(revoked_at=timezone.now())
        else:
            MandateHeld.objects.filter(user=north.user, office=own).update(ended=timezone.now())

    monkeypatch.setattr("amity.site.api.programs.take_turn", ends_meanwhile)
    there = "/gatherings/forum-1"
    sent = {
        "add": ("post", "/gatherings", GATHERING),
        "change": ("patch", there, {"status": "held"}),
        "propose": ("post", f"{there}/propose", {"record": {"status": "held"}}),
        "remove": ("post", f"{there}/remove", {"reason": "entered twice"}),
        "release": ("post", f"{there}/release", {"audience": "public"}),
    }
    before = Change.objects.count()
    answer = north.ask(*sent[what], **{"If-Match": '"1"'})
    assert answer.status_code == 401, answer.text
    assert Change.objects.count() == before


def test_a_token_in_the_address_a_form_or_a_cookie_is_none(world, north):
    forum(world)
    path = f"{DESK}/gatherings/forum-1"
    for name in ("token", "access_token", "api_key"):
        assert Client().get(f"{path}?{name}={north.secret}").status_code == 401
        both = Client().get(
            f"{path}?{name}={north.secret}", headers={"Authorization": f"Bearer {north.secret}"}
        )
        assert both.status_code == 400
    cookie = Client()
    cookie.cookies["Authorization"] = f"Bearer {north.secret}"
    assert cookie.get(path).status_code == 401
    assert somebody("north-office").get(path).status_code == 401  # nor is a session
    basic = Client().get(path, headers={"Authorization": f"Basic {north.secret}"})
    assert basic.status_code == 401


def test_public_addresses_know_no_tokens(world, north):
    forum(world)
    answer = Client().get(
        "/api/v1/gatherings/forum-1", headers={"Authorization": f"Bearer {north.secret}"}
    )
    assert answer.status_code == 404


def test_every_kind_is_read_back_as_it_is_given():
    """What is given of a record can be sent again, for every kind and every field there is."""
    Roles().fill(set(AUDIENCES))
    tried = set()
    for kind in kinds.kinds():
        shape = record_shape(kind.kind)
        if kind.kind == "picture":
            continue
        for _number, state in plain_rows(kind.model.everything.all()):
            given = in_json_words(shape.write(as_written(state)))
            del given["id"]
            read = fields_of(kind, _as_sent(given))
            assert read == {name: one for name, one in state.items() if name != "key"}
            tried.add(kind.kind)
    assert tried == {kind.kind for kind in kinds.kinds()} - {"picture"}


def _as_sent(body: dict[str, object]) -> dict[str, object]:
    request = RequestFactory().post("/", json.dumps(body), content_type="application/json")
    return body_of(request)


def test_an_office_that_nobody_vouches_for_reads_what_is_public_and_writes_nothing(world, north):
    forum(world)
    Office.objects.filter(organization__key="north-office").update(vouched_at=None)
    assert north.ask("get", "/gatherings/forum-1").status_code == 404
    assert north.add("gatherings", GATHERING).status_code == 403
    assert Entry.everything.filter(kind="gathering").count() == 1


def test_pages_of_a_list_follow_each_other(world, north):
    for number in range(3):
        save(world.north, world.person(f"person-{number}"))
    first = north.ask("get", "/persons?limit=2").json()
    assert [one["id"] for one in first["items"]] == ["person-0", "person-1"]
    rest = north.ask("get", first["next"].removeprefix(f"http://testserver{DESK}")).json()
    assert [one["id"] for one in rest["items"]] == ["person-2"]
    assert rest["next"] is None
    assert north.ask("get", "/persons?who=me").status_code == 400
