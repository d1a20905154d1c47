"""Dates in forms stand as the reader's language writes them, and stay what they are."""

from datetime import date

import pytest
from django.utils import translation

from amity.desk.forms.dates import DateField
from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.models import Gathering

TODAY = date(2026, 11, 27)
WHEN = Gathering._meta.get_field("when")


@pytest.mark.parametrize(
    ("language", "expression", "words"),
    [
        ("ru", "2026-10-08/2026-10-10", "8–10 октября 2026 г."),
        ("ru", "2026-10", "октябрь 2026 г."),
        ("vi", "2025-05-07", "7/5/2025"),
        ("vi", "2026-10-08/2026-10-10", "8–10/10/2026"),
        ("en", "2026-10-08/2026-10-10", "8–10 October 2026"),
        ("fr", "2026-10-08/2026-10-10", "8–10 octobre 2026"),
        ("id", "2026-10-08", "8 Oktober 2026"),
        # What its words would not give back stands as its expression.
        ("ru", "2026-10~", "2026-10~"),
        ("en", "2026/..", "2026/.."),
    ],
)
def test_a_date_stands_as_the_language_writes_it_and_stays_the_same(language, expression, words):
    stored = DateAsSaid.parse(expression)
    with translation.override(language):
        shown = DateField(WHEN, language, TODAY, stored).prepare_value(stored)
        assert isinstance(shown, dict)
        assert " ".join(shown["words"].split()) == words
        for known in (stored, None):
            assert DateField(WHEN, language, TODAY, known).clean(shown) == stored
        typed = {"words": shown["words"], "language": language}
        assert DateField(WHEN, language, TODAY, None).clean(typed) == stored
