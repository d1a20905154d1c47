"""Two addresses for whoever watches over a running server; not for readers."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from amity.foundation.database.schema import why_not_current

PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all; it asks nobody else."""
    return HttpResponse("ok\n", content_type=PLAIN)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has this release's schema, 503 with the reason if not."""
    try:
        reason = why_not_current()
    except DatabaseError:
        reason = "the database does not answer"
    if reason:
        return HttpResponse(f"{reason}\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)
