"""The interface is complete in every language, and the check that says so finds what is wrong."""

import ast

import pytest
from babel.messages.pofile import read_po

from tools import catalogs, messages, translations

PAGE = '{% trans %}Hello{% endtrans %} {{ ngettext("%(n)d voice", "%(n)d voices", 2) }}'


@pytest.fixture
def root(tmp_path):
    """A package with two rooms; one has a page with two strings, complete in all languages."""
    for room in ("one", "two"):
        (tmp_path / room / "templates" / room).mkdir(parents=True)
        (tmp_path / room / "apps.py").touch()
    (tmp_path / "one/templates/one/page.html").write_text(PAGE)
    translations.update(tmp_path)
    room = tmp_path / "one"
    for language in catalogs.LANGUAGES:
        catalog = translations.read(room, language)
        catalog["Hello"].string = "Xin chào"
        forms = tuple(f"%(n)d giọng {form}" for form in range(catalog.num_plurals))
        catalog[("%(n)d voice", "%(n)d voices")].string = forms
        translations._write(catalog, translations.path_of(room, language))
    return tmp_path


def replace(root, room, language, old, new):
    path = translations.path_of(root / room, language)
    words = path.read_text()
    assert old in words
    path.write_text(words.replace(old, new))


def test_every_language_says_everything():
    assert translations.check() == []


def test_a_complete_interface_passes(root):
    assert translations.check(root) == []


def test_the_command_says_what_is_wrong_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(messages.translations, "check", lambda: ["one", "two"])
    assert messages.main(["check"]) == 1
    assert capsys.readouterr().err == "one\ntwo\n"
    monkeypatch.setattr(messages.translations, "check", list)
    assert messages.main(["check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_updating_again_changes_nothing(root):
    assert translations.update(root) == []


def test_a_new_string_is_missing_until_updated_and_then_untranslated(root):
    (root / "one/templates/one/new.html").write_text("{{ _('Bye') }}")
    places = [f"amity/one/locale/{language}" for language in catalogs.LANGUAGES]
    assert translations.check(root) == [f"{place}: missing 'Bye'" for place in places]
    translations.update(root)
    assert translations.check(root) == [f"{place}: not translated: 'Bye'" for place in places]


def test_a_string_that_nobody_says_any_more_is_named_and_dropped(root):
    (root / "one/templates/one/page.html").write_text("{{ _('Hello') }}")
    assert len(translations.check(root)) == len(catalogs.LANGUAGES)
    assert "nobody says '%(n)d voice'" in translations.check(root)[0]
    translations.update(root)
    assert translations.check(root) == []


def test_another_placeholder_is_named(root):
    replace(root, "one", "ru", "%(n)d giọng 2", "%(m)d giọng 2")
    (line,) = translations.check(root)
    assert line == ("amity/one/locale/ru: other placeholders ('%(m)d giọng 2') than '%(n)d voice'")


def test_a_fuzzy_translation_is_named(root):
    replace(root, "one", "fr", 'msgid "Hello"', '#, fuzzy\nmsgid "Hello"')
    assert translations.check(root) == ["amity/one/locale/fr: not looked at again (fuzzy): 'Hello'"]


def test_one_missing_plural_form_is_untranslated(root):
    replace(root, "one", "ru", 'msgstr[2] "%(n)d giọng 2"', 'msgstr[2] ""')
    assert translations.check(root) == ["amity/one/locale/ru: not translated: '%(n)d voice'"]


def test_two_rooms_must_agree_and_a_new_room_takes_the_known_words(root):
    (root / "two/templates/two/page.html").write_text("{{ _('Hello') }}")
    translations.update(root)
    assert translations.check(root) == []
    replace(root, "two", "id", "Xin chào", "Halo")
    assert translations.check(root) == [
        "id: 'Hello' is translated in different words by one and two"
    ]


def test_a_context_tells_two_meanings_apart(root):
    (root / "two/templates/two/page.html").write_text("{{ pgettext('greeting', 'Hello') }}")
    translations.update(root)
    assert translations.check(root) == [
        f"amity/two/locale/{language}: not translated: 'Hello' (greeting)"
        for language in catalogs.LANGUAGES
    ]


def test_compiling_makes_each_catalog_once_and_leaves_fuzzy_ones_out(root):
    assert len(catalogs.compile_catalogs(root)) == len(catalogs.LANGUAGES)
    assert catalogs.compile_catalogs(root) == []


def test_compiled_words_begin_no_line_with_a_dash(root):
    replace(root, "one", "ru", "Xin chào", "Один — два")
    replace(root, "one", "ru", "%(n)d giọng 0", "%(n)d – голос")
    catalogs.compile_catalogs(root)
    compiled = translations.path_of(root / "one", "ru").with_suffix(".mo").read_bytes()
    assert "Один\u00a0— два".encode() in compiled
    assert "%(n)d\u00a0– голос".encode() in compiled


def test_a_catalog_that_cannot_be_read_is_named(root):
    path = translations.path_of(root / "one", "vi")
    path.write_text('msgid "Hello"\nmsgstr "x"\nsomething else\n')
    with pytest.raises(catalogs.CatalogError, match=r"one/locale/vi/LC_MESSAGES/django\.po"):
        catalogs.compile_catalogs(root)


def test_a_catalog_can_be_read_back_with_the_plural_rule_of_its_language(root):
    with translations.path_of(root / "one", "ru").open("rb") as file:
        assert read_po(file).num_plurals == 3


def test_no_words_stand_within_a_formatted_string():
    """There they are not extracted, so no language would ever say them."""
    found = [
        f"{path.relative_to(catalogs.ROOT)}:{call.lineno}"
        for path in sorted(catalogs.ROOT.rglob("*.py"))
        for formatted in ast.walk(ast.parse(path.read_text()))
        if isinstance(formatted, ast.JoinedStr)
        for call in ast.walk(formatted)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "gettext", "ngettext", "pgettext"}
    ]
    assert found == []
