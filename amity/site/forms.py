"""What the lists of changes and of what was found can be filtered by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amity.foundation.pages.filters import (
    ChoiceField,
    Filters,
    FlagField,
    KeyField,
    PageField,
    WholeField,
)
from amity.languages.search.asking import LONGEST_QUERY
from amity.record import kinds
from amity.record.lists.forms import DossierFilters
from amity.record.search.narrowing import Narrowed


class ChangeFilters(DossierFilters):
    """Filters of what changed."""

    page = PageField()


class WordsField(forms.CharField):
    """What is looked for, as it was written; what is too long is cut."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            initial="",
            label=_("Words"),
            help_text="What to look for: names, words or a number, in any script and language.",
        )

    def to_python(self, value: str | None) -> str:
        words = " ".join((value or "").replace("\x00", " ").split())
        return words[:LONGEST_QUERY].rstrip()


class YearField(WholeField):
    """A year, or None."""

    widget = forms.HiddenInput

    def __init__(self, *, help_text: str) -> None:
        super().__init__(least=1, most=9999, default=1, help_text=help_text)
        self.initial = None


def searched_kinds() -> list[tuple[str, str]]:
    """The kinds that are found, with what several of them are called."""
    return [(one.kind, str(one.plural_label)) for one in kinds.kinds() if one.searched is not None]


class AskedFilters(Filters):
    """What is looked for, and in what."""

    q = WordsField()
    kind = ChoiceField(
        searched_kinds, label=_("Kind"), hidden=True, help_text="Only records of this kind."
    )
    partnership = KeyField(help_text="Only records that concern this partnership's sides.")
    year = YearField(help_text="Only records of this year.")
    dossier = KeyField(help_text="Only records of the dossier with this identifier.")
    real = FlagField(
        label=_("Hide invented examples"),
        help_text="Only records of dossiers that are not fictional.",
        hidden=True,
    )

    @property
    def query(self) -> str:
        """What is looked for."""
        words: str = self.cleaned_data["q"]
        return words

    def narrowed(self) -> Narrowed:
        """What of the found is wanted."""
        data = self.cleaned_data
        return Narrowed(
            data["kind"],
            data["partnership"],
            data["year"],
            data["dossier"],
            fictional=False if data["real"] else None,
        )

    def aside_from_words(self) -> dict[str, str]:
        """What was chosen beside the words, as the address says it."""
        names = ("kind", "partnership", "year", "dossier", "real")
        return {name: self.chosen(name) for name in names if self.chosen(name)}


class SearchFilters(AskedFilters):
    """The search page."""

    page = PageField()


class SuggestionFilters(Filters):
    """What has been typed so far."""

    q = WordsField()
    page = PageField()
