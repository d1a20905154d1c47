"""Addresses for the tests of this room: one page of each sort."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from amity.foundation.pages.filters import ChoiceField, Filters, FlagField, KeyField, PageField
from amity.foundation.pages.public import public_page

made: list[str] = []
"""One entry per page that a view had to make."""


@public_page
def plain_page(request: HttpRequest, key: str = "") -> HttpResponse:
    made.append(request.path)
    return HttpResponse("<p>" + "much the same " * 200 + "</p>")


class ListFilters(Filters):
    side = KeyField(label="Side")
    state = ChoiceField([("open", "open"), ("kept", "kept")], label="State")
    overdue = FlagField(label="Overdue only")
    page = PageField()


@public_page(ListFilters)
def listed(request: HttpRequest, filters: ListFilters) -> HttpResponse:
    made.append(request.path)
    chosen = filters.cleaned_data
    return HttpResponse(
        f"{chosen['page']} {chosen['side']} {chosen['state']} {chosen['overdue']} "
        f"{sorted(request.GET)}"
    )


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    return HttpResponse(
        "BEGIN:VCALENDAR\r\n" + "X-LINE:same\r\n" * 100,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="all.ics"'},
    )


@public_page
def picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"\x00" * 2000, content_type="image/png")


@public_page
def missing(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    raise Http404


@public_page
def framed(request: HttpRequest) -> HttpResponse:
    return render(request, "foundation/base.html", {"fictional": True})


def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("what nobody thought of")


def own_policy(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Security-Policy": "default-src 'self'"})


urlpatterns = i18n_patterns(
    path("", framed, name="home"),
    path("plain/", plain_page, name="plain"),
    path("plain/<slug:key>/", plain_page, name="plain-one"),
    path("commitments/", listed, name="commitments"),
    path("gatherings/calendar.ics", calendar, name="calendar"),
    path("picture/", picture),
    path("missing/", missing),
    path("closed/", closed),
    path("only-forms/", require_POST(closed)),
    path("failing/", failing),
    path("own-policy/", own_policy),
)
handler400 = "amity.foundation.pages.errors.bad_request"
handler403 = "amity.foundation.pages.errors.forbidden"
handler404 = "amity.foundation.pages.errors.not_found"
handler500 = "amity.foundation.pages.errors.broken"
