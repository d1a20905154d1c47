"""What everybody may read of the coverage."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amity.foundation.pages import query
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.jinja import language_name
from amity.languages.listing import options
from amity.sources import queries
from amity.sources.formats.schema_org import article_data


@public_page(source=query.key(), language=query.key(), page=query.whole())
def coverage(
    request: PageRequest, *, source: str | None, language: str | None, page: int
) -> HttpResponse:
    """All articles, by source and language."""
    names = options(queries.sources(request.page))
    languages = [(tag, language_name(tag)) for tag in queries.article_languages(request.page)]
    return render(
        request,
        "sources/coverage.html",
        {
            "listed": queries.list_articles(page, source, language),
            "chosen": bool(source or language),
            "fields": [
                {"name": "source", "label": _("Source"), "value": source, "options": names},
                {
                    "name": "language",
                    "label": _("Language"),
                    "value": language,
                    "options": languages,
                },
            ],
        },
    )


@public_page
def article(request: PageRequest, key: str) -> HttpResponse:
    """One article: what it says of what. Never its text."""
    found = queries.article_or_404(key)
    return render(
        request,
        "sources/article.html",
        {
            "article": found,
            "data": article_data(found),
            "fictional": found.dossier.fictional,
        },
    )


@public_page(page=query.whole())
def differences(request: PageRequest, *, page: int) -> HttpResponse:
    """Where independent voices say different things."""
    return render(request, "sources/differences.html", {"listed": queries.list_differences(page)})
