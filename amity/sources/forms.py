"""What the list of articles can be filtered by: page, CSV and API alike."""

from django.utils.translation import gettext_lazy as _

from amity.foundation.pages.filters import KeyField, PageField
from amity.record.lists.forms import DossierFilters


class ArticleFilters(DossierFilters):
    """Filters of articles."""

    source = KeyField(label=_("Source"), help_text="Its publisher.")
    language = KeyField(label=_("Language"), help_text="The language it is written in, as a tag.")
    page = PageField()

    def source_wanted(self) -> str | None:
        """The key of the source that was chosen; None for all."""
        source: str | None = self.cleaned_data["source"]
        return source

    def language_wanted(self) -> str | None:
        """The tag of the language that was chosen; None for all."""
        language: str | None = self.cleaned_data["language"]
        return language


class DifferenceFilters(DossierFilters):
    """Filters of where sources differ."""

    page = PageField()
