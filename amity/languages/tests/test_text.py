"""One value in many languages: normal form, digests, staleness, the best version."""

import datetime as dt
import hashlib
import json
import pickle
import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from amity.foundation.words.characters import WordsError, normal
from amity.languages.codes import LanguageCodeError
from amity.languages.tests.strategies import tags, texts, words
from amity.languages.text import Reason, Shown, Text
from amity.languages.version import MadeFrom, Origin, TextError, Version

GREETING = (
    Text.of("Xin chào", "vi")
    .with_translation("en", "Hello")
    .with_translation("ru", "Привет", made_from="en", origin=Origin.MACHINE)
)


def test_words_are_kept_in_one_normal_form() -> None:
    decomposed = unicodedata.normalize("NFD", " Hà Nội\r\nxin chào\rbạn\n")
    assert Text.of(decomposed, "vi").best(["vi"]).words == "Hà Nội\nxin chào\nbạn"


@given(words)
def test_normal_form_is_nfc_and_normal_already(given_words: str) -> None:
    kept = normal(given_words)
    assert unicodedata.is_normalized("NFC", kept)
    assert "\r" not in kept
    assert normal(kept) == kept == kept.strip()
    assert normal(unicodedata.normalize("NFD", given_words)) == kept


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("a\x00b", "U+0000 at position 2 is a control character"),
        ("\x1b[2J", "U+001B at position 1 is a control character"),
        ("ab\u202eba", "U+202E at position 3 changes the direction of the words after it"),
        ("\u2066a", "U+2066 at position 1 changes the direction of the words after it"),
        ("x\ud800", "U+D800 at position 2 is half of a surrogate pair"),
        ("\ufffe", "U+FFFE at position 1 is not a character"),
        ("", "no words"),
        (" \n\t", "no words"),
        (None, "expected words, got nothing"),
        (7, "expected words, got “7”"),
    ],
)
def test_what_is_not_readable_is_refused(bad: str, said: str) -> None:
    with pytest.raises(WordsError, match=said.replace("+", r"\+")):
        Version(bad)


@pytest.mark.parametrize(
    ("original", "versions", "error", "said"),
    [
        ("vi", {}, TextError, "no versions"),
        ("vi", {"en": Version("a")}, TextError, "the original, vi, is missing"),
        ("vi", {"vi": Version("a"), "VI": Version("b")}, TextError, "vi is given twice"),
        ("xx", {"xx": Version("a")}, LanguageCodeError, "“xx” is not a registered language tag"),
        (
            "vi",
            {"vi": Version("a", made_from=MadeFrom("vi", "0" * 64))},
            TextError,
            "vi is said to be made from itself",
        ),
    ],
)
def test_a_text_that_cannot_be(
    original: str, versions: dict[str, Version], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        Text(original, versions)


@pytest.mark.parametrize("digest", ["12", "A" * 64, "g" * 64])
def test_a_digest_is_sixty_four_hexadecimal_digits(digest: str) -> None:
    with pytest.raises(TextError, match="64 hexadecimal digits"):
        Version("a", made_from=MadeFrom("en", digest))


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        GREETING.original = "en"  # type: ignore[misc]  # that it is refused is what is tested
    with pytest.raises(TypeError):
        GREETING.versions["fr"] = Version("Salut")  # type: ignore[index]  # as above


@given(texts())
def test_json_and_back_is_the_same(text: Text) -> None:
    stored = json.loads(json.dumps(text.to_json()))
    for again in (Text.from_json(stored), Text.from_json(json.dumps(stored)), Text.checked(stored)):
        assert again == text
        assert hash(again) == hash(text)
        assert again.digest() == text.digest()
        assert again.to_json() == stored
    assert pickle.loads(pickle.dumps(text)) == text  # noqa: S301 - our own value


def test_stored_form() -> None:
    assert GREETING.to_json() == {
        "original": "vi",
        "versions": {
            "vi": {"words": "Xin chào", "origin": "human"},
            "en": {
                "words": "Hello",
                "origin": "human",
                "made_from": {
                    "tag": "vi",
                    "digest": hashlib.sha256("Xin chào".encode()).hexdigest(),
                },
            },
            "ru": {
                "words": "Привет",
                "origin": "machine",
                "made_from": {"tag": "en", "digest": hashlib.sha256(b"Hello").hexdigest()},
            },
        },
    }


@pytest.mark.parametrize(
    "stored", [{}, {"original": "vi"}, [], None, "vi", {"versions": {"vi": 1}}]
)
def test_json_from_elsewhere_is_checked(stored: object) -> None:
    with pytest.raises(TextError, match="expected original and versions"):
        Text.checked(stored)  # type: ignore[arg-type]  # the wrong type is what is tested


def test_order_of_versions_does_not_matter() -> None:
    one, two = Version("a"), Version("b")
    here, there = Text("vi", {"vi": one, "en": two}), Text("vi", {"en": two, "vi": one})
    assert here == there
    assert here.tags == there.tags == ("vi", "en")
    assert here.digest() == there.digest()
    assert here != Text("en", {"vi": one, "en": two})


@given(texts())
def test_digest_is_over_canonical_json(text: Text) -> None:
    assert text.digest() == hashlib.sha256(rfc8785.dumps(text.to_json())).hexdigest()


@given(texts(), st.data())
def test_any_change_of_any_version_changes_the_digest(text: Text, data: st.DataObject) -> None:
    tag = data.draw(st.sampled_from(text.tags))
    was = text.versions[tag]
    changes = {
        "words": was.words + "!",
        "origin": Origin.MACHINE if was.origin is Origin.HUMAN else Origin.HUMAN,
        "reviewed_by": (was.reviewed_by or "") + "Nguyễn An",
        "date": (was.date or dt.date(2025, 1, 1)) + dt.timedelta(days=1),
        "made_from": MadeFrom("mi", "1" * 64),
    }
    field = data.draw(st.sampled_from(sorted(changes)))
    values = {
        name: getattr(was, name) for name in ("words", "origin", "reviewed_by", "made_from", "date")
    }
    changed = text.with_version(tag, Version(**{**values, field: changes[field]}))
    assert changed.digest() != text.digest()
    assert changed.with_version(tag, was).digest() == text.digest()
    assert text.with_version("mi", Version("kia ora")).digest() != text.digest()


def test_a_translation_is_stale_while_what_it_was_made_from_differs() -> None:
    assert [GREETING.is_stale(tag) for tag in GREETING.tags] == [False, False, False]
    changed = GREETING.with_version("vi", Version("Chào bạn"))
    assert {tag: changed.is_stale(tag) for tag in changed.tags} == {
        "vi": False,
        "en": True,
        "ru": False,  # made from the English, which still says what it said
    }
    renewed = changed.with_translation("en", "Hello, friend")
    assert {tag: renewed.is_stale(tag) for tag in renewed.tags} == {
        "vi": False,
        "en": False,
        "ru": True,
    }
    back = changed.with_version("vi", Version("Xin chào"))
    assert not back.is_stale("en")


def test_a_translation_of_what_is_gone_is_stale() -> None:
    text = Text("vi", {"vi": Version("a", made_from=MadeFrom("de", "0" * 64))})
    assert text.is_stale("vi")
    with pytest.raises(KeyError):
        text.is_stale("de")


@given(texts(), words)
def test_staleness_follows_from_the_words_alone(text: Text, new: str) -> None:
    changed = text.with_version(text.original, Version(new))
    for tag, version in changed.versions.items():
        link = version.made_from
        stale = link is not None and (
            link.tag not in changed.versions
            or hashlib.sha256(changed.versions[link.tag].words.encode()).hexdigest() != link.digest
        )
        assert changed.is_stale(tag) is stale


@given(texts(), st.lists(tags, max_size=4))
def test_there_is_always_a_best_version(text: Text, preferences: list[str]) -> None:
    shown = text.best(preferences)
    version = text.versions[shown.tag]
    assert shown.words == version.words
    assert shown.lang == shown.tag
    assert shown.stale is text.is_stale(shown.tag)
    assert shown.machine_unreviewed is (
        version.origin is Origin.MACHINE and version.reviewed_by is None
    )
    assert (shown.reason is Reason.EXACT) is bool(preferences and shown.tag == preferences[0])
    if shown.reason is Reason.ORIGINAL:
        assert shown.tag == text.original
        wanted = {tag.split("-")[0] for tag in preferences}
        assert not wanted & {tag.split("-")[0] for tag in text.tags}


def text_in(*tags: str, **special: Version) -> Text:
    """A text that says in each language which one it is."""
    return Text(tags[0], {tag: special.get(tag.replace("-", "_"), Version(tag)) for tag in tags})


@pytest.mark.parametrize(
    ("text", "preferences", "tag", "reason"),
    [
        (text_in("vi", "en", "ru"), ["ru", "en"], "ru", Reason.EXACT),
        (text_in("vi", "en"), ["ru", "en"], "en", Reason.FALLBACK),
        (text_in("vi", "fr"), ["ru", "en"], "vi", Reason.ORIGINAL),
        (text_in("vi", "en"), [], "vi", Reason.ORIGINAL),
        (text_in("en", "pt"), ["pt-BR"], "pt", Reason.FALLBACK),
        (text_in("en", "pt-BR"), ["pt"], "pt-BR", Reason.FALLBACK),
        (text_in("en", "zh-Hans", "zh-Hant"), ["zh-Hant-TW"], "zh-Hant", Reason.FALLBACK),
        (text_in("en", "zh-Hans", "zh-Hant-HK"), ["zh-TW"], "zh-Hant-HK", Reason.FALLBACK),
        (text_in("en", "vi"), ["vi-VN", "en"], "vi", Reason.FALLBACK),
        (
            text_in("en", "pt-AO", "pt-MZ", pt_AO=Version("m", Origin.MACHINE)),
            ["pt-BR"],
            "pt-MZ",
            Reason.FALLBACK,
        ),
        (
            text_in("en", "pt-AO", "pt-MZ", pt_AO=Version("m", Origin.MACHINE, "Ana")),
            ["pt-BR"],
            "pt-AO",
            Reason.FALLBACK,
        ),
        (
            text_in("en", "pt-AO", "pt-MZ", pt_AO=Version("m", made_from=MadeFrom("en", "0" * 64))),
            ["pt-BR"],
            "pt-MZ",
            Reason.FALLBACK,
        ),
    ],
)
def test_the_best_version(text: Text, preferences: list[str], tag: str, reason: Reason) -> None:
    shown = text.best(preferences)
    assert (shown.tag, shown.reason) == (tag, reason)


def test_what_is_shown_says_all_a_page_must_tell() -> None:
    text = Text(
        "en",
        {
            "en": Version("Peace"),
            "ar": Version("سلام", Origin.MACHINE, made_from=MadeFrom("en", "0" * 64)),
        },
    )
    assert text.best(["ar"]) == Shown("ar", "سلام", Reason.EXACT, True, True, "ar", "rtl")
    assert text.best(["ru"]) == Shown("en", "Peace", Reason.ORIGINAL, False, False, "en", "ltr")
    assert str(text) == "Peace"
