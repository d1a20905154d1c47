"""The state of a gathering agrees with the word for its kind."""

import pytest
from django.conf import settings
from django.utils import translation

from amity.gatherings.agreement import GENDERS, state_words
from amity.gatherings.choices import GatheringKind, GatheringStatus


@pytest.mark.parametrize(
    ("language", "kind", "status", "words"),
    [
        ("ru", "forum", "held", "состоялся"),
        ("ru", "visit", "held", "состоялся"),
        ("ru", "exhibition", "held", "состоялась"),
        ("ru", "meeting", "announced", "объявлена"),
        ("ru", "signing", "held", "состоялось"),
        ("ru", "forum", "cancelled", "отменён"),
        ("ru", "exhibition", "postponed", "отложена"),
        ("fr", "forum", "closed", "clos"),
        ("fr", "visit", "closed", "close"),
        ("fr", "exhibition", "announced", "annoncée"),
        ("fr", "exhibition", "held", "a eu lieu"),
        ("fr", "visit", "cancelled", "annulée"),
        ("vi", "forum", "held", "đã diễn ra"),
        ("id", "exhibition", "held", "telah berlangsung"),
        ("en", "visit", "cancelled", "called off"),
    ],
)
def test_a_state_agrees_with_its_kind(language: str, kind: str, status: str, words: str) -> None:
    with translation.override(language):
        assert state_words(kind, status) == words


@pytest.mark.parametrize("language", [tag for tag, _ in settings.LANGUAGES if tag != "en"])
def test_every_language_says_which_gender_each_kind_has(language: str) -> None:
    with translation.override(language):
        assert set(GENDERS) == set(GatheringKind)
        assert {str(gender) for gender in GENDERS.values()} <= {"m", "f", "n"}
        assert all(state_words(kind, one) for kind in GatheringKind for one in GatheringStatus)
