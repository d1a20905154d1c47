"""Headers that keep a page from doing what none of ours needs to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""No inline script or style anywhere: what somebody smuggles into a text stays a text."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


FOR_PROGRAMS = frozenset(
    {
        "text/calendar",
        "text/csv",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/openapi+json",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
"""Public data that pages of others may fetch too; with anybody's cookies they never may."""


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every answer carries `HEADERS`, unless its view set one of them itself, and
    calendars, feeds and tables are for pages of other origins too."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").partition(";")[0] in FOR_PROGRAMS:
            response.headers.setdefault("Access-Control-Allow-Origin", "*")
        return response

    return answer
