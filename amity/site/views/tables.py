"""The lists as CSV."""

from collections.abc import Callable

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from amity.foundation.pages.public import PageRequest, public_page
from amity.site.formats.tables import lines
from amity.site.tables import TABLES

AT_A_TIME = 500
"""Rows fetched at once; no more are ever in memory."""


def table(name: str) -> Callable[..., HttpResponseBase]:
    """The view of a list that has pages for people at `<language>/<name>/`."""
    known = TABLES[name]

    @public_page(**known.parameters)
    def answer(request: PageRequest, **filters: object) -> StreamingHttpResponse:
        rows = known.rows(request.page, **filters).iterator(chunk_size=AT_A_TIME)
        language = translation.get_language() or "en"
        body = () if request.method == "HEAD" else lines(known.columns, rows, language)
        return StreamingHttpResponse(
            body,
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}.{language}.csv"',
                "Cache-Control": "no-cache",
            },
        )

    return answer
