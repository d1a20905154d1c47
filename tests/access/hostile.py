"""What an officer of another side asks the desk for: every address, with what is not theirs.

`private` adds to the world of `tests.access.world` what stands at a desk and nowhere else, each
field with a token of its own; `reads` and `writes` are the requests. `tests/access/test_hostile.py`
tries some of them, `bench/hostile.py` ten thousand.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from random import Random
from time import time
from urllib.parse import urlencode
from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from amity.accounts import urls as accounts
from amity.accounts.models import Invitation, LostFactor, MandateHeld, User
from amity.collecting import urls as collecting
from amity.collecting.models import SentFile, Submission
from amity.desk import urls as desk
from amity.desk.files.attachments import path_of
from amity.desk.models import Attachment, Contact, Draft, Editing, Note, ProposedMerge
from amity.foundation.models import Change, Letter
from amity.health import urls as health
from amity.journeys import urls as journeys
from amity.network.models import Theme
from amity.record import kinds
from amity.record.choices import Mandate
from amity.record.kinds import Kind
from amity.record.models import Entry, Picture, ProposedChange, ProposedField, Reply
from amity.record.search.writing import rebuild
from amity.tokens import urls as tokens
from amity.tokens.models import Token
from amity.turns import urls as turns
from amity.turns.models import Holder, Turn
from amity.webhooks import urls as webhooks
from amity.webhooks.models import Delivery, Hook
from tests.access import programs, rooms_above
from tests.access.world import AUDIENCES, READ, World, tokens_in

PRESENT = Mandate.OFFICER, Mandate.EDITOR
SHARED = "circle-1"
"""Read by A and B: on its records hang notes, drafts and files of B that A must not see."""
OWN = {"b": ("circle-1", "side-b", "office-b"), "c": ("circle-2", "side-c", "office-c")}
"""Office → the audiences of its records; those of its desk are the office's own."""
MASKED = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*')
"""A token that is made anew for each answer, and may look like any other."""

FIELDS = {
    "side": "side:one-b",
    "keeper": "organization:office-a",
    "begun_by": "organization:office-a",
    "office": "organization:office-a",
    "readers": "public",
    "audience": "public",
    "status": "cancelled",
    "state": "agreed",
    "revision": "1",
    "opened": "0",
    "seen": "0",
    "mine": '{"name": {"original": "en", "versions": {"en": {"words": "Taken over"}}}}',
    "title-en": "Taken over",
    "name-en": "Taken over",
    "name": "Taken over",
    "words": "Written over",
    "verdict": "agree",
    "reasons": "Because",
    "reason": "Because",
    "shared": "on",
    "closed": "1",
    "form": "x",
    "number": "99",
    "language": "en",
    "next": "https://elsewhere.example/",
}
"""Sent where nobody should: who keeps and reads, in which state, with which words."""
ACTS = ("save", "propose", "keep", "discard", "withdraw", "answer", "add:organizers", "add", "read")
BEGUN = ("zqb", "zqd", "zqf0", "zqi")
"""Beginnings of tokens: an answer repeats what was looked for, so never a whole one."""
BY_NUMBER = ("public_file", "followup:goal", "followup:goal_csv")
"""Pages for everybody that are called by a number."""
SEARCHED = ("/en/search/", "/en/search/suggestions/", "/en/search/feed.atom", "/api/v1/search")
BY_PROGRAMS = 0.25
"""How many of the forms are sent by programs, about."""
FORGED = {"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-For": "10.0.0.1"}


class Asking(Client):
    """Somebody with a session, and with a program whose token has the secret `secret`."""

    secret = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its address, how it is asked, and the fields of its form.

    `by_program`: with a token in place of the session, and `body` in place of a form.
    """

    address: str
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    by_program: bool = False
    body: str = ""

    def answer(self, client: Asking) -> HttpResponseBase:
        """What it is answered for whoever is signed in, or for their program."""
        if self.by_program:
            return Client(raise_request_exception=False).generic(
                self.method.upper(),
                self.address,
                self.body,
                content_type="application/json",
                headers={"Authorization": f"Bearer {client.secret}", "If-Match": '"1"', **FORGED},
            )
        sent: dict[str, object] = dict(self.fields)
        if self.address.endswith("/files/") and self.method == "post":
            sent["file"] = SimpleUploadedFile("note.pdf", b"%PDF-1.4 hostile")
        data = sent if self.method == "post" else None
        answer: HttpResponseBase = getattr(client, self.method)(
            self.address, data, headers=FORGED if self.method != "get" else {}
        )
        return answer

    @property
    def told(self) -> set[str]:
        """The tokens that the request names, which an answer may repeat."""
        return tokens_in(self.address + json.dumps(self.fields) + self.body)


def found(asked: Asked, answer: HttpResponseBase) -> set[str]:
    """The tokens in an answer, its headers among it, that the request did not name.

    Of what is packed (DOCX, XLSX) those within; a PDF says what the DOCX beside it does.
    """
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined, arg-type]
    if body.startswith(b"PK"):
        body = _unpacked(body)
    headers = "".join(f"{name}: {value}" for name, value in answer.headers.items())
    said = MASKED.sub("", body.decode(errors="replace") + headers)
    return tokens_in(said) - asked.told


def _unpacked(body: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(body)) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    except BadZipFile:
        return body


def officer(world: World, letter: str) -> Asking:
    """Somebody who acts for an office, signed in."""
    user = User.objects.create(email=f"{letter}@hostile.example", name=f"Officer {letter}")
    for mandate in PRESENT:
        MandateHeld.objects.create(
            user=user, office=world.offices[letter], mandate=mandate, since=timezone.now()
        )
    client = Asking(raise_request_exception=False)
    client.force_login(user)
    client.secret = rooms_above.secret_of(letter)
    return client


def administrator() -> Asking:
    """Whoever administers the installation, signed in with a second factor."""
    user = User.objects.create(email="root@hostile.example", name="Root", administrator=True)
    client = Asking(raise_request_exception=False)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time()}]
    session.save()
    return client


def private(world: World) -> dict[str, Asking]:
    """Fill the world, with the desks of B and C; gives the officers of A, B and C.

    And an administrator (`root`). The program of A belongs to a colleague of its officer.
    """
    world.fill(set(AUDIENCES), strays=False)
    clients = {letter: officer(world, letter) for letter in "abc"} | {"root": administrator()}
    colleague = User.objects.create(email="colleague@hostile.example", name="Colleague")
    MandateHeld.objects.create(
        user=colleague, office=world.offices["a"], mandate=Mandate.OFFICER, since=timezone.now()
    )
    rooms_above.program(world, "a", colleague.email, "Program")
    for letter, audiences in OWN.items():
        for audience in audiences:
            _on_desk(world, letter, audience)
    rooms_above.settle()
    rebuild()
    return clients


def hidden(world: World, letter: str) -> set[str]:
    """The tokens that an officer, or an administrator (`root`), must never get."""
    role = "administrator" if letter == "root" else f"officer of {letter.upper()}"
    return set(world.tokens.of) - world.tokens.readable(READ[role])


def of_records(world: World, letter: str) -> set[str]:
    """The tokens of an office that stand in records, so that its programs find them too."""
    named = {one: world.tokens.of[one][1] for one in wanted(world, letter)}
    pictures = {one for one, field in named.items() if field.startswith("Picture")}
    return {
        one for one, field in named.items() if field[0].isupper() or field == "other name"
    } - pictures


def wanted(world: World, letter: str) -> set[str]:
    """The tokens that an office must find with its own session."""
    own = world.tokens.readable(set(OWN[letter]))
    fields = {one: world.tokens.of[one][1] for one in own}
    return {
        one
        for one, field in fields.items()
        if field not in ELSEWHERE and not field.startswith(rooms_above.NEVER_SHOWN)
    }


ELSEWHERE = {"Picture file"}
"""Stands in no answer of the desk: the bytes of a picture."""


def _on_desk(world: World, letter: str, audience: str) -> None:
    """What an office writes at its desk on the records of an audience."""
    office = f"organization:office-{letter}"
    user = User.objects.get(email=f"{letter}@hostile.example")
    now = timezone.now()

    def token(said: str, of: str = f"office-{letter}") -> str:
        return world.tokens.new(of, f"desk {said} on {audience}")

    entry = Entry.everything.filter(kind="gathering", readers=AUDIENCES[audience]).first()
    assert entry is not None
    rooms_above.fill(world, letter, audience, entry)
    on = {"kind": "gathering", "key": entry.key}
    Note.objects.create(office=office, user=user, words=token("note"), at=now, **on)
    if audience.startswith("circle"):  # what sides keep together, they comment on
        said = token("comment", audience)
        Note.objects.create(office=office, user=user, words=said, shared=True, at=now, **on)
    drafts = {"user": user, "office": office, "kept_at": now}
    theme = Theme.everything.get(readers=AUDIENCES[audience])
    names = {"name-en": [token("draft")], "name-vi": [theme.name.versions["vi"].words]}
    Draft.objects.create(kind="theme", key=theme.key, values=names, **drafts)
    new = dict(zip(OWN[letter], ("area", "organization", "person"), strict=True))[audience]
    Draft.objects.create(kind=new, values={"name-en": [token("new draft")]}, **drafts)
    Editing.objects.create(user=user, seen_at=now, **on)
    content = b"%PDF-1.4 " + token("file").encode()
    file = Attachment(
        office=office,
        user=user,
        name=f"{token('name of a file')}.pdf",
        media_type="application/pdf",
        sha256=f"{len(world.tokens.of):064d}",
        size=len(content),
        at=now,
        **on,
    )
    file.save()
    path_of(file).parent.mkdir(parents=True, exist_ok=True)
    path_of(file).write_bytes(content)
    Contact.objects.create(
        office=office,
        name=token("contact"),
        mail=f"{token('mail')}@example.org",
        telephone=token("telephone"),
        words=token("words of a contact"),
        origin=token("origin"),
        keep_until=timezone.localdate() + timedelta(days=30),
        changed_at=now,
    )
    Letter.objects.create(
        message_id=f"<{audience}@example.org>",
        to=f"{token('letter to')}@example.org",
        language="en",
        subject=token("letter"),
        text="",
        html="",
        office=office,
        error=token("error"),
        written_at=now,
        due_at=now,
        **on,
    )
    Invitation.objects.create(
        digest=f"{letter}{audience}",
        email=f"{token('invitation')}@example.org",
        language="en",
        office=world.offices[letter],
        mandate=Mandate.EDITOR,
        invited_by=user,
        made_at=now,
        expires_at=now + timedelta(days=1),
    )
    lost = User.objects.create(email=f"{letter}-{audience}@lost.example", name=token("who lost it"))
    MandateHeld.objects.create(
        user=lost, office=world.offices[letter], mandate=Mandate.EDITOR, since=now
    )
    LostFactor.objects.create(user=lost, asked_at=now, expires_at=now + timedelta(days=7))
    before, after = token("before", audience), token("after", audience)
    path = {"path": ["venue", "versions", "en", "words"], "before": before, "after": after}
    Change.objects.create(
        at=now,
        user=user,
        office=office,
        verb="change",
        reason=token("reason", audience),
        paths=[path],
        effect="changed",
        public=False,
        **on,
    )
    if audience.startswith("circle"):
        side = {"b": "side:one-b", "c": "side:two-c"}[letter]
        note = token("proposal", audience)
        change = ProposedChange.objects.create(
            entry=entry, side=side, office=office, user=user, note=note, at=now
        )
        proposed = {"path": path["path"], "before": before, "after": token("proposed", audience)}
        one = ProposedField.objects.create(change=change, position=1, difference=proposed)
        Reply.objects.create(
            field=one,
            side="side:one-a" if letter == "b" else "side:two-a",
            office="organization:office-a",
            verdict="object",
            reasons=token("reasons", audience),
            at=now,
        )


def numbers() -> list[int]:
    """The numbers of all that hangs on records and offices, and some that are none."""
    models = (Note, Contact, Attachment, Letter, Invitation, LostFactor, ProposedChange, User)
    above = (Submission, SentFile, Turn, Holder, Hook, Delivery, Token, ProposedMerge)
    known = {
        number
        for model in (*models, *above)
        for number in model.objects.values_list("pk", flat=True)
    }
    changes = Change.objects.exclude(paths=[]).values_list("pk", flat=True)
    return sorted(known | set(changes) | {0, 1, 2, 3, 10**9})


def names_in(pattern: URLPattern) -> set[str]:
    """What a pattern asks for: plural, key, number."""
    return set(re.findall(r":(\w+)>", str(pattern.pattern)))


def _addresses(pattern: URLPattern) -> Iterator[str]:
    """The addresses of a pattern, with every record that not everybody reads."""
    names = names_in(pattern)
    if "key" in names:
        named = re.search(r"(\w+)/<slug:key>", str(pattern.pattern))
        of = named[1] if named and "plural" not in names else ""
        plurals = {kind.plural for kind in kinds.kinds()}
        given = [
            {"plural": kind.plural, "key": key.partition(":")[2]}
            for kind in kinds.kinds()
            for key in _keys(kind)[: None if of not in plurals - {kind.plural} else 1]
        ]
    elif "plural" in names:
        given = [{"plural": kind.plural} for kind in kinds.kinds()]
    else:
        given = [{}]
    if "person" in names:
        people = [key.partition(":")[2] for key in _keys(kinds.get("person"))]
        given = [one | {"person": person} for one in given for person in people]
    files = dict(SentFile.objects.values_list("submission", "pk"))
    deliveries = dict(Delivery.objects.values_list("hook", "pk"))
    for number in numbers() if {"number", "pk"} & names else [0]:
        for one in given if number == 0 else given[number % len(given) :][:7]:
            values = one | {"number": number, "pk": number, "secret": "guessed"}
            values |= {"file": files.get(number, 1), "delivery": deliveries.get(number, 1)}
            values |= dict.fromkeys(names - values.keys(), number)
            yield reverse(pattern.name, kwargs={name: values[name] for name in names})


def patterns() -> list[URLPattern]:
    """The addresses of the desk, of an office and its people, and of the rooms above."""
    rooms = accounts, turns, collecting, journeys, health, webhooks, tokens
    own = [one for room in rooms for one in room.urlpatterns if "desk/" in str(one.pattern)]
    return [*desk.urlpatterns, *own]


def reads() -> list[Asked]:
    """Every address that shows something, asked for all that not everybody reads."""
    listed = [list(_addresses(one)) for one in patterns()]
    found = [address for some in listed if _shows(some[0]) for address in some]
    for kind in kinds.kinds():
        choosing, listing = reverse("desk_choose"), reverse("desk_list", args=[kind.plural])
        for words in BEGUN:
            found += [_asked(choosing, kind=kind.plural, q=words), _asked(listing, q=words)]
        for key in _keys(kind):
            found.append(_asked(reverse("desk_new", args=["sessions"]), part_of=key))
            found.append(_asked(reverse("desk_paste", args=["contributions"]), part_of=key))
    for address in SEARCHED:
        found += [_asked(address, q=words) for words in BEGUN]
    found += _public()
    found += [reverse(one, args=[number]) for one in BY_NUMBER for number in numbers()]
    hashes = Picture.everything.order_by("pk").values_list("sha256", flat=True)
    found += [f"/media/{one}.png" for one in hashes]
    asked = [Asked(address, by_program=True) for address in programs.reads()]
    return [*map(Asked, found), *asked]


def _public() -> Iterator[str]:
    """Addresses for everybody, of what not everybody reads: pages, badges, documents, the API."""
    for kind in kinds.kinds():
        yield f"/api/v1/{kind.plural}"
        for key in _keys(kind):
            name = key.partition(":")[2]
            yield f"/api/v1/{kind.plural}/{name}"
            yield reverse("follow", args=[kind.kind, name])
            yield reverse("site:embed", args=[kind.kind, name])
            yield reverse("site:badge", args=[kind.kind, name])
            if kind.kind == "gathering":
                yield from (
                    reverse(one, args=[name])
                    for one in ("closing_report", "closing_report_docx", "propose")
                )
            if kind.kind == "theme":
                yield reverse("followup:theme", args=[name])
                yield reverse("followup:theme_xlsx", args=[name])
            if kind.kind == "proposal":
                files = SentFile.objects.values_list("pk", flat=True)
                yield from (reverse("proposal_file", args=[name, file]) for file in files)


def _shows(address: str) -> bool:
    """Whether a page is there to be read: one that takes forms alone leads to the one above."""
    answer = Client().get(address)
    return answer.status_code != 405 and not answer.get("Location", "").startswith("/en/desk/")


def _asked(address: str, **query: str) -> str:
    return f"{address}?{urlencode(query)}"


def _keys(kind: Kind) -> list[str]:
    """The register keys of the records of a kind that not everybody reads."""
    rows = kind.model.everything.exclude(readers="public").order_by("pk")
    return [f"{kind.kind}:{key}" for key in rows.values_list("key", flat=True)]


def writes(chance: Random) -> Iterator[Asked]:
    """Forms for ever, to any address, with any fields and what is not theirs among them."""
    listed = [address for one in patterns() for address in _addresses(one)]
    keys = [key.split(":") for kind in kinds.kinds() for key in _keys(kind)]
    theirs, methods = numbers(), ("post",) * 6 + ("put", "patch", "delete", "options", "head")
    while True:
        if chance.random() < BY_PROGRAMS:
            address, method, body = programs.write(chance)
            yield Asked(address, method, by_program=True, body=body)
            continue
        address = chance.choice(listed)
        fields = dict(chance.sample(sorted(FIELDS.items()), chance.randint(1, len(FIELDS))))
        kind, key = chance.choice(keys)
        fields |= {"act": chance.choice(ACTS), "answers": str(chance.choice(theirs))}
        fields |= {"ticked": f"{kind}:1:{key}", "remove": str(chance.choice(theirs))}
        fields |= {f"{kind}-key": key, f"{kind}-words": "x", f"{kind}-shown": "x"}
        fields |= {"rows": f"Name\tOrganization\n{key}\t{key}", "part_of": f"{kind}:{key}"}
        method = chance.choice(methods)
        own = "/account/" in address and "/revoke/" not in address
        if own or "office/choose" in address:
            method = "options"  # one's own account is no other side's
        yield Asked(address, method, fields)


def kept() -> list[dict[str, object]]:
    """All rows that an officer of A must not have changed.

    Without the letters by which others are told that A disputes what it reads with them.
    """
    own = [AUDIENCES[one] for one in READ["officer of A"]]
    rows = [kind.model.everything.exclude(readers__in=own) for kind in kinds.kinds()]
    offices = [f"organization:office-{letter}" for letter in OWN]
    rows += [
        model.objects.filter(office__in=offices)
        for model in (Note, Draft, Attachment, Contact, Letter)
    ]
    rows[-1] = rows[-1].exclude(subject__startswith="Disputed: ")
    rows += [
        model.objects.exclude(office__organization__key="office-a")
        for model in (Invitation, MandateHeld)
    ]
    rows += rooms_above.changed()
    return [row for some in rows for row in some.order_by("pk").values()]
