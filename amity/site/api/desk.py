"""`/api/v1/desk`: what an office reads and writes, for programs with a person's token.

The same rules, checks and letters as at the desk: everything is written by `record.actions`.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI

from amity.accounts.signed_in import AtDesk
from amity.desk.actions import LONGEST_NOTE, LONGEST_REASON
from amity.desk.new import beginning
from amity.desk.new.naming import new_key
from amity.desk.telling import Telling
from amity.dossier.shapes.catalogue import PICTURE
from amity.foundation.differences import Plain
from amity.foundation.pages.links import absolute, with_query
from amity.foundation.pages.public import current_page
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.plain.filling import fill
from amity.record.queries import visible_to
from amity.record.refusals import NotAllowed
from amity.tokens.queries import Program

from .answering import as_json
from .bodies import body_of, fields_of, refuse_others, refuse_unseen, words_of
from .desk_records import (
    as_items,
    audience_in,
    changed,
    found_or_404,
    record_response,
    revision_in,
    written_kind_or_404,
)
from .filters import filters_of, refuse_unknown, wanted_rows
from .once import once
from .problems import Fault, Problem
from .programs import ProgramRequest, by_token, in_turn, refuse_to_release, refuse_to_write

ADDRESS = "/api/v1/desk/"


@by_token
def show_caller(request: ProgramRequest) -> HttpResponse:
    """Whom the token acts as, and where the records are."""
    refuse_unknown(request, ())
    token = request.program.token
    return as_json(
        {
            "office": request.program.acting.organization,
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
    kind = written_kind_or_404(plural)
    form = filters_of(kind.kind)
    refuse_unknown(request, form.base_fields)
    filters, acting = form.read(request.GET), request.program.acting
    page = current_page(timezone.now().date(), form.spelling(request.GET))
    limit = filters.cleaned_data["limit"]
    rows = wanted_rows(kind, visible_to(acting, kind.model), filters, page, acting)
    found = list(rows[: limit + 1])
    shown = as_items(kind, found[:limit])
    more = len(found) > limit
    following = absolute(with_query(request, after=shown[-1]["id"])) if more else None
    return as_json({"items": shown, "next": following})


@by_token
def show_one(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """One record that the office reads. Raises Http404, Removed and Moved."""
    kind = written_kind_or_404(plural)
    refuse_unknown(request, ())
    return record_response(kind, found_or_404(request, kind, key))


@by_token
def add(request: ProgramRequest, plural: str) -> HttpResponse:
    """Begin a record; once, however often the request comes under one `Idempotency-Key`."""
    kind = written_kind_or_404(plural)
    refuse_unknown(request, ())
    refuse_to_write(request.program, kind)
    given = body_of(request)

    def made() -> HttpResponse:
        fields, program = fields_of(kind, given), request.program
        if not rules.writes(program.acting):
            raise NotAllowed
        record = beginning.begin(program.acting, kind, "")
        state: Plain = {name: value for name, value in fields.items() if value is not None}
        refuse_unseen(program.acting, kind, state)
        rows = fill(record, state)
        office = program.acting.organization
        record.key = new_key(kind, record, office)
        if "position" not in state:
            beginning.put_last(kind, record)
        writing.save(program.acting, record, rows)
        response = record_response(kind, found_or_404(request, kind, record.key), status=201)
        response["Location"] = absolute(f"{ADDRESS}{plural}/{record.key}")
        return response

    return once(request, made)


@by_token
def change(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Change the fields that are sent; null empties one (RFC 7396)."""
    kind = written_kind_or_404(plural)
    refuse_unknown(request, ())
    refuse_to_write(request.program, kind)
    fields = fields_of(kind, body_of(request))
    with in_turn(request):
        record, rows = changed(request, kind, key, fields)
        if not rules.may_change(request.program.acting, record):
            raise NotAllowed
        writing.save(request.program.acting, record, rows)
    return record_response(kind, found_or_404(request, kind, record.key))


@by_token
def propose(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Ask the other sides to agree to other fields, or to other readers."""
    kind = written_kind_or_404(plural)
    refuse_unknown(request, ())
    refuse_to_write(request.program, kind)
    given = body_of(request)
    refuse_others(given, ("record", "note", "together", "audience"))
    wanted = given.get("record") or {}
    if not isinstance(wanted, dict):
        raise Problem(422, faults=[Fault(("record",), "Expected an object of fields.")])
    # Words without quotation marks inside are what a record's own fields are read from.
    fields = fields_of(kind, {name: None if _is_null(one) else one for name, one in wanted.items()})
    audience = audience_in(given) if "audience" in given else None
    if audience is not None:
        refuse_to_release(request.program)
    with in_turn(request):
        record, rows = changed(request, kind, key, fields)
        made = writing.propose(
            request.program.acting,
            record,
            rows,
            audience=audience,
            note=words_of(given, "note", LONGEST_NOTE),
            together=str(given.get("together", "false")) == "true",
        )
        Telling(_at_desk(request.program), kind, record).proposed(made)
    return as_json({"proposal": made.pk}, status=201)


@by_token
def remove(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Remove a record, with the reason that readers of its address are told."""
    kind = written_kind_or_404(plural)
    refuse_unknown(request, ())
    refuse_to_write(request.program, kind)
    given = body_of(request)
    refuse_others(given, ("reason",))
    reason = words_of(given, "reason", LONGEST_REASON)
    if not reason:
        raise Problem(422, faults=[Fault(("reason",), "Say why: readers of the address are told.")])
    with in_turn(request):
        record = found_or_404(request, kind, key)
        record.revision = revision_in(request)
        writing.remove(request.program.acting, record, reason)
    return HttpResponse(status=204)


@by_token
def release(request: ProgramRequest, plural: str, key: str) -> HttpResponse:
    """Say who reads a record from now on."""
    kind = written_kind_or_404(plural)
    refuse_unknown(request, ())
    refuse_to_release(request.program)
    given = body_of(request)
    refuse_others(given, ("audience", "reason"))
    audience = audience_in(given)
    reason = words_of(given, "reason", LONGEST_REASON)
    with in_turn(request):
        record = found_or_404(request, kind, key)
        record.revision = revision_in(request)
        writing.release(request.program.acting, record, audience, reason)
    return record_response(kind, found_or_404(request, kind, record.key))


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


def _is_null(value: object) -> bool:
    return isinstance(value, str) and value.__class__ is not str and value == "null"


def _at_desk(program: Program) -> AtDesk:
    token = program.token
    return AtDesk(token.user, (token.office,), token.office, program.acting)
