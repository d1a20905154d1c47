"""`amity names check`: who stands there twice, in the record and in a folder."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from amity.dossier.tests.folder import write
from amity.languages.text import Text
from amity.network.models import Area, Person
from amity.record.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return Dossier.objects.create(key="d", title=Text.of("D", "en"))


def checked(*words):
    answer = StringIO()
    call_command("names", "check", *words, stdout=answer)
    return answer.getvalue().splitlines()


def person(dossier, key, words, tag="en", readers="public", **fields):
    name = Text.of(words, tag)
    return Person.objects.create(dossier=dossier, key=key, name=name, readers=readers, **fields)


def test_the_record_names_pairs_with_rule_and_score(dossier):
    person(dossier, "phan", "Phan Anh Sơn", "vi")
    person(dossier, "fan", "Фан Ань Шон", "ru", readers="organization:x")
    person(dossier, "bui", "Bùi Thanh Sơn", "vi")
    assert checked() == [
        "0.96  Russian syllable  person fan and phan:  Фан Ань Шон  ~  Phan Anh Sơn",
        "1 pairs are likely one.",
    ]


def test_other_names_count(dossier):
    person(dossier, "xi", "Xi Jinping")
    names = [{"words": "Xi Jinping", "lang": "en", "kind": "transcription"}]
    person(dossier, "tap", "Tập Cận Bình", "vi", other_names=names)
    assert checked()[0].startswith("1.00  same  person tap and xi:")


def test_what_is_known_to_differ_and_what_is_invented_is_left_out(dossier):
    invented = Dossier.objects.create(key="e", title=Text.of("E", "en"), fictional=True)
    person(dossier, "a", "Anna Petrova")
    person(invented, "b", "Anna Petrova")
    for key, code in (("x", "RU"), ("y", "US")):
        name = Text.of("Saint Petersburg", "en")
        Area.objects.create(
            dossier=dossier, key=key, name=name, kind="city", country_code=code, readers="public"
        )
    assert checked() == ["0 pairs are likely one."]


def test_a_folder_is_held_against_itself_and_the_record(dossier, tmp_path):
    person(dossier, "anna", "Анна Кузнецова", "ru")
    write(
        tmp_path,
        "persons:\n- {id: kouznetsova, name: {fr: Anna Kouznetsova}}\n"
        "- {id: kusnezowa, name: {de: Anna Kusnezowa}}\n",
        "id: f\ntitle: {en: F}\nlanguages: [fr, de]\n",
    )
    assert [line.split("  ")[2] for line in checked(tmp_path)[:-1]] == [
        "person kouznetsova and anna:",
        "person kouznetsova and kusnezowa:",
        "person kusnezowa and anna:",
    ]


def test_a_folder_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(CommandError, match="is not a folder"):
        checked(tmp_path / "none")
