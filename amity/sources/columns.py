"""The columns of the list of articles, had as CSV."""

from collections.abc import Sequence

from amity.foundation.formats.tables import Column
from amity.languages.jinja import plain
from amity.record.lists.columns import label_of, of_records, when
from amity.sources.models import Article

ARTICLES: Sequence[Column[Article]] = of_records(
    "article",
    Column("title", label_of(Article, "title"), lambda row: plain(row.title)),
    Column("source", label_of(Article, "source"), lambda row: plain(row.source.name)),
    Column("language", label_of(Article, "language"), lambda row: row.language),
    Column("published", label_of(Article, "published"), lambda row: when(row.published)),
    Column("url", label_of(Article, "url"), lambda row: row.url),
    Column(
        "translation_of",
        label_of(Article, "translation_of"),
        lambda row: plain(row.translation_of.title) if row.translation_of else "",
    ),
)
