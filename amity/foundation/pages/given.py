"""Files that somebody put here, given out so that nothing in them runs."""

from pathlib import Path

from django.http import FileResponse, Http404
from django.utils.cache import add_never_cache_headers

ALONE = "default-src 'none'; sandbox"
"""A file opened by itself can do nothing."""


def as_attachment(path: Path, name: str, media_type: str) -> FileResponse:
    """The bytes at `path`, to be kept and not shown. Raises Http404 where they are no more."""
    try:
        content = path.open("rb")
    except FileNotFoundError as error:
        raise Http404(name) from error
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    answer["Content-Security-Policy"] = ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(answer)
    return answer
