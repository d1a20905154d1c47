"""Articles as schema.org things, for search engines and other programs."""

from amity.foundation.formats.structured import Thing
from amity.foundation.pages.links import absolute, url
from amity.languages.jinja import plain
from amity.sources.choices import SourceKind
from amity.sources.models import Article

CONTEXT = "https://schema.org"


def article_data(article: Article) -> Thing:
    """An article as a `NewsArticle` of its publisher; its text is not among the data.

    What the editors found themselves is no news.
    """
    data: Thing = {
        "@context": CONTEXT,
        "@type": "CreativeWork" if article.source.kind == SourceKind.EDITORS else "NewsArticle",
        "name": plain(article.title),
        "url": article.url or absolute(url("sources:article", key=article.key)),
        "inLanguage": article.language,
        "publisher": {"@type": "Organization", "name": plain(article.source.name)},
    }
    if article.published and article.published.precision == "day" and article.published.start:
        data["datePublished"] = article.published.start.isoformat()
    original = article.translation_of
    if original:
        data["translationOfWork"] = {
            "@type": "NewsArticle",
            "name": plain(original.title),
            "inLanguage": original.language,
            "publisher": {"@type": "Organization", "name": plain(original.source.name)},
        }
    return data
