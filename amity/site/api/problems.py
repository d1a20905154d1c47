"""What went wrong, as problem details for programs (RFC 9457)."""

import json
from http import HTTPStatus

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.utils import translation
from ninja import NinjaAPI

from amity.foundation.pages.filters import BadQuery
from amity.foundation.pages.links import absolute
from amity.foundation.pages.public import CACHE_CONTROL
from amity.languages.jinja import plain
from amity.record.removals import Moved, Removal, Removed, removal_of
from amity.site.moved import address_now

from .filters import UnknownParameterError

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
    },
}


def install(api: NinjaAPI) -> None:
    """Let `api` answer with problem details."""
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(Removed, _gone)
    api.add_exception_handler(Moved, _moved)
    api.add_exception_handler(BadQuery, _malformed)
    api.add_exception_handler(UnknownParameterError, _unknown)


def problem(
    status: HTTPStatus,
    detail: str,
    parameters: list[dict[str, str]],
    removed: dict[str, str] | None = None,
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
