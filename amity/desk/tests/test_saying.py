"""What stands at a place of a record, in the words of whoever reads its history."""

import pytest
from django.utils import translation

from amity.desk.words.saying import at
from amity.record import kinds

STATE = {"key": "forum-1", "kind": "meeting", "status": "held", "languages": ["vi"]}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Kind: meeting; Status: held; Working languages: vi"),
        ("id", "Jenis: pertemuan; Status: telah berlangsung; Bahasa kerja: vi"),
    ],
)
def test_of_a_whole_record_each_field_is_named_and_what_is_chosen_has_its_label(language, said):
    with translation.override(language):
        assert at(kinds.get("gathering"), (), STATE, language) == said
        assert at(kinds.get("gathering"), ("kind",), "meeting", language) in said
