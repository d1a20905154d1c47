"""Lists as CSV and XLSX: the views that give them, from the list's form, rows and columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from amity.foundation.formats.tables import AT_A_TIME, Column, lines
from amity.foundation.formats.workbook import MEDIA_TYPE, workbook
from amity.foundation.pages.filters import Filters
from amity.foundation.pages.public import PageRequest, View, public_page

Form = TypeVar("Form", bound=Filters)
Row = TypeVar("Row")


class TableViews(NamedTuple):
    """The views of a list's table: for programs and for people."""

    csv: View
    xlsx: View


def table_views(
    name: str,
    form: type[Form],
    rows: Callable[..., Iterable[Row]],
    columns: Sequence[Column[Row]],
) -> TableViews:
    """The views that give all rows of a list which its page's form chooses, as `name`.csv, .xlsx.

    `rows` is given the request, the form, and what the address names. Rows of the database are
    read as they are sent; no more than some hundred are ever in memory.
    """

    def found(request: PageRequest, filters: Form, parts: Mapping[str, str | int]) -> Iterator[Row]:
        listed = rows(request, filters, **parts)
        if isinstance(listed, QuerySet):
            return listed.iterator(chunk_size=AT_A_TIME)
        return iter(listed)

    @public_page(form)
    def as_csv(request: PageRequest, filters: Form, **parts: str | int) -> StreamingHttpResponse:
        language = translation.get_language() or "en"
        return answer_csv(request, f"{name}.{language}", columns, found(request, filters, parts))

    @public_page(form)
    def as_xlsx(request: PageRequest, filters: Form, **parts: str | int) -> HttpResponseBase:
        language = translation.get_language() or "en"
        headers = _headers(f"{name}.{language}.xlsx")
        if request.method == "HEAD":
            return HttpResponse(content_type=MEDIA_TYPE, headers=headers)
        file = workbook(
            name, columns, found(request, filters, parts), language, request.page.changed_at
        )
        return FileResponse(file, content_type=MEDIA_TYPE, headers=headers)

    return TableViews(as_csv, as_xlsx)


def answer_csv(
    request: HttpRequest, name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]
) -> StreamingHttpResponse:
    """The table as the file `name`.csv in the page's language; `rows` are read as they are sent."""
    language = translation.get_language() or "en"
    listed = () if request.method == "HEAD" else lines(columns, rows, language)
    return StreamingHttpResponse(
        listed, content_type="text/csv; charset=utf-8", headers=_headers(f"{name}.csv")
    )


def _headers(file: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{file}"',
        "Cache-Control": "no-cache",
    }
