"""Pictures, under the hash of their bytes: an address that never changes what it gives."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from amity.record.pictures import media
from amity.record.queries import picture_exists

FOR_EVER = "public, max-age=31536000, immutable"
ALONE = "default-src 'none'; sandbox"
"""A picture opened by itself can do nothing."""


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """The bytes of a picture that is part of the record. One SQL statement."""
    try:
        sha256, media_type = media.parts_of(name)
        content = media.path_of(name).open("rb") if picture_exists(sha256, media_type) else None
    except (ValueError, FileNotFoundError) as error:
        raise Http404(name) from error
    if content is None:
        raise Http404(name)
    tag = f'"{sha256}"'
    headers = {
        "Cache-Control": FOR_EVER,
        "ETag": tag,
        "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if tag in request.headers.get("If-None-Match", ""):
        content.close()
        return HttpResponse(status=304, headers=headers)
    return FileResponse(content, content_type=media_type, headers=headers)
