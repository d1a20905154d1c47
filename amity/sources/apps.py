from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "amity.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.record.checks import Check
        from amity.record.kinds import Kind, register
        from amity.record.registration.searched import Searched
        from amity.sources import checks
        from amity.sources.keeping import KEEPING
        from amity.sources.models import Article, Passage, Source
        from amity.sources.said import borne_out

        register(
            Kind("source", "sources", Source, name=("name",), keeping=KEEPING["source"]),
            Kind(
                "article",
                "articles",
                Article,
                name=("title",),
                page="sources:article",
                checks=(
                    Check(checks.translates_an_original, follows=("translation_of",)),
                    Check(checks.says_why_it_counts_for_nothing, follows=("source",)),
                ),
                keeping=KEEPING["article"],
                happened="published",
                searched=Searched(("title",), ("note",), ("published",)),
            ),
            Kind(
                "passage",
                "passages",
                Passage,
                name=("article.title",),
                shown_on=("article",),
                checks=(
                    Check(checks.quotes_little),
                    Check(checks.editors_quote_nobody, follows=("article",)),
                ),
                bears=borne_out,
                keeping=KEEPING["passage"],
            ),
        )
