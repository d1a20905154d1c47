"""What stands at a place of a record, in the words of whoever reads its history."""

import pytest
from django.utils import translation

from amity.desk.words.saying import at
from amity.record import kinds

STATE = {"key": "forum-1", "kind": "meeting", "status": "held", "languages": ["vi"]}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Kind: meeting; Status: held; Working languages: Vietnamese"),
        ("id", "Jenis: pertemuan; Status: telah berlangsung; Bahasa kerja: Vietnam"),
    ],
)
def test_of_a_whole_record_each_field_is_named_and_what_is_chosen_has_its_label(language, said):
    with translation.override(language):
        assert at(kinds.get("gathering"), (), STATE, language) == said
        assert at(kinds.get("gathering"), ("kind",), "meeting", language) in said


@pytest.mark.parametrize(
    ("kind", "path", "value", "said"),
    [
        ("disposition", ("decided_on",), "2026-10-10", "10 октября 2026\u202fг."),
        ("gathering", ("languages",), ["vi", "ru"], "вьетнамский, русский"),
        ("gathering", ("timezone",), "Europe/Stockholm", "Стокгольм"),
        ("gathering", ("organizers",), [{"role": "host"}], "принимающая сторона"),
        ("gathering", ("organizers", 0), {"role": "host"}, "принимающая сторона"),
        ("gathering", ("organizers", 0, "role"), "host", "принимающая сторона"),
        ("session", ("starts_at",), "2027-05-05T02:00:00Z", "5 мая 2027\u202fг., 02:00 (UTC)"),
        ("gathering", ("timezone",), "nowhere", "nowhere"),
        ("disposition", ("decided_on",), "no day", "no day"),
    ],
)
def test_what_stands_in_a_column_is_said_as_a_person_reads_it(kind, path, value, said):
    with translation.override("ru"):
        assert at(kinds.get(kind), path, value, "ru") == said
