"""The state of a gathering in words that agree with its kind: выставка состоялась, форум состоялся.

Which gender the word for a kind has in a language its catalog says, as the translation of that
word in the context GENDER; a language without genders answers "n" throughout. So a catalog holds
all that is to be known of its language.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from .choices import GatheringKind, GatheringStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GENDERS: Mapping[GatheringKind, "StrOrPromise"] = MappingProxyType(
    {
        GatheringKind.FORUM: pgettext_lazy("gender: m, f or n", "forum"),
        GatheringKind.MEETING: pgettext_lazy("gender: m, f or n", "meeting"),
        GatheringKind.VISIT: pgettext_lazy("gender: m, f or n", "visit"),
        GatheringKind.SIGNING: pgettext_lazy("gender: m, f or n", "signing"),
        GatheringKind.EXHIBITION: pgettext_lazy("gender: m, f or n", "exhibition"),
    }
)
MASCULINE: Mapping[GatheringStatus, "StrOrPromise"] = MappingProxyType(
    {
        GatheringStatus.ANNOUNCED: pgettext_lazy("masculine", "announced"),
        GatheringStatus.HELD: pgettext_lazy("masculine", "held"),
        GatheringStatus.CLOSED: pgettext_lazy("masculine", "closed"),
        GatheringStatus.POSTPONED: pgettext_lazy("masculine", "postponed"),
        GatheringStatus.CANCELLED: pgettext_lazy("masculine", "called off"),
    }
)
FEMININE: Mapping[GatheringStatus, "StrOrPromise"] = MappingProxyType(
    {
        GatheringStatus.ANNOUNCED: pgettext_lazy("feminine", "announced"),
        GatheringStatus.HELD: pgettext_lazy("feminine", "held"),
        GatheringStatus.CLOSED: pgettext_lazy("feminine", "closed"),
        GatheringStatus.POSTPONED: pgettext_lazy("feminine", "postponed"),
        GatheringStatus.CANCELLED: pgettext_lazy("feminine", "called off"),
    }
)
WORDS: Mapping[str, Mapping[GatheringStatus, "StrOrPromise"]] = MappingProxyType(
    {"m": MASCULINE, "f": FEMININE}
)
"""Gender as the catalogs write it -> states; the neuter is the plain label of the state."""


def state_words(kind: str, status: str) -> str:
    """What a gathering of the kind `kind` is, in a word that agrees with the word for the kind."""
    state = GatheringStatus(status)
    forms = WORDS.get(str(GENDERS[GatheringKind(kind)]), {})
    return str(forms.get(state, state.label))
