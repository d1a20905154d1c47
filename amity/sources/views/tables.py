"""The list of articles as CSV and XLSX."""

from django.db.models import QuerySet

from amity.foundation.pages.public import PageRequest
from amity.foundation.pages.tables import table_views
from amity.sources import queries
from amity.sources.columns import ARTICLES
from amity.sources.forms import ArticleFilters
from amity.sources.models import Article


def _articles(request: PageRequest, filters: ArticleFilters) -> QuerySet[Article]:
    rows = queries.published(
        queries.articles(
            filters.source_wanted(), filters.language_wanted(), filters.dossiers_wanted()
        )
    )
    return rows.select_related("source", "translation_of", "dossier")


articles = table_views("coverage", ArticleFilters, _articles, ARTICLES)
