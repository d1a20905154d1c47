"""What a translation was made from is found out when its text is saved."""

from amity.languages.saving import as_saved
from amity.languages.text import Text
from amity.languages.written import text_from_form


def saved(form: dict[str, object], before: Text | None = None) -> Text:
    """What people wrote, as it is saved in place of `before`."""
    return as_saved(text_from_form(form), before)


def stale(text: Text) -> list[str]:
    """The versions that are outdated."""
    return [tag for tag in text.tags if text.is_stale(tag)]


def test_versions_that_are_new_were_made_from_what_stands() -> None:
    text = saved({"vi": "Xin chào", "en": "Hello", "ru": {"words": "Привет", "from": "en"}})
    assert stale(text) == []
    assert text.versions["en"].made_from == ("vi", text.version_digest("vi"))
    assert text.versions["ru"].made_from == ("en", text.version_digest("en"))
    assert text.versions["vi"].made_from is None


def test_what_keeps_its_words_is_outdated_once_the_original_differs() -> None:
    before = saved({"vi": "Xin chào", "en": "Hello", "fr": "Bonjour"})
    after = saved({"vi": "Chào bạn", "en": "Hello, friend", "fr": "Bonjour"}, before)
    assert stale(after) == ["fr"]
    assert stale(saved({"vi": "Xin chào", "en": "Hello, friend", "fr": "Bonjour"}, after)) == ["en"]
    assert stale(saved({"vi": "Chào bạn", "en": "Hello, friend", "fr": "Salut"}, after)) == []


def test_a_version_made_from_one_that_is_not_there_any_more_was_made_from_none() -> None:
    before = saved({"vi": "Xin chào", "en": "Hello", "ru": {"words": "Привет", "from": "en"}})
    after = saved({"vi": "Xin chào", "ru": {"words": "Привет", "from": None}}, before)
    assert after.versions["ru"].made_from is None


def test_what_is_said_to_be_outdated_stays_so_until_it_changes() -> None:
    before = saved({"vi": "Xin chào", "en": {"words": "Hello", "outdated": True}})
    assert stale(before) == ["en"]
    assert stale(saved({"vi": "Xin chào", "en": "Hello"}, before)) == ["en"]
    assert stale(saved({"vi": "Xin chào", "en": "Good day"}, before)) == []
