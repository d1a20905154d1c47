"""What a program of another side asks `/api/v1/desk` for, with what is not theirs in it."""

import json
from collections.abc import Iterator
from random import Random

from amity.record import kinds
from amity.record.kinds import Kind

DESK = "/api/v1/desk"
ENDINGS = ("", "/propose", "/remove", "/release")
WORDS = {"original": "en", "versions": {"en": {"words": "Taken over"}}}
FIELDS: dict[str, object] = {
    "title": WORDS,
    "name": WORDS,
    "text": WORDS,
    "status": "cancelled",
    "kind": "commitment",
    "keeper": "organization:office-a",
    "readers": "public",
    "audience": "public",
    "office": "office-a",
    "reason": "Because",
    "note": "Because",
    "together": True,
    "id": "taken-over",
    "revision": 1,
    "completion": "complete",
}
"""Sent where nobody should: which words a record has, who keeps and reads it."""
REFERENCES = (
    "gathering",
    "partnership",
    "person",
    "place",
    "parent",
    "organizers",
    "themes",
    "proposals",
    "parties",
    "picture",
    "commitment",
    "side",
)
"""Fields that name other records."""


def reads() -> Iterator[str]:
    """The list of each kind, and each record that not everybody reads."""
    yield DESK
    for kind in _written():
        yield f"{DESK}/{kind.plural}?limit=200"
        for name in _names(kind):
            yield f"{DESK}/{kind.plural}/{name}"


def write(chance: Random) -> tuple[str, str, str]:
    """An address, how it is asked and what is sent: any record, with any fields."""
    kind, other = chance.choice(_written()), chance.choice(_written())
    names, others = _names(kind), _names(other)
    fields = dict(chance.sample(sorted(FIELDS.items(), key=str), chance.randint(1, len(FIELDS))))
    named = chance.choice(others)
    for field in chance.sample(REFERENCES, 3):
        fields[field] = chance.choice([named, [named], f"{other.kind}/{named}", {"id": named}])
    ending = chance.choice(("", *ENDINGS))
    if ending == "/propose":
        fields = {"record": fields, "note": "Because"}
    if ending in ("/remove", "/release"):
        fields = {"reason": "Because"} | ({"audience": "public"} if ending == "/release" else {})
    one = f"{DESK}/{kind.plural}/{chance.choice(names)}{ending}"
    if ending:
        return one, "post", json.dumps(fields)
    address = chance.choice((f"{DESK}/{kind.plural}", one, one))
    method = "post" if address != one else chance.choice(("patch", "patch", "put", "delete"))
    return address, method, json.dumps(fields)


def _written() -> list[Kind]:
    return [kind for kind in kinds.kinds() if kind.kind != "picture"]


def _names(kind: Kind) -> list[str]:
    rows = kind.model.everything.exclude(readers="public").order_by("pk")
    return list(rows.values_list("key", flat=True))
