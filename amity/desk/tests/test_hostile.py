"""Attacks on the desk, by their names. What is another side's: tests/access/test_hostile.py."""

import re

import pytest
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from amity.desk.models import Contact, Draft, Note
from amity.desk.tests.test_contacts import typed as contact_form
from amity.desk.tests.test_desk import agreed, at, begun, desk, proposed, typed  # noqa: F401
from amity.desk.urls import urlpatterns
from amity.foundation.models import Change
from amity.gatherings.models import Gathering
from amity.record.actions import save
from amity.record.models import Entry, ProposedChange, Standing

pytestmark = pytest.mark.django_db

# Mass assignment

KEPT = ("key", "keeper", "readers", "begun_by", "dossier")
"""Decided by verbs, or by where a record began, and never by a form."""


@pytest.mark.parametrize(
    "fields",
    [
        {"keeper": "organization:north-office"},
        {"begun_by": "organization:south-office"},
        {"readers": "public", "audience": "public"},
        {"key": "taken-over", "id": "1", "pk": "1"},
        {"dossier": "1", "dossier-key": "test"},
        {"side": "side:twins-south", "office": "organization:south-office", "user": "1"},
        {"state": "confirmed", "standing": "confirmed", "verdict": "agree"},
        {"revision": "0"},
        {"acting": "administrator", "administrator": "1", "mandate": "signatory"},
    ],
)
def test_a_form_sets_nothing_but_its_own_fields(desk, fields):  # noqa: F811
    key = begun(desk.north)
    before = model_to_dict(Gathering.everything.get(key=key), KEPT)
    confirmed = list(Standing.objects.values_list("side", "state"))
    form = typed(desk.north.get(at("desk_edit", key))) | {"venue-en": "Harbour", "act": "save"}
    answer = desk.north.post(at("desk_edit", key), form | fields)
    assert answer.status_code in {302, 409}
    record = Gathering.everything.get(key=key)
    assert model_to_dict(record, KEPT) == before
    assert list(Standing.objects.values_list("side", "state")) == confirmed
    told = Change.objects.filter(kind="gathering", key=key).values_list("office", flat=True)
    assert set(told) == {"organization:north-office"}


@pytest.mark.parametrize("audience", ["", "everyone", "PUBLIC", "organization:north-office"])
def test_a_record_is_read_by_nobody_whom_the_verb_does_not_know(desk, audience):  # noqa: F811
    key = begun(desk.north)
    sent = {"revision": Gathering.everything.get(key=key).revision, "audience": audience}
    assert desk.north.post(at("desk_release", key), sent).status_code == 403
    assert Gathering.everything.get(key=key).readers == "partnership:twins"


# Injection of markup

MARKUP = (
    "<script>alert(7)</script><img src=x onerror=alert(7)> [a](javascript:alert(7)) {{7919*7907}}"
)
# A product that no hour, date or number of a page can be by chance.
RUNS = re.compile(r"<script>alert|<img src=x|href=\"javascript:|62615533")


def test_what_people_write_is_words_on_every_page(desk):  # noqa: F811
    key = agreed(desk)
    form = typed(desk.north.get(at("desk_edit", key))) | {"venue-en": MARKUP, "act": "save"}
    assert desk.north.post(at("desk_edit", key), form).status_code == 302
    desk.north.post(at("desk_note", key), {"words": MARKUP})
    proposed(desk.north, key, **{"title-en": MARKUP, "note": MARKUP})
    contact = contact_form(name=MARKUP, words=MARKUP) | {"person-words": ""}
    assert desk.north.post(reverse("desk_contact_new"), contact).status_code == 302
    kept = {"title-en": MARKUP, "form": "mine", "number": "1"}
    desk.north.post(reverse("desk_keep_new", args=["gatherings"]), kept)
    pages = [
        at("desk_record", key),
        at("desk_edit", key),
        at("desk_history_of", key),
        at("desk_remove", key),
        reverse("desk"),
        reverse("desk_history"),
        reverse("desk_contacts"),
        reverse("desk_contact", args=[Contact.objects.get().pk]),
        reverse("desk_new", args=["gatherings"]),
        reverse("desk_list", args=["gatherings"]) + "?q=%3Cscript%3Ealert(7)%3C/script%3E",
        reverse("desk_choose") + "?q=%3Cscript%3Ealert(7)%3C/script%3E",
        reverse("desk_paste", args=["persons"]),
    ]
    shown = 0
    for address in pages:
        page = desk.north.get(address)
        assert page.status_code == 200, address
        assert not RUNS.search(page.text), (address, RUNS.search(page.text))
        shown += "alert(7)" in page.text
    assert shown >= 7
    rows = desk.north.post(reverse("desk_paste", args=["persons"]), {"rows": f"Name\n{MARKUP}"})
    assert "alert(7)" in rows.text
    assert not RUNS.search(rows.text)
    assert "alert(7)" in desk.south.get(at("desk_record", key)).text
    assert not RUNS.search(desk.south.get(at("desk_record", key)).text)


# CSRF, and methods


@pytest.mark.parametrize(
    "mine", [r'{"title": {"en": "\ud800"}}', r'{"\ud800": 1}', "[" * 100_000, "[]", "{"]
)
def test_what_is_no_state_of_a_record_resolves_nothing(desk, mine):  # noqa: F811
    save(desk.world.north, desk.world.gathering())
    before = _all("forum-1")
    sent = {"mine": mine, "opened": "1", "seen": "1"}
    address = reverse("desk_resolve", args=["gatherings", "forum-1"])
    assert desk.north.post(address, sent).status_code == 403
    assert _all("forum-1") == before


def test_no_form_of_the_desk_is_taken_without_its_token(desk):  # noqa: F811
    key = agreed(desk)
    desk.north.post(at("desk_note", key), {"words": "Ours"})
    before = _all(key)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.north.cookies
    number = Change.objects.latest("pk").pk
    given = {"plural": "gatherings", "key": key, "number": number, "person": "somebody"}
    fields = {"act": "save", "reason": "x", "remove": Note.objects.get().pk, "audience": "public"}
    for pattern in urlpatterns:
        names = re.findall(r":(\w+)>", str(pattern.pattern))
        address = reverse(pattern.name, kwargs={name: given[name] for name in names})
        assert strict.post(address, fields).status_code in {403, 405}, address
        forged = {"Origin": "https://evil.example"}
        assert strict.post(address, fields, headers=forged).status_code in {403, 405}, address
    assert _all(key) == before


def test_reading_changes_nothing(desk):  # noqa: F811
    """What a link or a picture on another page can ask for."""
    key = agreed(desk)
    proposed(desk.north, key, **{"title-en": "Third"})
    before = _all(key)
    number = ProposedChange.objects.get().pk
    given = {"plural": "gatherings", "key": key, "number": number, "person": "somebody"}
    fields = {"act": "save", "verdict": "agree", "audience": "public", "revision": "1"}
    for pattern in urlpatterns:
        names = re.findall(r":(\w+)>", str(pattern.pattern))
        address = reverse(pattern.name, kwargs={name: given[name] for name in names})
        for method in ("get", "head", "options"):
            assert getattr(desk.south, method)(address, fields).status_code < 500, address
    assert _all(key) == before


def _all(key: str) -> list[object]:
    """What must not change: the record, its trail, what is asked of it, notes and drafts."""
    return [
        model_to_dict(Gathering.everything.get(key=key)),
        *(
            list(model.objects.order_by("pk").values())
            for model in (Change, Standing, ProposedChange, Note, Draft)
        ),
        list(Entry.everything.order_by("pk").values()),
    ]


# Numbers that are none


@pytest.mark.parametrize("number", ["0", "-1", "x", "1" * 8, "9" * 5_000])
def test_a_list_asked_for_by_what_is_no_page_begins_at_its_first(desk, number):  # noqa: F811
    begun(desk.north)
    for address in (
        reverse("desk_list", args=["gatherings"]),
        reverse("desk_history"),
        reverse("desk_to_confirm"),
    ):
        answer = desk.north.get(address, {"page": number})
        assert (address, answer.status_code) == (address, 200)
