"""A language takes a catalog, a column of the list of terms and one line of settings.

Shown with a made-up one, “Zazish”, of which Unicode CLDR knows nothing: each of its messages is
the English one between ‹ ›, and it puts what is quoted between » «.
"""

import shutil
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from amity.accounts.models import User
from amity.followup.tests.factory import Record
from amity.foundation.words.typography import in_quotes
from amity.gatherings.agreement import state_words
from tests.access.crawl import pages, read
from tests.access.matrix import EVERYONE
from tools import catalogs, terms, translations

TAG, NAME = "qaa", "Zazish"
OWN = {"“{words}”": "»{words}«", "‘{words}’": "›{words}‹"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms, without what is nobody's interface, with catalogs of Zazish alone."""
    root = tmp_path_factory.mktemp("amity")
    left_out = shutil.ignore_patterns("locale", "migrations", "tests", "static", "demonstrations")
    for room in translations.rooms():
        shutil.copytree(room, root / room.name, ignore=left_out)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translations, "LANGUAGES", (TAG,))
        translations.update(root)
        for room in translations.rooms(root):
            translate(room)
        assert translations.check(root) == []
    catalogs.compile_catalogs(root)
    return root


def translate(room: Path) -> None:
    catalog = translations.read(room, TAG)
    for message in translations.by_key(catalog).values():
        forms = translations.forms_of(message.id)
        said = [OWN.get(words, f"‹{words}›") for words in forms]
        message.string = tuple(said) if message.pluralizable else said[0]
    translations._write(catalog, translations.path_of(room, TAG))


@pytest.fixture
def spoken(settings, root: Path) -> None:
    """The one line of settings, and where the test keeps the catalogs."""
    settings.LANGUAGES = [*settings.LANGUAGES, (TAG, NAME)]
    settings.LOCALE_PATHS = [room / "locale" for room in translations.rooms(root)]


def test_the_tools_take_the_languages_from_the_settings(tmp_path):
    path = tmp_path / "base.py"
    line = '    ("en", "English"),\n'
    settings = catalogs.SETTINGS.read_text()
    assert settings.count(line) == 1
    path.write_text(settings.replace(line, f'{line}    ("{TAG}", "{NAME}"),\n'))
    assert catalogs.languages(path) == (*catalogs.LANGUAGES, TAG)
    path.write_text("")
    with pytest.raises(LookupError):
        catalogs.languages(path)


def test_a_column_of_the_list_of_terms_is_held_against_its_catalog(tmp_path, root, monkeypatch):
    monkeypatch.setattr(terms, "LANGUAGES", (TAG,))
    page = terms.LIST.read_text()
    path = tmp_path / "terms.md"
    missing = terms.check(terms.read(terms.LIST), root)
    assert f"gathering: docs/terms.md has no word in {TAG}" in missing
    given, _, not_used = page.partition(terms.NOT_USED)
    head, rule, *rows = [line for line in given.splitlines() if line.startswith("|")]
    column = [f"{head} {TAG} |", f"{rule} --- |"]
    column += [f"{row} ‹{row.split('|')[1].strip()}› |" for row in rows]
    path.write_text("\n".join(column) + f"\n\n{terms.NOT_USED}{not_used}")
    assert terms.check(terms.read(path), root) == []
    path.write_text(path.read_text().replace("‹gathering›", "zaza"))
    found = {line.partition(": ")[2] for line in terms.check(terms.read(path), root)}
    assert found == {"'gathering' is '‹gathering›'; expected 'zaza'"}


@pytest.mark.django_db
def test_every_page_speaks_it(client: Client, spoken: None) -> None:
    record = Record()
    record.commitment()
    addresses = [one for one in pages((TAG,), (EVERYONE,)) if one.startswith(f"/{TAG}/")]
    assert len(addresses) > 10
    for address in addresses:
        assert read(client, address).startswith(b"200 "), address
    page = client.get(f"/{TAG}/commitments/").content.decode()
    assert f'<html lang="{TAG}" dir="ltr">' in page
    assert "‹Commitments›" in page
    assert f'hreflang="{TAG}"' in page
    assert NAME in page


@pytest.mark.django_db
def test_a_reader_who_asks_for_it_gets_it(client: Client, spoken: None) -> None:
    answer = client.get("/", headers={"Accept-Language": f"{TAG}, en;q=0.5"})
    assert answer["Location"] == f"/{TAG}/"


def test_its_marks_and_words_come_from_its_catalog(spoken: None) -> None:
    with translation.override(TAG):
        assert in_quotes("a “b” c") == "»a ›b‹ c«"
        assert state_words("forum", "held") == "‹held›"


@pytest.mark.django_db
def test_people_sign_in_with_it_without_a_migration(spoken: None) -> None:
    field = User._meta.get_field("language")
    assert (TAG, NAME) in field.flatchoices
    assert TAG not in repr(field.deconstruct())
