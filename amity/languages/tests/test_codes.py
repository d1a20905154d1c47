"""Language tags: valid, canonical, named, directed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.languages import codes


@pytest.mark.parametrize(
    ("given_tag", "tag"),
    [
        ("vi", "vi"),
        ("VI-vn", "vi-VN"),
        ("iw", "he"),
        ("in", "id"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("SR-latn", "sr-Latn"),
        ("tl", "fil"),
    ],
)
def test_one_spelling(given_tag: str, tag: str) -> None:
    assert codes.canonical(given_tag) == tag
    assert codes.canonical(tag) == tag


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "e",
        "english",
        "en_GB",
        "en-",
        "-en",
        "zz",
        "vi\n",
        " vi",
        "vi VN",
        "und",
        "mul",
        "zxx",
        "đi",
        "en-" + "x" * 40,
        None,
        False,
        7,
    ],
)
def test_what_is_no_language_is_refused(bad: str) -> None:
    assert not codes.is_valid(bad)
    with pytest.raises(codes.LanguageCodeError, match="expected a BCP 47 tag such as vi, ru"):
        codes.canonical(bad)


@given(
    st.text(max_size=12) | st.from_regex(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", fullmatch=True)
)
def test_canonical_is_canonical_already(tag: str) -> None:
    if codes.is_valid(tag):
        assert codes.canonical(codes.canonical(tag)) == codes.canonical(tag)


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("ru", "Cyrl"),
        ("sr-Latn", "Latn"),
        ("zh-TW", "Hant"),
        ("zh-Hans-TW", "Hans"),
        ("uz-AF", "Arab"),
        ("acm", "Arab"),
        ("en-x-arab", "Latn"),
        ("de-1996", "Latn"),
        ("tlh", "Zyyy"),
    ],
)
def test_the_script_is_the_one_said_or_the_likely_one(tag: str, script: str) -> None:
    assert codes.script(tag) == script


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("vi", ("vi",)),
        ("zh-Hant-TW", ("zh-Hant-TW", "zh-Hant", "zh")),
        ("en-x-amity", ("en-x-amity", "en")),
    ],
)
def test_less_and_less_exact(tag: str, chain: tuple[str, ...]) -> None:
    assert codes.fallback_chain(tag) == chain


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *(("vi", "ltr"), ("ru", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("dv", "rtl")),
        *(("az", "ltr"), ("az-Arab", "rtl"), ("pa", "ltr"), ("pa-PK", "rtl"), ("ku", "ltr")),
    ],
)
def test_direction_follows_the_script(tag: str, direction: str) -> None:
    assert codes.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "language", "name"),
    [
        ("vi", "vi", "Tiếng Việt"),
        ("ru", "vi", "Tiếng Nga"),
        ("vi", "ru", "вьетнамский"),
        ("id", "fr", "indonésien"),
        ("fr", "id", "Prancis"),
        ("pt-BR", "en", "Brazilian Portuguese"),
        ("ks-Deva", "en", "Kashmiri (Devanagari)"),
        ("qaa", "en", "qaa"),
        ("vi", "qaa", "Vietnamese"),
    ],
)
def test_names_of_languages(tag: str, language: str, name: str) -> None:
    assert codes.display_name(tag, language) == name


@pytest.mark.parametrize(
    ("words", "language", "tag"),
    [
        ("English", "fr", "en"),
        ("anglais", "fr", "en"),
        ("Anglais", "en", "Anglais"),
        ("русский", "ru", "ru"),
        ("Tiếng Việt", "en", "vi"),
        ("tiếng anh", "vi", "en"),
        ("Brazilian Portuguese", "id", "pt-BR"),
        ("pt-BR", "ru", "pt-BR"),
        ("no such thing", "en", "no such thing"),
    ],
)
def test_a_language_is_found_by_its_name(words: str, language: str, tag: str) -> None:
    assert codes.named(words, language) == tag
