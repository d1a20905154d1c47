"""What the description of the interface says of the operations for programs with a token."""

from amity.dossier.shapes.catalogue import PICTURE, record_shape
from amity.record import kinds
from amity.record.choices import Audience

from . import problems
from .records import Json
from .schemas import name_of, reference, with_our_references

SECURITY: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that a person made at the desk, for one office.",
    }
}
FAILURES = {
    400: "What was sent cannot be read.",
    401: "There is no token, or none that serves.",
    403: "The token, the person’s mandate or the office does not allow it.",
    404: "There is no such record that the office reads.",
    409: "Somebody else has saved since (`yours` and `theirs`), or something stands in the way.",
    410: "The record was removed.",
    415: "Only JSON is taken.",
    422: "Fields cannot be as they were sent (`errors`).",
    428: "If-Match is missing.",
}
IF_MATCH: Json = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag with which the record was read.",
    "schema": {"type": "string", "pattern": '^"[1-9][0-9]*"$'},
}
ONCE: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A name of the request: sent again, it does nothing and gets the same answer.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200},
}
REASON: Json = {"type": "string", "maxLength": 1_000}
AUDIENCE: Json = {"enum": list(Audience.values)}
RECORD: Json = {
    "type": "object",
    "description": "A record as the public interface gives it, with these beside it.",
    "required": ["id", "revision", "audience"],
    "properties": {
        "id": {"type": "string"},
        "revision": {"type": "integer"},
        "audience": AUDIENCE,
    },
}
LIST: Json = {
    "type": "object",
    "required": ["items", "next"],
    "properties": {
        "items": {"type": "array", "items": reference("DeskRecord")},
        "next": {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]},
    },
}
CALLER: Json = {
    "type": "object",
    "required": ["office", "token", "purposes", "expires_at", "records"],
    "properties": {
        "office": {"type": "string"},
        "token": {"type": "string"},
        "purposes": {"type": "array", "items": {"type": "string"}},
        "expires_at": {"type": "string", "format": "date-time"},
        "records": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    },
}


def _object(properties: Json, *required: str) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def written(kind: str) -> Json:
    """What is sent of a record: the fields that people write; null empties one."""
    shape = record_shape(kind).schema()
    fields = {name: one for name, one in shape["properties"].items() if name != "id"}
    nullable = {name: {"anyOf": [one, {"type": "null"}]} for name, one in fields.items()}
    return {**_object(nullable), "description": f"Fields of a {kind}."}


def schemas() -> dict[str, Json]:
    """The schemas of what is sent and answered, by name."""
    made: dict[str, Json] = {"DeskRecord": RECORD}
    for kind in kinds.kinds():
        if kind.kind != PICTURE:
            made[f"{name_of(kind.kind)}Written"] = written(kind.kind)
    return with_our_references(made)


def described(operation: str) -> Json:
    """What is said of an operation: summary, headers, what is sent, and the answers."""
    summary, sent, given, status, headers, failures = OPERATIONS[operation]
    said: Json = {
        "summary": summary,
        "security": [{"token": []}],
        "responses": {
            status: {"description": "Done.", **_json(given)},
            **{
                code: {
                    "description": FAILURES[code],
                    "content": {problems.MEDIA_TYPE: {"schema": reference("Problem")}},
                }
                for code in (401, *failures)
            },
        },
    }
    if headers:
        said["parameters"] = headers
    if sent is not None:
        said["requestBody"] = {"required": True, "content": {"application/json": {"schema": sent}}}
    return said


def _json(given: Json | None) -> Json:
    return {"content": {"application/json": {"schema": given}}} if given else {}


def _any_written() -> Json:
    names = [name_of(one.kind) for one in kinds.kinds() if one.kind != PICTURE]
    return {"anyOf": [reference(f"{name}Written") for name in names]}


READING = (400, 404)
WRITING = (400, 403, 404, 409, 410, 415, 422, 428)
OPERATIONS: dict[str, tuple[str, Json | None, Json | None, int, list[Json], tuple[int, ...]]] = {
    "show_caller": ("Whom a token acts as", None, CALLER, 200, [], (400,)),
    "show_list": ("List what the office reads", None, LIST, 200, [], READING),
    "show_one": ("One record that the office reads", None, RECORD, 200, [], (*READING, 410)),
    "add": (
        "Begin a record",
        _any_written(),
        RECORD,
        201,
        [ONCE],
        (400, 403, 404, 409, 415, 422),
    ),
    "change": ("Change a record", _any_written(), RECORD, 200, [IF_MATCH], WRITING),
    "propose": (
        "Propose a change to the other sides",
        _object(
            {
                "record": _any_written(),
                "note": {"type": "string", "maxLength": 10_000},
                "together": {"type": "boolean"},
                "audience": AUDIENCE,
            }
        ),
        _object({"proposal": {"type": "integer"}}, "proposal"),
        201,
        [IF_MATCH],
        WRITING,
    ),
    "remove": (
        "Remove a record",
        _object({"reason": REASON}, "reason"),
        None,
        204,
        [IF_MATCH],
        WRITING,
    ),
    "release": (
        "Say who reads a record",
        _object({"audience": AUDIENCE, "reason": REASON}, "audience"),
        RECORD,
        200,
        [IF_MATCH],
        WRITING,
    ),
}
"""Operation → its summary, what is sent and answered, with which status, headers, failures."""
