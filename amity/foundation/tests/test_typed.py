"""What nobody sees is empty, in forms and in texts."""

import pytest
from django.core.exceptions import ValidationError

from amity.foundation.fields.typed import LineField, WordsField
from amity.foundation.words.characters import WordsError, is_blank, normal

UNSEEN = [
    *("", " ", "\t\n", "\u200b", "\u200c\u200d", "\u2060\ufeff", "\u00ad", "\u3164", "\uffa0"),
    *("\u115f\u1160", "\u2800", "\u034f", "\ufe0f", "\u180e", "\U000e0020\U000e007f", "\u3000"),
    *("\u00a0\u202f", " \u200b\n\u200f ", "\U0001d173", "\u17b4"),
]
SEEN = ["a", "\u200ba\u200b", "👩\u200d🚀", "ক্\u200dষ", "0", "-", "…", "ễ", "한"]


@pytest.mark.parametrize("words", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_no_text_and_an_empty_field(words):
    assert is_blank(words)
    with pytest.raises(WordsError, match="no words"):
        normal(words)
    for field in (WordsField, LineField):
        assert field(required=False).clean(words) == ""
        with pytest.raises(ValidationError, match="required"):
            field().clean(words)


@pytest.mark.parametrize("words", SEEN, ids=ascii)
def test_what_is_seen_is_kept_with_what_joins_it(words):
    assert not is_blank(words)
    assert normal(words) == words
    assert LineField().clean(f" {words} ") == words
