"""The column for texts, in the database at hand."""

import json
from collections.abc import Iterator

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from amity.languages.fields import TextColumn
from amity.languages.jinja import plain
from amity.languages.plainly import PlainWords
from amity.languages.tests.strategies import texts
from amity.languages.text import Text
from amity.languages.version import Origin, Version

GREETING = (
    Text.of("Xin chào", "vi")
    .with_translation("ru", "Привет", origin=Origin.MACHINE)
    .with_translation("zh-Hant-TW", "你好")
)


@pytest.fixture
def note(transactional_db: None) -> Iterator[object]:
    """A model with two texts, in a table of its own."""
    with isolate_apps("amity.languages"):

        class Note(models.Model):
            title = TextColumn()
            body = TextColumn(null=True, blank=True)

            class Meta:
                app_label = "languages"
                constraints = [
                    models.CheckConstraint(
                        condition=models.Q(title__has_key="original"), name="note_has_original"
                    )
                ]

    with connection.schema_editor() as editor:
        editor.create_model(Note)
    yield Note
    with connection.schema_editor() as editor:
        editor.delete_model(Note)


def test_a_text_comes_back_as_it_was(note):
    one = note.objects.create(title=GREETING)
    note.objects.bulk_create([note(title=GREETING, body=GREETING)])
    again = note.objects.get(pk=one.pk)
    assert again.title == GREETING
    assert again.title.digest() == GREETING.digest()
    assert again.body is None
    changed = GREETING.with_version("en", Version("Hello"))
    again.title = changed
    note.objects.bulk_update([again], ["title"])
    assert note.objects.values_list("title", flat=True).get(pk=one.pk) == changed
    assert note.objects.filter(title=changed).count() == 1


def test_a_translation_goes_stale_when_its_original_is_changed_and_saved(note):
    translated = Text.of("Xin chào", "vi").with_translation("ru", "Привет")
    one = note.objects.create(title=translated)
    read = note.objects.get(pk=one.pk).title
    assert (read.is_stale("ru"), read.simply("ru")) == (False, "Привет")
    one.title = read.with_version("vi", Version("Chào anh"))
    one.save()
    again = note.objects.get(pk=one.pk).title
    assert (again.is_stale("ru"), again.simply("ru")) == (True, None)
    one.title = again.with_version("vi", Version("Xin chào"))
    one.save()
    assert note.objects.get(pk=one.pk).title == translated


def test_what_the_database_notes_of_it_stays_there(note):
    translated = Text.of("Xin chào", "vi").with_translation("ru", "Привет")
    one = note.objects.create(title=translated)
    held = note.objects.values_list("title__versions__ru__made_from", flat=True).get(pk=one.pk)
    assert held == {"tag": "vi", "digest": translated.version_digest("vi"), "holds": True}
    read = note.objects.get(pk=one.pk).title
    assert (read.to_json(), read.digest()) == (translated.to_json(), translated.digest())
    (row,) = json.loads(serializers.serialize("json", note.objects.all()))
    assert row["fields"]["title"] == translated.to_json()


def test_a_text_from_before_the_database_noted_it_is_read_alike(note):
    stale = Text.of("Xin chào", "vi").with_translation("ru", "Привет")
    for text, words in ((stale, "Привет"), (stale.with_version("vi", Version("Chào")), None)):
        note.objects.all().delete()
        one = note.objects.create(title=text)
        note.objects.update(title=models.Value(text.to_json(), models.JSONField()))
        read = note.objects.get(pk=one.pk).title
        assert (read, read.simply("ru")) == (text, words)


def test_json_lookups_reach_into_it(note):
    note.objects.create(title=GREETING, body=Text.of("Hello", "en"))
    found = note.objects.filter(
        title__original="vi",
        title__versions__has_key="zh-Hant-TW",
        title__versions__ru__words__icontains="ривет",
        body__isnull=False,
    )
    assert list(found.values_list("title__original", "body__versions__en__words")) == [
        ("vi", "Hello")
    ]


def test_a_text_can_be_serialised(note):
    note.objects.create(title=GREETING)
    (row,) = json.loads(serializers.serialize("json", note.objects.all()))
    assert row["fields"] == {"title": GREETING.to_json(), "body": None}
    assert note._meta.get_field("title").to_python(row["fields"]["title"]) == GREETING


def test_only_texts_are_valid() -> None:
    column = TextColumn()
    assert column.clean(GREETING, None) == GREETING
    assert column.clean(GREETING.to_json(), None) == GREETING
    for bad in (None, "Hello", {}, {"original": "vi", "versions": {}}, ["vi"], 7):
        with pytest.raises(ValidationError):
            column.clean(bad, None)
    assert TextColumn(null=True, blank=True).clean(None, None) is None


def test_a_migration_can_make_it_again() -> None:
    _name, path, args, options = TextColumn("title", null=True).deconstruct()
    assert path == "amity.languages.fields.TextColumn"
    assert (args, options) == ([], {"verbose_name": "title", "null": True})


def test_letters_are_stored_as_they_are(note):
    note.objects.create(title=GREETING)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT title FROM {note._meta.db_table}")  # noqa: S608 - our own table
        (stored,) = cursor.fetchone()
    assert "Привет" in stored


HELLO = Text.of('Hello "there"\n\\ {words}', "en")
CURRENT = HELLO.with_translation("vi", "Xin chào")
KINDS = [
    HELLO,
    CURRENT,
    CURRENT.with_version("en", Version("Good day")),
    HELLO.with_translation("vi", "Chào", origin=Origin.MACHINE),
    HELLO.with_translation("vi", "Chào", origin=Origin.MACHINE, reviewed_by="Anna"),
    Text.of("Привет", "ru"),
    Text.of("{", "vi"),
]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts(), min_size=1, max_size=10), st.sampled_from(["en", "vi", "ru", "fr"]))
@example(KINDS, "en")
@example(KINDS, "vi")
@example(KINDS, "ru")
def test_the_database_gives_the_words_of_a_text_that_a_page_shows(note, given, language):
    note.objects.all().delete()
    note.objects.bulk_create([note(title=text) for text in given])
    shown = PlainWords("title", language), PlainWords("body", language)
    with translation.override(language):
        rows = list(note.objects.order_by("pk").values_list(*shown))
        assert rows == [(plain(text), "") for text in given]


def test_the_database_keeps_back_what_no_page_in_that_language_shows(note):
    note.objects.create(title=CURRENT)
    asked = note.objects.values_list(PlainWords("title", "vi"))
    with connection.cursor() as cursor:
        cursor.execute(*asked.query.sql_with_params())
        assert cursor.fetchall() == [('"Xin chào"',)]
