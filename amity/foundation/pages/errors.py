"""Pages for what went wrong, in the reader's language; set as `handler400` … `handler500`."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from amity.foundation.pages.context import PageContext, show
from amity.foundation.pages.filters import BadQuery

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ErrorPage(PageContext):
    """What went wrong: its HTTP `status`, and the query `parameter` that cannot be meant.

    `expired`: a form was sent from a page that is too old. `at_desk`: the way on leads to the desk.
    """

    template = "foundation/error.html"

    status: int
    parameter: str | None = None
    expired: bool = False
    at_desk: bool = False


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address asks for something that cannot be meant."""
    parameter = exception.parameter if isinstance(exception, BadQuery) else None
    return _page(request, 400, parameter=parameter)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reader may not see this."""
    return _page(request, 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without its token, or with one that is too old. Set as CSRF_FAILURE_VIEW."""
    return _page(request, 403, expired=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(request, 404)


def method_refused(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: leads whoever looks at an address that takes forms alone to the form's page.

    People come there by loading a page again, or by an address that they kept. At the desk the page
    with the form stands above the address; elsewhere a page says what is wrong and has a way on.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or request.method not in ("GET", "HEAD"):
            return response
        if _is_at_desk(request):
            return redirect(_page_above(request.path))
        page = _page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Needs no database, and not even a working template."""
    try:
        return _page(request, 500)
    except Exception:  # whatever is broken, the reader gets a page
        logger.exception("the page for errors cannot be made either")
        return HttpResponse(
            _plain_page(translation.get_language() or "en"),
            status=500,
            headers={"Cache-Control": "no-store"},
        )


def _page(
    request: HttpRequest, status: int, parameter: str | None = None, *, expired: bool = False
) -> HttpResponse:
    error = ErrorPage(
        status=status,
        parameter=parameter,
        expired=expired,
        at_desk=_is_at_desk(request),
        noindex=True,
    )
    response = show(request, error, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _is_at_desk(request: HttpRequest) -> bool:
    return request.path.startswith(f"/{translation.get_language()}/desk/")


def _page_above(path: str) -> str:
    """The nearest address above one of the desk at which there is anything."""
    while True:
        path = path[: path.rstrip("/").rindex("/") + 1]
        with suppress(Resolver404):
            resolve(path)
            return path


def _plain_page(language: str) -> str:
    title, advice = _("Something broke on our side"), _("Please try again in a few minutes.")
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(advice)}</p></html>"
    )
