"""The other names of a record: what may be written, and the table of all of them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import translation

from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.choices import NameKind
from amity.network.fields import OtherNamesColumn
from amity.network.models import Area, Organization, Person
from amity.network.names import KnownName, names_of

FORMER = {
    "words": "Ленинград",
    "lang": "ru",
    "kind": "former",
    "since": "1924",
    "until": "1991-09-06",
}


def test_the_table_holds_versions_and_other_names_with_their_script_and_dates():
    name = Text("vi", {"vi": Version("Xanh Pê-téc-bua"), "ru": Version("Санкт-Петербург")})
    assert list(names_of(Area(name=name, other_names=[FORMER]))) == [
        KnownName("Xanh Pê-téc-bua", "vi", "Latn", NameKind.OFFICIAL),
        KnownName("Санкт-Петербург", "ru", "Cyrl", NameKind.OFFICIAL),
        KnownName("Ленинград", "ru", "Cyrl", NameKind.FORMER, "1924", "1991-09-06"),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"since": "24"}, "is not a year"),
        ({"until": "1991-13"}, "is not a year"),
        ({"since": "1991-10", "until": "1991-09-06"}, "it ends before it begins"),
        ({"until": "1923"}, "it ends before it begins"),
        ({"from": "1924"}, "unknown field"),
    ],
)
def test_dates_of_a_name_that_cannot_be_are_refused(wrong, message):
    with pytest.raises(ValidationError, match=message):
        OtherNamesColumn().clean([FORMER | wrong], None)


def test_dates_of_a_name_stay_as_they_are_written():
    assert OtherNamesColumn().clean([FORMER], None) == [FORMER]


@pytest.mark.parametrize(
    ("language", "person", "thing"),
    [
        ("en", "name", "name"),
        ("vi", "họ và tên", "tên"),
        ("ru", "имя", "название"),
        ("fr", "nom", "nom"),
        ("id", "nama", "nama"),
    ],
)
def test_a_person_has_a_name_of_another_word_than_a_thing(language, person, thing):
    with translation.override(language):
        assert str(Person._meta.get_field("name").verbose_name) == person
        assert str(get_user_model()._meta.get_field("name").verbose_name) == person
        assert str(Organization._meta.get_field("name").verbose_name) == thing
