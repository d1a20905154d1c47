"""What everybody may read of the coverage."""

from django.http import HttpResponse

from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.jinja import language_name
from amity.languages.listing import options
from amity.record import sections
from amity.record.jinja import whole
from amity.sources import queries
from amity.sources.contexts import ArticlePage, CoveragePage, DifferencesPage
from amity.sources.formats.schema_org import article_data
from amity.sources.forms import ArticleFilters, DifferenceFilters


@public_page(ArticleFilters)
def coverage(request: PageRequest, filters: ArticleFilters) -> HttpResponse:
    """All articles, by source and language."""
    filters.offer("source", options(queries.sources(request.page)))
    languages = queries.article_languages(request.page)
    filters.offer("language", [(tag, language_name(tag)) for tag in languages])
    filters.offer_dossiers(request.page)
    listed = queries.list_articles(
        filters.number,
        filters.source_wanted(),
        filters.language_wanted(),
        filters.dossiers_wanted(),
    )
    return show(request, CoveragePage(listed=listed, filters=filters))


@public_page
def article(request: PageRequest, key: str) -> HttpResponse:
    """One article: what it says of what. Never its text."""
    found = queries.article_or_404(key)
    return show(
        request,
        ArticlePage(
            article=found,
            data=article_data(found),
            added=sections.fill("article", found, request.page),
            fictional=found.dossier.fictional,
            whole=whole(found.dossier),
        ),
    )


@public_page(DifferenceFilters)
def differences(request: PageRequest, filters: DifferenceFilters) -> HttpResponse:
    """Where independent voices say different things."""
    filters.offer_dossiers(request.page)
    listed = queries.list_differences(filters.number, filters.dossiers_wanted())
    return show(request, DifferencesPage(listed=listed, filters=filters))
