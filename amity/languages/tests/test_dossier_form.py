"""Texts as people write them: exact both ways, and every fault with its place."""

import datetime as dt
import json

import pytest
import yaml
from hypothesis import given

from amity.foundation.faults import FormError
from amity.languages.saving import UNKNOWN, UNSAID, as_saved
from amity.languages.staleness import words_digest
from amity.languages.tests.strategies import texts
from amity.languages.text import Text
from amity.languages.version import MadeFrom, Origin, Version
from amity.languages.written import text_from_form, text_to_form

OLD = words_digest("as it was")
TAG = "expected a BCP 47 tag such as vi, ru or pt-BR"
TEXT = "expected a mapping of language tags to words, the original first, such as vi: …"
VERSIONS = "expected words, or a mapping of words, origin, reviewed_by, from, outdated, date"
LINK = "expected another language of this text, or null"

SHORTEST = [
    {"vi": "Xin chào"},
    {"vi": "Xin chào", "en": "Hello", "ru": "Привет"},
    {"vi": {"words": "Xin chào", "origin": "import"}, "en": {"words": "Hello", "from": None}},
    {"vi": "Xin chào", "en": "Hello", "ru": {"words": "Привет", "from": "en"}},
    {
        "vi": {"words": "Xin chào", "from": "en"},
        "en": {
            "words": "Hello",
            "origin": "machine",
            "reviewed_by": "Ana Sousa",
            "outdated": True,
            "date": "2025-10-01",
        },
    },
    {"vi": {"words": "Xin chào", "from": "de", "outdated": True}},
]


@pytest.mark.parametrize("form", SHORTEST)
def test_the_shortest_form_comes_back_as_it_was(form: dict[str, object]) -> None:
    again = text_to_form(text_from_form(form))
    assert json.dumps(again) == json.dumps(form)


@given(texts())
def test_a_text_comes_back_as_it_was(text: Text) -> None:
    form = text_to_form(text)
    again = as_saved(text_from_form(form), None)
    assert text_to_form(again) == form
    assert next(iter(form)) == text.original
    assert as_saved(text_from_form(json.loads(json.dumps(form))), None) == again
    assert again.tags == text.tags
    for tag, version in text.versions.items():
        assert again.is_stale(tag) == text.is_stale(tag)
        if not text.is_stale(tag):
            assert again.versions[tag] == version


def test_what_the_forms_mean() -> None:
    assert text_from_form(
        yaml.safe_load(
            "vi: Xin chào\nEN: Hello\n"
            f"ru: {{words: Привет, origin: machine, from: {{vi: {OLD}}}}}\n"
            "fr: {words: Salut, date: 2025-10-01, from: en, reviewed_by: Ana}\n"
            "id: {words: Hai, from: }\n"
            "pt: {words: Olá, outdated: true}\n"
        )
    ) == Text(
        "vi",
        {
            "vi": Version("Xin chào"),
            "en": Version("Hello", made_from=MadeFrom("vi", UNSAID)),
            "ru": Version("Привет", Origin.MACHINE, made_from=MadeFrom("vi", OLD)),
            "fr": Version(
                "Salut",
                reviewed_by="Ana",
                made_from=MadeFrom("en", UNSAID),
                date=dt.date(2025, 10, 1),
            ),
            "id": Version("Hai"),
            "pt": Version("Olá", made_from=MadeFrom("vi", UNKNOWN)),
        },
    )


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        (
            None,
            [f"got nothing; {TEXT}"],
        ),
        (
            "Hello",
            [f"got words; {TEXT}"],
        ),
        (
            {},
            [f"there are no versions; {TEXT}"],
        ),
        ({"vi": None}, [f"vi: got nothing; {VERSIONS}"]),
        ({"vi": ["a"]}, [f"vi: got a list; {VERSIONS}"]),
        (
            {"vi": {"word": "a"}},
            [f"vi: there are no words; {VERSIONS}", f"vi.word: unknown field; {VERSIONS}"],
        ),
        ({"vi": {"words": 2025}}, ["vi.words: expected words, got “2025”; put it in quotes"]),
        (
            {False: "Hei"},
            ["False: “False” is not a language tag; expected a BCP 47 tag such as vi, ru or pt-BR"],
        ),
        ({"vi": "a", "VI": "b"}, ["VI: the language vi is given twice; expected it once"]),
        (
            {
                "vi": {"words": "a", "origin": "bot", "date": "2025-02-30", "reviewed_by": ""},
                "xx": "b",
            },
            [
                f"xx: “xx” is not a registered language tag; {TAG}",
                "vi.origin: “bot” is no origin; expected human, machine or import",
                "vi.date: there is no 2025-02-30 in the calendar",
                "vi.reviewed_by: no words; expected at least one character that is not white space",
            ],
        ),
        (
            {"vi": {"words": "a", "date": "2025-02"}},
            ["vi.date: “2025-02” is not a day; expected one such as 2029-12-31"],
        ),
        (
            {"vi": "a", "en": {"words": "b", "from": "ru"}},
            [f"en.from: there is no version in ru; {LINK}"],
        ),
        ({"vi": {"words": "a", "from": "vi"}}, [f"vi.from: vi cannot be made from itself; {LINK}"]),
        ({"vi": "a", "en": {"words": "b", "from": ["vi"]}}, [f"en.from: got a list; {LINK}"]),
        (
            {"vi": "a", "en": {"words": "b", "from": {"vi": "1"}}},
            ["en.from: a digest is 64 hexadecimal digits in small letters"],
        ),
        (
            {"vi": "a", "en": {"words": "b", "outdated": "no"}},
            ["en.outdated: got words; expected true, or nothing at all"],
        ),
    ],
)
def test_every_fault_with_its_place(form: object, faults: list[str]) -> None:
    with pytest.raises(FormError) as caught:
        text_from_form(form)
    assert [str(fault) for fault in caught.value.faults] == faults
