"""What the templates of the coverage show."""

from dataclasses import dataclass

from amity.foundation.formats.structured import Thing
from amity.foundation.pages.context import PageContext
from amity.foundation.pages.paging import ListPage
from amity.record.sections import Filled
from amity.sources.forms import ArticleFilters, DifferenceFilters
from amity.sources.models import Article


@dataclass(frozen=True, kw_only=True)
class CoveragePage(PageContext):
    """All articles.

    `listed`: the page of the list. `filters`: what was chosen, with what there is to choose from.
    """

    template = "sources/coverage.html"
    listed: ListPage
    filters: ArticleFilters


@dataclass(frozen=True, kw_only=True)
class ArticlePage(PageContext):
    """An `article` with its passages, what each of them claims, and its translations.

    `data`: what the page says to programs, as schema.org has it. `added`: what rooms above add.
    """

    template = "sources/article.html"
    article: Article
    data: Thing
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class DifferencesPage(PageContext):
    """Where independent voices differ.

    `listed`: the page of the list. `filters`: what was chosen.
    """

    template = "sources/differences.html"
    listed: ListPage
    filters: DifferenceFilters
