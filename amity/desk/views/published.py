"""A file that everybody may read: given out as an attachment, asked for anew each time."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from amity.desk.files.attachments import path_of
from amity.desk.files.published import published
from amity.foundation.pages.given import as_attachment

ASKED_AGAIN = "public, max-age=0, must-revalidate"
"""Whoever keeps it asks each time whether everybody may still read it."""


@require_safe
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    """The bytes of a file. Two SQL statements."""
    file = published(number)
    headers = {"ETag": f'"{file.sha256}"', "Cache-Control": ASKED_AGAIN}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    answer = as_attachment(path_of(file), file.name, file.media_type)
    del answer["Expires"]
    for name, value in headers.items():
        answer[name] = value
    return answer
