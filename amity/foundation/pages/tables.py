"""Lists as CSV: the view that gives one, from the list's form, its rows and its columns."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from django.utils import translation

from amity.foundation.formats.tables import AT_A_TIME, Column, lines
from amity.foundation.pages.filters import Filters
from amity.foundation.pages.public import PageRequest, View, public_page

Form = TypeVar("Form", bound=Filters)
Row = TypeVar("Row", bound=Model)


def csv_view(
    name: str,
    form: type[Form],
    rows: Callable[[PageRequest, Form], QuerySet[Row]],
    columns: Sequence[Column[Row]],
) -> View:
    """The view that gives all rows of a list which its page's form chooses, as `name`.csv.

    Rows are read as they are sent; no more than some hundred are ever in memory.
    """

    @public_page(form)
    def table(request: PageRequest, filters: Form) -> StreamingHttpResponse:
        language = translation.get_language() or "en"
        found = rows(request, filters).iterator(chunk_size=AT_A_TIME)
        body = () if request.method == "HEAD" else lines(columns, found, language)
        return StreamingHttpResponse(
            body,
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}.{language}.csv"',
                "Cache-Control": "no-cache",
            },
        )

    return table
