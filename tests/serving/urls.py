"""What the tests of the server ask for."""

import time

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from amity.site.views.health import healthz

LINE = b"x" * 255 + b"\n"
LINES = 12_000


def slow(request: HttpRequest) -> HttpResponse:
    """An answer that takes as long as `seconds` says."""
    time.sleep(float(request.GET["seconds"]))
    return HttpResponse("done")


def told(request: HttpRequest) -> HttpResponse:
    """What the application learns of a request."""
    return JsonResponse(
        {
            "address": request.build_absolute_uri(),
            "client": request.META["REMOTE_ADDR"],
            "secure": request.is_secure(),
            "cookies": request.COOKIES,
            "body": request.body.decode(),
            "headers": dict(request.headers),
        }
    )


def long(request: HttpRequest) -> StreamingHttpResponse:
    """3 MB in small pieces."""
    return StreamingHttpResponse(LINE for _ in range(LINES))


urlpatterns = [
    path("healthz", healthz),
    path("slow", slow),
    path("told/<path:rest>", csrf_exempt(lambda request, rest: told(request))),
    path("told", csrf_exempt(told)),
    path("long", long),
]
