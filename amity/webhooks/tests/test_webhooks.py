"""Webhooks at the desk, what they are told, and what comes of it."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amity.desk.tests.test_desk import somebody
from amity.foundation.models import Change, Letter
from amity.network.models import Office
from amity.record.actions import remove, save
from amity.record.choices import Audience, Mandate
from amity.webhooks import transport
from amity.webhooks.actions.noting import forget_old, note_changes
from amity.webhooks.actions.sending import LEASE, send_due
from amity.webhooks.choices import KINDS, DeliveryState, Pause, Trouble
from amity.webhooks.models import Delivery, Hook
from amity.webhooks.rule import GIVEN_UP_AFTER, KEPT, MOST_HOOKS, OVERLAP
from amity.webhooks.transport import Answer
from tests.write.world import World, build, words

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/office/webhooks/"
ADDRESS = "https://hooks.example.org/amity"
TAKEN = Answer(200)
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")


@dataclass
class Receiver:
    """What came, and what is answered."""

    answer: Answer = TAKEN
    came: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)

    def post(self, address: str, body: bytes, headers: dict[str, str], *, loopback: bool) -> Answer:
        assert not loopback
        self.came.append((address, body, headers))
        return self.answer

    def said(self) -> list[dict[str, object]]:
        return [json.loads(body) for _address, body, _headers in self.came]

    def names(self) -> list[str]:
        return [headers["webhook-id"] for _address, _body, headers in self.came]


@pytest.fixture
def receiver(monkeypatch) -> Receiver:
    made = Receiver()
    monkeypatch.setattr(transport, "post", made.post)
    return made


@pytest.fixture
def world() -> World:
    return build()


def registered(client: Client, address: str = ADDRESS, **said: object) -> Hook:
    answer = client.post(PAGE, {"address": address, **said})
    assert answer.status_code == 200, answer.text
    return Hook.objects.get(address=address)


def told(later: timedelta = timedelta()) -> None:
    """What the loop process does."""
    now = timezone.now() + later
    note_changes(now)
    send_due(now)


def forum(world: World, key: str = "forum-1", audience: Audience = Audience.PUBLIC):
    made = world.gathering(key)
    save(world.north, made, audience=audience)
    return made


def test_every_kind_that_is_told_stands_in_a_topic():
    from amity.following.queries.shown import kinds_told

    named = [kind for some in KINDS.values() for kind in some]
    assert sorted(named) == sorted(one.kind for one in kinds_told())


def test_an_officer_registers_an_address_and_sees_its_secret_once(world):
    north = somebody("north-office")
    shown = north.post(PAGE, {"address": ADDRESS, "topics": ["gatherings"]})
    secret = SECRET.search(shown.text)
    assert secret is not None
    hook = Hook.objects.get()
    assert (hook.secret, hook.topics, hook.address) == (secret[0], ["gatherings"], ADDRESS)
    for page in (PAGE, f"{PAGE}{hook.pk}/"):
        again = north.get(page).text
        assert ADDRESS in again
        assert SECRET.search(again) is None
    noted = Change.objects.get(verb="register_webhook")
    assert (noted.office, noted.public) == ("organization:north-office", False)
    assert hook.secret not in json.dumps(noted.details)


def test_what_cannot_be_registered_is_said_and_nothing_is_kept(world):
    north = somebody("north-office")
    for address in ("http://example.org/", "https://127.0.0.1/", "https://2130706433/", ""):
        answer = north.post(PAGE, {"address": address})
        assert answer.status_code == 422
    assert north.post(PAGE, {"address": ADDRESS, "partnership": "nowhere"}).status_code == 422
    assert north.post(PAGE, {"address": ADDRESS, "topics": ["secrets"]}).status_code == 422
    assert Hook.objects.count() == 0
    registered(north)
    assert "registered this address already" in north.post(PAGE, {"address": ADDRESS}).text
    for number in range(MOST_HOOKS - 1):
        registered(north, f"{ADDRESS}/{number}")
    assert "as many webhooks" in north.post(PAGE, {"address": f"{ADDRESS}/more"}).text
    assert Hook.objects.count() == MOST_HOOKS


def test_only_officers_of_an_office_that_is_vouched_for_keep_webhooks(world):
    hook = registered(somebody("north-office"))
    for mandate in (Mandate.EDITOR, Mandate.SIGNATORY, Mandate.OBSERVER):
        colleague = somebody("north-office", mandate, name=f"north-{mandate}")
        if mandate != Mandate.SIGNATORY:  # who must show a second factor first
            assert ADDRESS in colleague.get(PAGE).text
            assert colleague.post(PAGE, {"address": f"{ADDRESS}/2"}).status_code == 403
        for act in ("test", "pause", "resume", "secret", "remove"):
            answer = colleague.post(f"{PAGE}{hook.pk}/{act}/")
            assert answer.status_code == (302 if mandate == Mandate.SIGNATORY else 403), act
    Office.objects.filter(organization__key="south-office").update(vouched_at=None)
    south = somebody("south-office")
    assert south.post(PAGE, {"address": ADDRESS}).status_code == 403
    assert Hook.objects.get().pk == hook.pk
    assert Delivery.objects.count() == 0


def test_webhooks_of_another_office_are_not_there(world):
    hook = registered(somebody("north-office"))
    told_before = Hook.objects.values().get()
    south = somebody("south-office")
    assert ADDRESS not in south.get(PAGE).text
    assert south.get(f"{PAGE}{hook.pk}/").status_code == 404
    assert south.post(f"{PAGE}{hook.pk}/", {"topics": ["sources"]}).status_code == 404
    for act in ("test", "pause", "resume", "secret", "remove", "deliveries/1/again"):
        assert south.post(f"{PAGE}{hook.pk}/{act}/").status_code == 404, act
    assert Hook.objects.values().get() == told_before


def test_a_public_change_is_told_as_the_interface_tells_it(world, receiver):
    registered(somebody("north-office"))
    forum(world)
    told()
    listed = Client().get("/api/v1/changes").json()["items"][0]
    (said,) = receiver.said()
    assert said == {
        "type": "record.changed",
        "timestamp": listed["at"].replace("+00:00", "Z"),
        "data": listed,
    }
    assert (listed["counts"], listed["records"][0]["id"]) == ({"added": 1}, "forum-1")
    told()
    assert len(receiver.came) == 1


def test_signatures_are_those_of_the_standard(world, receiver):
    hook = registered(somebody("north-office"))
    forum(world)
    told()
    (address, body, headers) = receiver.came[0]
    assert address == ADDRESS
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    assert len(key) == 32
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_a_new_secret_signs_beside_the_earlier_one_for_a_day(world, receiver):
    north = somebody("north-office")
    hook = registered(north)
    first = hook.secret
    shown = [north.post(f"{PAGE}{hook.pk}/secret/").text for _twice in range(2)]
    hook.refresh_from_db()
    assert hook.secret in shown[1]
    assert hook.secret not in shown[0]
    assert hook.earlier_secret == first  # the one that the receiver knows
    forum(world)
    told()
    assert len(receiver.came[0][2]["webhook-signature"].split(" ")) == 2
    forum(world, "forum-2")
    told(OVERLAP + timedelta(minutes=1))
    assert len(receiver.came[1][2]["webhook-signature"].split(" ")) == 1


def test_what_is_not_public_is_not_told(world, receiver):
    registered(somebody("north-office"))
    made = world.gathering("hidden-1")
    made.title = words("Not for everybody")
    save(world.north, made, audience=Audience.CIRCLE)
    forum(world)
    told()
    assert "hidden-1" not in receiver.came[0][1].decode()
    assert len(receiver.came) == 1


def test_what_is_withdrawn_before_it_is_sent_is_withheld(world, receiver):
    registered(somebody("north-office"))
    made = world.gathering("soon-hidden")
    made.title = words("Only for an hour")
    save(world.north, made, audience=Audience.PUBLIC)
    note_changes(timezone.now())
    save(world.north, made, audience=Audience.CIRCLE)
    told()
    assert receiver.came == []
    assert {one.state for one in Delivery.objects.all()} == {DeliveryState.WITHHELD}


def test_a_removed_record_is_told_of(world, receiver):
    registered(somebody("north-office"))
    made = forum(world)
    told()
    remove(world.north, made, reason="entered twice")
    told()
    assert [one["data"]["counts"] for one in receiver.said()] == [{"added": 1}, {"removed": 1}]


def test_a_webhook_hears_of_what_was_chosen_alone(world, receiver):
    north = somebody("north-office")
    registered(north, f"{ADDRESS}/people", topics=["actors"])
    registered(north, f"{ADDRESS}/forums", topics=["gatherings"])
    registered(north, f"{ADDRESS}/twins", partnership="Twins")
    dossier = str(world.dossier.pk)
    registered(north, f"{ADDRESS}/dossier", dossier=dossier, topics=["sources"])
    forum(world)
    save(world.north, world.person(), audience=Audience.PUBLIC)
    told()
    came = sorted(
        (address.removeprefix(ADDRESS), json.loads(body)["data"]["records"][0]["kind"])
        for address, body, _headers in receiver.came
    )
    assert came == [("/forums", "gathering"), ("/people", "person"), ("/twins", "gathering")]


def test_what_is_heard_is_chosen_anew(world, receiver):
    north = somebody("north-office")
    hook = registered(north, topics=["sources"])
    answer = north.post(f"{PAGE}{hook.pk}/", {"topics": ["gatherings"], "partnership": "twins"})
    assert answer.status_code == 302
    forum(world)
    told()
    assert len(receiver.came) == 1
    assert north.post(f"{PAGE}{hook.pk}/", {"partnership": "nowhere"}).status_code == 422


def test_what_fails_is_tried_again_under_the_same_name(world, receiver):
    registered(somebody("north-office"))
    forum(world)
    receiver.answer = Answer(503, Trouble.STATUS)
    told()
    told()
    assert len(receiver.came) == 1  # it rests
    receiver.answer = Answer(200)
    told(timedelta(seconds=11))
    assert receiver.names()[0] == receiver.names()[1]
    hook = Hook.objects.get()
    assert (hook.failures, hook.failing_since, hook.rests_until) == (0, None, None)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == (DeliveryState.SENT, 2)


def test_what_was_sent_before_a_process_was_killed_comes_again_under_the_same_name(
    world, receiver, monkeypatch
):
    registered(somebody("north-office"))
    forum(world)
    note_changes(timezone.now())
    with monkeypatch.context() as patched:
        patched.setattr("amity.webhooks.actions.sending._write", _killed)
        with pytest.raises(KeyboardInterrupt):
            send_due(timezone.now())
    told()
    assert len(receiver.came) == 1  # leased
    told(LEASE + timedelta(seconds=1))
    assert len(receiver.came) == 2
    assert len(set(receiver.names())) == 1


def _killed(_outcome: object, _now: object) -> None:
    raise KeyboardInterrupt


def test_a_dead_receiver_holds_up_no_other(world, receiver, monkeypatch):
    north = somebody("north-office")
    registered(north)
    registered(north, f"{ADDRESS}/dead")
    for number in range(4):
        forum(world, f"forum-{number}")

    def post(address, body, headers, *, loopback):
        came = receiver.post(address, body, headers, loopback=loopback)
        return Answer(None, Trouble.LATE) if address.endswith("dead") else came

    monkeypatch.setattr(transport, "post", post)
    told()
    tried = [address for address, _body, _headers in receiver.came]
    assert (tried.count(ADDRESS), tried.count(f"{ADDRESS}/dead")) == (4, 1)


def test_a_webhook_that_never_answers_is_stopped_and_the_office_is_told_once(world, receiver):
    north = somebody("north-office")
    hook = registered(north)
    forum(world)
    receiver.answer = Answer(None, Trouble.CONNECTION)
    told()
    for days in range(1, GIVEN_UP_AFTER.days + 3):
        told(timedelta(days=days))
    hook.refresh_from_db()
    assert hook.paused == Pause.FAILING
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP
    letter = Letter.objects.get(once__startswith="webhook:")
    assert (letter.to, letter.office) == ("north-office@example.org", "organization:north-office")
    assert ADDRESS in letter.text
    assert "for days" in north.get(f"{PAGE}{hook.pk}/").text
    count = len(receiver.came)
    forum(world, "forum-2")
    told(timedelta(days=9))
    assert len(receiver.came) == count


def test_a_receiver_that_says_it_is_gone_is_told_nothing_more(world, receiver):
    registered(somebody("north-office"))
    forum(world)
    receiver.answer = Answer(410, Trouble.STATUS)
    told()
    assert Hook.objects.get().paused == Pause.GONE
    assert Letter.objects.filter(once__startswith="webhook:").count() == 1


def test_a_test_goes_at_once_even_to_one_that_is_paused(world, receiver):
    north = somebody("north-office")
    hook = registered(north)
    north.post(f"{PAGE}{hook.pk}/pause/")
    north.post(f"{PAGE}{hook.pk}/test/")
    forum(world)
    told()
    (said,) = receiver.said()
    assert (said["type"], said["data"]) == ("test", {"office": "north-office"})
    assert "arrived" in north.get(f"{PAGE}{hook.pk}/").text
    north.post(f"{PAGE}{hook.pk}/resume/")
    forum(world, "forum-2")
    told()
    assert [one["type"] for one in receiver.said()] == ["test", "record.changed"]
    assert receiver.said()[1]["data"]["records"][0]["id"] == "forum-2"


def test_a_failed_test_is_tried_once_and_stops_nothing(world, receiver):
    north = somebody("north-office")
    hook = registered(north)
    receiver.answer = Answer(302, Trouble.REDIRECT)
    north.post(f"{PAGE}{hook.pk}/test/")
    told()
    told(timedelta(hours=1))
    assert len(receiver.came) == 1
    page = north.get(f"{PAGE}{hook.pk}/").text
    assert "we do not follow. (HTTP 302)" in page
    assert Hook.objects.get().failures == 0


def test_what_went_is_sent_again_under_its_name(world, receiver):
    north = somebody("north-office")
    hook = registered(north)
    forum(world)
    told()
    delivery = Delivery.objects.get()
    north.post(f"{PAGE}{hook.pk}/deliveries/{delivery.pk}/again/")
    told()
    assert len(receiver.came) == 2
    assert len(set(receiver.names())) == 1


def test_what_an_office_sends_by_hand_has_a_limit_whatever_it_registers_anew(
    world, receiver, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"webhook_by_hand": "3/h/key"}
    north, south = somebody("north-office"), somebody("south-office")
    hook, theirs = registered(north), registered(south, f"{ADDRESS}/south")
    forum(world)
    told()
    told_of = hook.deliveries.get()
    for _twice in range(2):
        north.post(f"{PAGE}{hook.pk}/deliveries/{told_of.pk}/again/")
        told()
    north.post(f"{PAGE}{hook.pk}/test/")
    told()
    mine = [address for address, _body, _headers in receiver.came if address == ADDRESS]
    assert len(mine) == 4
    north.post(f"{PAGE}{hook.pk}/remove/")
    another = registered(north)
    refused = north.post(f"{PAGE}{another.pk}/test/", follow=True)
    assert "Try again in an hour" in refused.text
    assert "on its way" not in refused.text
    assert Delivery.objects.filter(hook=another).count() == 0
    assert "on its way" in south.post(f"{PAGE}{theirs.pk}/test/", follow=True).text


def test_removing_forgets_it_and_what_waits(world, receiver):
    north = somebody("north-office")
    hook = registered(north)
    forum(world)
    note_changes(timezone.now())
    assert north.post(f"{PAGE}{hook.pk}/remove/").status_code == 302
    told()
    assert receiver.came == []
    assert (Hook.objects.count(), Delivery.objects.count()) == (0, 0)


def test_of_an_office_that_nobody_vouches_for_any_more_nothing_is_told(world, receiver):
    registered(somebody("north-office"))
    forum(world)
    note_changes(timezone.now())
    Office.objects.filter(organization__key="north-office").update(vouched_at=None)
    told()
    assert receiver.came == []


def test_what_was_told_long_ago_is_forgotten(world, receiver):
    registered(somebody("north-office"))
    forum(world)
    told()
    assert forget_old(timezone.now()) == ""
    assert forget_old(timezone.now() + KEPT + timedelta(days=1)) == "1 old deliveries forgotten"
    assert Delivery.objects.count() == 0


def test_two_processes_note_a_change_once(world, receiver):
    registered(somebody("north-office"))
    forum(world)
    now = timezone.now()
    assert note_changes(now) == "1 things to tell webhooks"
    Hook.objects.update(told=0)  # as one that was killed before it noted how far it read
    note_changes(now)
    mine = Delivery.objects.filter(change__kind="gathering")
    assert mine.count() == 1
