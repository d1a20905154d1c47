"""What went wrong, as problem details for programs (RFC 9457)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils import translation
from ninja import NinjaAPI

from amity.dossier.shapes.catalogue import record_shape
from amity.dossier.shapes.records import as_written
from amity.foundation.differences import JSON, Plain
from amity.foundation.faults import Path
from amity.foundation.pages.filters import BadQuery
from amity.foundation.pages.links import absolute
from amity.foundation.pages.public import CACHE_CONTROL
from amity.languages.jinja import plain
from amity.record.refusals import Conflict, NeedsAgreement, Refused
from amity.record.removals import Moved, Numbered, Removal, Removed, removal_of
from amity.site.moved import address_now, address_with

from .filters import UnknownParameterError
from .records import in_json_words

MEDIA_TYPE = "application/problem+json"

SCHEMA = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "removed": {
            "description": "When a record was removed, by which office, and why.",
            "type": "object",
            "required": ["at"],
            "properties": {
                "at": {"type": "string", "format": "date-time"},
                "by": {"type": "string"},
                "reason": {"type": "string"},
            },
        },
        "parameters": {
            "description": "The query parameters that cannot be meant, and why.",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
        "errors": {
            "description": "What is wrong with what was sent, field by field (JSON Pointer).",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "yours": {
            "description": "Where somebody else has saved since: the record as it was to be.",
            "type": "object",
        },
        "theirs": {
            "description": "And the record as it stands; read it anew for its revision.",
            "type": "object",
        },
        "fields": {
            "description": "Which fields change only when every side agrees: propose them.",
            "type": "array",
            "items": {"type": "string"},
        },
    },
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of what was sent; an empty path for the whole."""

    path: Path
    words: str

    @property
    def pointer(self) -> str:
        """The place as a JSON Pointer (RFC 6901), as a fragment."""
        steps = (str(one).replace("~", "~0").replace("/", "~1") for one in self.path)
        return "#" + "".join(f"/{one}" for one in steps)


class Problem(Exception):
    """What was asked cannot be done; `faults` say where, `beside` stands beside the words."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        beside: Mapping[str, JSON] | None = None,
    ) -> None:
        told = detail or "Some fields cannot be as they were sent."
        super().__init__(told)
        self.status, self.detail, self.faults = HTTPStatus(status), told, tuple(faults)
        self.headers, self.beside = dict(headers or {}), dict(beside or {})


def install(api: NinjaAPI) -> None:
    """Let `api` answer with problem details."""
    api.add_exception_handler(Problem, _told)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Conflict, _conflict)
    api.add_exception_handler(NeedsAgreement, _needs_agreement)
    api.add_exception_handler(PermissionDenied, _not_allowed)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(Removed, _gone)
    api.add_exception_handler(Moved, _moved)
    api.add_exception_handler(Numbered, _numbered)
    api.add_exception_handler(BadQuery, _malformed)
    api.add_exception_handler(UnknownParameterError, _unknown)


def problem(
    status: HTTPStatus,
    detail: str,
    parameters: list[dict[str, str]],
    removed: dict[str, str] | None = None,
    choices: list[str] | None = None,
) -> HttpResponse:
    """The answer that says what went wrong; nobody keeps it."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if parameters:
        body["parameters"] = parameters
    if removed is not None:
        body["removed"] = removed
    if choices is not None:
        body["choices"] = choices
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"},
    )


def _not_found(request: HttpRequest, error: object) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, f"There is nothing at {request.path}.", [])


def _gone(request: HttpRequest, error: Removed | type[Removed]) -> HttpResponse:
    """410 in the reader's language, for the one answer that is for people as well."""
    if not isinstance(error, Removed):
        raise TypeError(error)
    removal = removal_of(error.entry)
    answer = problem(HTTPStatus.GONE, removal.all_words, [], removed=_removed(removal))
    answer["Content-Language"] = translation.get_language() or "en"
    answer["Vary"] = "Accept-Language"
    return answer


def _removed(removal: Removal) -> dict[str, str]:
    at = removal.entry.removed_at
    told = {
        "at": at.isoformat(timespec="seconds") if at else "",
        "by": plain(removal.office) if removal.office else "",
        "reason": removal.entry.removed_why,
    }
    return {name: words for name, words in told.items() if words}


def _moved(request: HttpRequest, error: Moved | type[Moved]) -> HttpResponse:
    if not isinstance(error, Moved):
        raise TypeError(error)
    headers = {"Cache-Control": CACHE_CONTROL, "Access-Control-Allow-Origin": "*"}
    return HttpResponsePermanentRedirect(absolute(address_now(request, error)), headers=headers)


def _numbered(request: HttpRequest, error: Numbered | type[Numbered]) -> HttpResponse:
    """302 to the one record with the number, 300 with the addresses of all that have it."""
    if not isinstance(error, Numbered):
        raise TypeError(error)
    addresses = [absolute(address_with(request, one.key)) for one in error.entries]
    if len(addresses) == 1:
        answer = HttpResponseRedirect(addresses[0])
        answer["Cache-Control"], answer["Access-Control-Allow-Origin"] = "no-store", "*"
        return answer
    detail = f"Records of several dossiers have the number {error}."
    return problem(HTTPStatus.MULTIPLE_CHOICES, detail, [], choices=addresses)


def _malformed(request: HttpRequest, error: BadQuery | type[BadQuery]) -> HttpResponse:
    faults = error.faults if isinstance(error, BadQuery) else {}
    return _bad([{"name": name, "reason": reason} for name, reason in faults.items()])


def _unknown(
    request: HttpRequest, error: UnknownParameterError | type[UnknownParameterError]
) -> HttpResponse:
    if not isinstance(error, UnknownParameterError):
        raise TypeError(error)
    known = ", ".join(error.known) or "none"
    reason = f"This address does not know it; it knows {known}."
    return _bad([{"name": name, "reason": reason} for name in error.names])


def _bad(parameters: list[dict[str, str]]) -> HttpResponse:
    detail = "; ".join(f"{one['name']}: {one['reason']}" for one in parameters)
    return problem(HTTPStatus.BAD_REQUEST, detail, parameters)


def _told(request: HttpRequest, error: Problem | type[Problem]) -> HttpResponse:
    if not isinstance(error, Problem):
        raise TypeError(error)
    body: dict[str, object] = {
        "type": "about:blank",
        "title": error.status.phrase,
        "status": error.status.value,
        "detail": error.detail,
        **error.beside,
    }
    if error.faults:
        body["errors"] = [{"pointer": one.pointer, "detail": one.words} for one in error.faults]
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=error.status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **error.headers},
    )


def _invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """What fields, constraints and other records say of what was to be saved."""
    if not isinstance(error, ValidationError):
        raise TypeError(error)
    by_path = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    faults = [
        Fault(_path(place), message)
        for place, found in by_path.items()
        for one in found
        for message in one.messages
    ]
    return _told(request, Problem(422, faults=faults))


def _path(place: str) -> Path:
    """`parties.0.side` as a path; what is said of the whole stands nowhere."""
    steps = [one for one in place.split(".") if one not in ("", "__all__")]
    return tuple(int(one) if one.isdigit() else one for one in steps)


def _conflict(request: HttpRequest, error: Conflict | type[Conflict]) -> HttpResponse:
    if not isinstance(error, Conflict):
        raise TypeError(error)
    beside: dict[str, JSON] = {"yours": _as_given(error.kind, error.mine)}
    if error.theirs:
        beside["theirs"] = _as_given(error.kind, error.theirs)
    return _told(request, Problem(409, str(error), beside=beside))


def _as_given(kind: str, state: Plain) -> JSON:
    if "key" not in state:
        return {}
    given: JSON = in_json_words(record_shape(kind).write(as_written(dict(state))))
    return given


def _needs_agreement(
    request: HttpRequest, error: NeedsAgreement | type[NeedsAgreement]
) -> HttpResponse:
    if not isinstance(error, NeedsAgreement):
        raise TypeError(error)
    return _told(request, Problem(403, str(error), beside={"fields": list(error.fields)}))


def _not_allowed(
    request: HttpRequest, error: PermissionDenied | type[PermissionDenied]
) -> HttpResponse:
    words = str(error) or "The office, or the mandate in it, does not allow this."
    return _told(request, Problem(403, words))


def _refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    return _told(request, Problem(409, str(error)))
