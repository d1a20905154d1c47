"""`/api/v1/desk`: what an office reads and writes, for programs with a person's token.

The same rules, checks and letters as at the desk: everything is written by `record.actions`.
"""

import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI

from amity.accounts.signed_in import AtDesk
from amity.desk.actions import LONGEST_NOTE, LONGEST_REASON
from amity.desk.new import beginning
from amity.desk.new.naming import new_key
from amity.desk.queries import kind_or_404, record_or_404
from amity.desk.telling import Telling
from amity.dossier.shapes.catalogue import PICTURE
from amity.foundation.actions import take_turn
from amity.foundation.differences import Plain
from amity.foundation.pages.links import absolute, with_query
from amity.foundation.pages.public import current_page
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.actions.write import audience_of
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.filling import fill
from amity.record.plain.states import plain_of
from amity.record.queries import visible_to
from amity.record.refusals import NotAllowed
from amity.record.removals import missing
from amity.tokens.models import Answered
from amity.tokens.queries import Program, answered

from .bodies import body_of, fields_of, refuse_others, refuse_unseen, words_of
from .filters import filters_of, refuse_unknown, wanted_rows
from .problems import Fault, Problem
from .programs import ProgramRequest, by_token, refuse_to_release, refuse_to_write
from .records import Json, read_records

ADDRESS = "/api/v1/desk/"
REVISION = re.compile(r'"([1-9][0-9]{0,8})"', re.ASCII)
REQUEST_KEY = re.compile(r"[\x21-\x7e]{8,200}", re.ASCII)


@by_token
def show_caller(request: ProgramRequest) -> HttpResponse:
    """Whom the token acts as, and where the records are."""
    refuse_unknown(request, ())
    token = request.program.token
    return _as_json(
        {
            "office": request.program.acting.office.partition(":")[2],
            "token": token.name,
            "purposes": list(token.purposes),
            "expires_at": token.expires_at.isoformat(timespec="seconds"),
            "records": {
                one.plural: absolute(f"{ADDRESS}{one.plural}")
                for one in kinds.kinds()
                if one.kind != PICTURE
            },
        }
    )


@by_token
def show_list(request: ProgramRequest, plural: str) -> HttpResponse:
    """The records of a kind that the office reads, by identifier."""
    kind = _kind(plural)
    form = filters_of(kind.kind)
    refuse_unknown(request, form.base_fields)
    filters, acting = form.read(request.GET), request.program.acting
    page = current_page(timezone.now().date(), form.spelling(request.GET))
    limit = filters.cleaned_data["limit"]
    rows = wanted_rows(kind, visible_to(acting, kind.model), filters, page, acting)
    found = list(rows[: limit + 1])
    shown = _shown(kind, found[:limit])
    more = len(found) > limit
    following = absolute(with_query(request, after=shown[-1]["id"])) if more else None
    return _as_json({"items": shown, "next": following})


@by_token
def show_one(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """One record that the office reads. Raises Http404, Removed and Moved."""
    kind = _kind(plural)
    refuse_unknown(request, ())
    return _record(kind, _found(request, kind, key))


@by_token
def add(request: ProgramRequest, plural: str) -> HttpResponse:
    """Begin a record; once, however often the request comes under one `Idempotency-Key`."""
    kind, program = _kind(plural), request.program
    refuse_unknown(request, ())
    refuse_to_write(program, kind)
    given = body_of(request)

    def made() -> HttpResponse:
        fields = fields_of(kind, given)
        if not rules.writes(program.acting):
            raise NotAllowed
        record = beginning.begin(program.acting, kind, "")
        state: Plain = {name: value for name, value in fields.items() if value is not None}
        refuse_unseen(program.acting, kind, state)
        rows = fill(record, state)
        office = program.acting.office.partition(":")[2]
        record.key = new_key(kind, record, office)
        if "position" not in state:
            beginning.put_last(kind, record)
        writing.save(program.acting, record, rows)
        response = _record(kind, _found(request, kind, record.key), status=201)
        response["Location"] = absolute(f"{ADDRESS}{plural}/{record.key}")
        return response

    return _once(request, made)


@by_token
def change(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Change the fields that are sent; null empties one (RFC 7396)."""
    kind, acting = _kind(plural), request.program.acting
    refuse_unknown(request, ())
    refuse_to_write(request.program, kind)
    fields = fields_of(kind, body_of(request))
    with transaction.atomic():
        take_turn()
        record, rows = _changed(request, kind, key, fields)
        if not rules.may_change(acting, record):
            raise NotAllowed
        writing.save(acting, record, rows)
    return _record(kind, _found(request, kind, record.key))


@by_token
def propose(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Ask the other sides to agree to other fields, or to other readers."""
    kind, acting = _kind(plural), request.program.acting
    refuse_unknown(request, ())
    refuse_to_write(request.program, kind)
    given = body_of(request)
    refuse_others(given, ("record", "note", "together", "audience"))
    wanted = given.get("record") or {}
    if not isinstance(wanted, dict):
        raise Problem(422, faults=[Fault(("record",), "Expected an object of fields.")])
    # Words without quotation marks inside are what a record's own fields are read from.
    fields = fields_of(kind, {name: None if _is_null(one) else one for name, one in wanted.items()})
    audience = _audience(given) if "audience" in given else None
    if audience is not None:
        refuse_to_release(request.program)
    with transaction.atomic():
        take_turn()
        record, rows = _changed(request, kind, key, fields)
        made = writing.propose(
            acting,
            record,
            rows,
            audience=audience,
            note=words_of(given, "note", LONGEST_NOTE),
            together=str(given.get("together", "false")) == "true",
        )
        Telling(_at_desk(request.program), kind, record).proposed(made)
    return _as_json({"proposal": made.pk}, status=201)


@by_token
def remove(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Remove a record, with the reason that readers of its address are told."""
    kind = _kind(plural)
    refuse_unknown(request, ())
    refuse_to_write(request.program, kind)
    given = body_of(request)
    refuse_others(given, ("reason",))
    reason = words_of(given, "reason", LONGEST_REASON)
    if not reason:
        raise Problem(422, faults=[Fault(("reason",), "Say why: readers of the address are told.")])
    record = _found(request, kind, key)
    record.revision = _revision(request)
    writing.remove(request.program.acting, record, reason)
    return HttpResponse(status=204)


@by_token
def release(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Say who reads a record from now on."""
    kind = _kind(plural)
    refuse_unknown(request, ())
    refuse_to_release(request.program)
    given = body_of(request)
    refuse_others(given, ("audience", "reason"))
    audience = _audience(given)
    record = _found(request, kind, key)
    record.revision = _revision(request)
    reason = words_of(given, "reason", LONGEST_REASON)
    writing.release(request.program.acting, record, audience, reason)
    return _record(kind, _found(request, kind, record.key))


def offer(api: NinjaAPI, described: Callable[[str], Mapping[str, object]]) -> None:
    """Add the operations; `described` gives what the description says of each."""
    for method, path, view in (
        ("GET", "/desk", show_caller),
        ("GET", "/desk/{slug:plural}", show_list),
        ("POST", "/desk/{slug:plural}", add),
        ("GET", "/desk/{slug:plural}/{slug:key}", show_one),
        ("PATCH", "/desk/{slug:plural}/{slug:key}", change),
        ("POST", "/desk/{slug:plural}/{slug:key}/propose", propose),
        ("POST", "/desk/{slug:plural}/{slug:key}/remove", remove),
        ("POST", "/desk/{slug:plural}/{slug:key}/release", release),
    ):
        _add(api, method, path, view, described(view.__name__))


def _add(
    api: NinjaAPI,
    method: str,
    path: str,
    view: Callable[..., HttpResponse],
    described: Mapping[str, object],
) -> None:
    name = f"desk_{view.__name__}"
    operation = api.api_operation(
        [method],
        path,
        operation_id=name,
        url_name=name,
        summary=str(described["summary"]),
        description=(view.__doc__ or "").partition(" Raises")[0],
        tags=["desk"],
        openapi_extra={key: value for key, value in described.items() if key != "summary"},
    )
    if "{slug:key}" in path:

        @operation
        def of_one(request: HttpRequest, plural: str, key: str) -> HttpResponse:
            return view(request, plural=plural, key=key)

    elif "{slug:plural}" in path:

        @operation
        def of_all(request: HttpRequest, plural: str) -> HttpResponse:
            return view(request, plural=plural)

    else:

        @operation
        def alone(request: HttpRequest) -> HttpResponse:
            return view(request)


def _once(request: ProgramRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What `make` answers, written with what it does; or what was answered to the same before."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        with transaction.atomic():
            take_turn()
            return make()
    if not REQUEST_KEY.fullmatch(key):
        raise Problem(400, "Expected 8 to 200 signs without spaces as Idempotency-Key.")
    digest = sha256(request.path.encode() + b"\n" + request.body).hexdigest()
    with transaction.atomic():
        take_turn()
        before = answered(request.program.token, key)
        if before is not None:
            if before.digest != digest:
                raise Problem(422, "This Idempotency-Key came with another request.")
            response = _as_json(before.body, status=before.status)
            response["Location"], response["ETag"] = before.location, f'"{before.revision}"'
            return response
        response = make()
        body = json.loads(response.content)
        Answered.objects.create(
            token=request.program.token,
            key=key,
            digest=digest,
            status=response.status_code,
            location=response["Location"],
            revision=body["revision"],
            body=body,
            at=timezone.now(),
        )
    return response


def _kind(plural: str) -> Kind:
    """A kind that programs write: all but pictures, which come as files. Raises Http404."""
    kind = kind_or_404(plural)
    if kind.kind == PICTURE:
        raise Http404(plural)
    return kind


def _found(request: ProgramRequest, kind: Kind, key: str) -> Recorded:
    """A record that the office reads. Raises Http404, Removed, Moved."""
    try:
        return record_or_404(request.program.acting, kind, key)
    except Http404:
        raise missing(kind.model, key, request.program.acting) from None


def _changed(
    request: ProgramRequest, kind: Kind, key: str, fields: Mapping[str, object]
) -> tuple[Recorded, dict[str, list[models.Model]]]:
    """A record as it is to be, not written yet, and its lists."""
    record = _found(request, kind, key)
    revision = _revision(request)
    state: Plain = {**plain_of(record), **fields}  # type: ignore[dict-item] # JSON, by the shapes
    state = {name: value for name, value in state.items() if value is not None}
    named: Plain = {name: value for name, value in state.items() if name in fields}
    refuse_unseen(request.program.acting, kind, named)
    rows = fill(record, state)
    record.revision = revision
    return record, rows


def _revision(request: HttpRequest) -> int:
    """The revision that a program has read. Raises Problem."""
    said = request.headers.get("If-Match", "")
    if not said:
        raise Problem(428, "Send the ETag of what you read as If-Match.")
    found = REVISION.fullmatch(said.strip())
    if found is None:
        raise Problem(400, 'Expected the ETag of what you read as If-Match, such as "3".')
    return int(found[1])


def _audience(given: Json) -> Audience:
    said = given.get("audience")
    if said not in Audience.values:
        expected = f"Expected one of {', '.join(Audience.values)}."
        raise Problem(422, faults=[Fault(("audience",), expected)])
    return Audience(str(said))


def _is_null(value: object) -> bool:
    return isinstance(value, str) and value.__class__ is not str and value == "null"


def _at_desk(program: Program) -> AtDesk:
    token = program.token
    return AtDesk(token.user, (token.office,), token.office, program.acting)


def _shown(kind: Kind, records: list[Recorded]) -> list[Json]:
    """Records as the public interface gives them, with their revision and who reads them."""
    known = {one.key: one for one in records}
    rows = kind.model.everything.filter(pk__in=[one.pk for one in records]).order_by("key")
    found = {one["id"]: one for one in read_records(kind, rows, timezone.now().date())}
    return [
        {**found[key], "revision": one.revision, "audience": str(audience_of(one))}
        for key, one in known.items()
        if key in found
    ]


def _record(kind: Kind, record: Recorded, status: int = 200) -> HttpResponse:
    response = _as_json(_shown(kind, [record])[0], status=status)
    response["ETag"] = f'"{record.revision}"'
    return response


def _as_json(data: object, status: int = 200) -> HttpResponse:
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(words, status=status, content_type="application/json")
