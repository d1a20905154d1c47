"""Public pages: who has the current one is told so, and nothing is made twice.

What a public page shows follows from the record, the day (what is overdue changes at midnight
UTC), the language, its address and the running release. One SQL statement reads the record's
version; from there a page is either still current with the reader (304, RFC 9110 section 13),
or in memory, or made by its view.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial, wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import TypeGuard, cast, overload

from django.conf import settings
from django.core.signals import setting_changed
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from jinja2 import pass_context
from jinja2.runtime import Context

from amity.foundation.database.moment import one_moment
from amity.foundation.models import Change
from amity.foundation.pages import release
from amity.foundation.pages.cache import Kept, PageCache, accepts_gzip, pack
from amity.foundation.pages.filters import Filters

View = Callable[..., HttpResponseBase]

CACHE_CONTROL = "public, max-age=0, must-revalidate"
"""Anybody may keep a page, and asks each time whether it still holds: that costs us little."""
COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/xml")
COMPRESSIBLE_SUFFIXES = ("+json", "+xml")
NEWEST = "SELECT id, at FROM foundation_change WHERE public ORDER BY id DESC LIMIT 1"
"""The newest change that the public reads: asked before anything else on every public page, and
spelled out because to put it together takes longer than to answer it, a third of a cached page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made from; stands on the request as `request.page`."""

    version: int
    changed_at: datetime | None
    today: date
    query: str


class PageRequest(HttpRequest):
    """A request as the view of a public page gets it."""

    page: Page


@overload
def public_page(view: View, /) -> View: ...
@overload
def public_page(form: type[Filters], /) -> Callable[[View], View]: ...
def public_page(made_of: View | type[Filters], /) -> View | Callable[[View], View]:
    """Make a view a public page; `@public_page(CommitmentFilters)` one that has parameters.

    The form that was read from the query is handed to the view as `filters`. The view may answer
    in any format; only answers with status 200 are kept. It must depend on nothing but the
    record, `request.page.today`, the language, the path and the form.
    """
    if isinstance(made_of, type):
        return partial(_public, made_of)
    return _public(None, made_of)


def _public(form: type[Filters] | None, view: View) -> View:
    def made(
        request: HttpRequest, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase:
        if form is not None:
            kwargs["filters"] = form.read(request.GET)
        response = view(request, *args, **kwargs)
        if isinstance(response, StreamingHttpResponse):
            pieces = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = _at_one_moment(pieces)
        return response

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        with one_moment():  # what is read for a page is of the version that it is kept under
            now = timezone.now()
            page = current_page(now.date(), form.spelling(request.GET) if form else "")
            request.page = page  # type: ignore[attr-defined] # for the view and its template
            request.GET = QueryDict(page.query)  # what is undeclared is out of sight
            making = partial(made, request, args, kwargs)
            if translation.get_language_from_path(request.path) is None:
                with translation.override(settings.LANGUAGE_CODE):  # the same whoever asks
                    return answer_as(request, page, now, making)
            return answer_as(request, page, now, making)

    def answer_as(
        request: HttpRequest, page: Page, now: datetime, making: Callable[[], HttpResponseBase]
    ) -> HttpResponseBase:
        if page.changed_at is None:
            return making()
        tag = _tag(page, request.path)
        asked = [
            asked.removeprefix("W/")
            for asked in parse_etags(request.headers.get("If-None-Match", ""))
        ]
        if tag.removeprefix("W/") in asked:
            return _not_modified(tag, page, now)
        kept = _cache().get(tag)
        if kept is None:
            response = making()
            if not _may_be_kept(response):
                return response
            kept = Kept(response.content, tuple(response.items()))
            _cache().put(tag, kept)
        if "*" in asked or (not asked and _unchanged_since(request, page)):
            return _not_modified(tag, page, now)
        return _sent(request, kept, tag, page, now)

    return answer


def _at_one_moment(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a long answer, which reads the record while it is sent."""
    with one_moment():
        yield from pieces


def _may_be_kept(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == HTTPStatus.OK
        and not response.cookies
    )


def current_page(today: date, query: str) -> Page:
    """The page to be made now. One SQL statement."""
    for newest in Change.objects.raw(NEWEST):
        return Page(newest.pk, newest.at, today, query)
    return Page(0, None, today, query)


@pass_context
def today(context: Context) -> date:
    """The day this page is made for (UTC)."""
    page = getattr(context["request"], "page", None)
    return page.today if page else timezone.now().date()


def _tag(page: Page, path: str) -> str:
    """The validator. Weak, because the compressed and the plain form share it."""
    made_from = (
        str(page.version),
        page.changed_at.isoformat() if page.changed_at else "",
        path,
        page.query,
        translation.get_language() or "",
        page.today.isoformat(),
        release.name(),
        settings.BASE_URL,
        settings.PUBLISHER,
        settings.CONTACT,
        settings.IMPRINT,
    )
    digest = blake2b("\0".join(made_from).encode(), digest_size=16).hexdigest()
    return f'W/"{digest}"'


def _last_modified(page: Page) -> datetime:
    midnight = datetime.combine(page.today, time.min, UTC)
    return max(page.changed_at or midnight, midnight, release.changed_at()).replace(microsecond=0)


def _unchanged_since(request: HttpRequest, page: Page) -> bool:
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and _last_modified(page).timestamp() <= since


def _validators(tag: str, page: Page, now: datetime) -> dict[str, str]:
    """Headers that a 200 and a 304 share.

    A date has whole seconds. While the second of the last change is not over, another change may
    fall into it; then the date given is the second before, which can only cause a fresh answer.
    """
    modified = min(_last_modified(page), now.replace(microsecond=0) - timedelta(seconds=1))
    return {
        "ETag": tag,
        "Last-Modified": http_date(modified.timestamp()),
        "Cache-Control": CACHE_CONTROL,
        "Vary": "Accept-Encoding",
    }


def _not_modified(tag: str, page: Page, now: datetime) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=_validators(tag, page, now))
    del response["Content-Type"]
    return response


def _sent(request: HttpRequest, kept: Kept, tag: str, page: Page, now: datetime) -> HttpResponse:
    headers = dict(kept.headers) | _validators(tag, page, now)
    body = kept.body
    if _compressible(headers.get("Content-Type", "")) and accepts_gzip(
        request.headers.get("Accept-Encoding", "")
    ):
        if kept.packed is None and (packed := pack(kept.body)):
            kept = replace(kept, packed=packed)
            _cache().put(tag, kept)
        if kept.packed is not None:
            body = kept.packed
            headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)


def _compressible(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip()
    return media_type.startswith(COMPRESSIBLE) or media_type.endswith(COMPRESSIBLE_SUFFIXES)


@lru_cache(maxsize=1)
def _cache() -> PageCache:
    return PageCache(settings.PAGE_CACHE_BYTES)


def _forget(*, setting: str, **_: object) -> None:
    if setting == "PAGE_CACHE_BYTES":
        _cache.cache_clear()


setting_changed.connect(_forget)
