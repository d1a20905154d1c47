"""The columns of the list of gatherings, had as CSV."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from amity.foundation.formats.tables import Column
from amity.gatherings.agreement import state_words
from amity.gatherings.models import Gathering
from amity.languages.jinja import plain
from amity.record.lists.columns import first_day, label_of, last_day, of_records, when

GATHERINGS: Sequence[Column[Gathering]] = of_records(
    "gathering",
    Column("title", label_of(Gathering, "title"), lambda row: plain(row.title)),
    Column("kind", label_of(Gathering, "kind"), lambda row: row.get_kind_display()),
    Column("status", label_of(Gathering, "status"), lambda row: state_words(row.kind, row.status)),
    Column("when", label_of(Gathering, "when"), lambda row: when(row.when)),
    Column("first_day", gettext_lazy("First day"), lambda row: first_day(row.when)),
    Column("last_day", gettext_lazy("Last day"), lambda row: last_day(row.when)),
    Column(
        "place",
        label_of(Gathering, "place"),
        lambda row: plain(row.place.name) if row.place else "",
    ),
    Column(
        "series",
        label_of(Gathering, "series"),
        lambda row: plain(row.series.name) if row.series else "",
    ),
    Column("number", label_of(Gathering, "number"), lambda row: row.number),
)
