"""What a column refuses, whichever way it comes: on the model and in a form without a line of its
own, with the same words in five languages."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm, modelform_factory
from django.utils import translation

from amity.foundation.database.constraints import CheckAt, UniqueAt
from amity.languages.text import Text
from amity.network.models import Area
from amity.record import kinds
from amity.record.models import Dossier
from amity.record.uniqueness import uniques_of

LANGUAGES = ("en", "vi", "ru", "fr", "id")

TAGS = "expected a BCP 47 tag such as vi, ru or pt-BR"
BAD: list[tuple[str, str, Any, str]] = [
    ("area", "key", "Big Words", "“Big Words” is not an identifier; expected small letters, "
     "digits and single hyphens, or a number such as C-2025-007"),
    ("area", "kind", "citty", "“citty” is not known; expected one of country, province, city"),
    ("area", "name", {"english": "A"},
     f"english: “english” is not a registered language tag; {TAGS}"),
    ("area", "name", {"en": "A", "vi": {"words": "B", "from": "ru"}},
     "vi.from: there is no version in ru; expected another language of this text, or null"),
    ("area", "other_names", [{"words": "A", "lang": "und", "kind": "variant"}],
     f"[1].lang: “und” names no language; {TAGS}"),
    ("area", "country_code", "no", "“no” is not two capitals of ISO 3166-1"),
    ("area", "latitude", "91",
     "“91” is not in decimal degrees such as 21.0285, from -90 to 90"),
    ("area", "geonames_id", "-1", "“-1” is not a whole number from 0 to 2147483647"),
    ("area", "wikidata_id", "1858", "“1858” is not a Wikidata item such as Q1858"),
    ("source", "url", "javascript:alert(1)",
     "“javascript:alert(1)” is not an address that begins with https:// or http://"),
    ("article", "language", "english", f"“english” is not a registered language tag; {TAGS}"),
    ("article", "published", "2025-13-01", "there is no 2025-13-01 in the calendar"),
    ("article", "published", {"said": {"fr": "bientôt"}, "until": "2029"},
     "until: “2029” is not a day; expected one such as 2029-12-31"),
    ("passage", "quotation", "a\x07b",
     "character U+0007 at position 2 is a control character; expected readable Unicode text"),
    ("gathering", "languages", ["vi", "VI"],
     "[2]: the language vi is given twice; expected it once"),
    ("gathering", "timezone", "Asia/Hanoi",
     "“Asia/Hanoi” is not a time zone; expected one such as Asia/Ho_Chi_Minh"),
    ("series", "every", "P1Y2M", "“P1Y2M” is not a period; expected an ISO 8601 duration of one "
     "unit, such as P6M, P1Y, P2W or P10D"),
    ("session", "starts_at", "2025-09-30T09:00:00",
     "“2025-09-30T09:00:00” is not a moment; expected date, time to the second at most, and "
     "offset from UTC, such as 2025-09-30T09:00:00+07:00"),
    ("session", "position", "40000", "“40000” is not a whole number from 0 to 32767"),
    ("indicator", "measure", "The Trade",
     "“The Trade” is not small letters, digits, hyphens and underscores"),
    ("indicator", "value", "0.00001",
     "“0.00001” is not a number with at most 16 digits before and 4 after the point"),
    ("report", "submitted_on", "1 May",
     "“1 May” is not a day; expected one such as 2029-12-31"),
]  # fmt: skip
NAMES = [f"{kind}.{field}-{number}" for number, (kind, field, *_) in enumerate(BAD)]


pytestmark = pytest.mark.django_db


def on_the_model(kind: str, field: str, value: Any) -> list[str]:
    """What the column says of the value."""
    column: models.Field[Any, Any] = kinds.get(kind).model._meta.get_field(field)  # type: ignore[assignment]
    with pytest.raises(ValidationError) as refused:
        column.clean(value, None)
    return refused.value.messages


def in_a_form(kind: str, field: str, value: Any) -> list[str]:
    """What a form over that field alone says, when it is filled in so."""
    form = modelform_factory(kinds.get(kind).model, fields=[field])
    written = value if isinstance(value, str) else json.dumps(value)
    return list(form({field: written}).errors[field])


@pytest.mark.parametrize(("kind", "field", "value", "message"), BAD, ids=NAMES)
def test_what_is_bad_is_refused_with_the_same_words(
    kind: str, field: str, value: Any, message: str
) -> None:
    said = set()
    for language in LANGUAGES:
        with translation.override(language):
            words = on_the_model(kind, field, value)
            assert in_a_form(kind, field, value) == words
            said.add(tuple(words))
            if language == "en":
                assert words == [message]
    assert len(said) == len(LANGUAGES)


GOOD: list[tuple[str, str, Any, str]] = [
    ("area", "name", '{"en": "Hanoi", "vi": "Hà Nội"}', '{\n "en": "Hanoi",\n "vi": "Hà Nội"\n}'),
    ("area", "latitude", " 21.0285 ", "21.0285"),
    ("area", "wikidata_id", "Q1858", "Q1858"),
    ("area", "summary", "", ""),
    ("article", "published", "2026-10", "2026-10"),
    ("article", "language", "VI-vn", "vi-VN"),
    ("session", "starts_at", "2025-09-30T09:00:00+07:00", "2025-09-30T02:00:00Z"),
    ("gathering", "languages", '["vi", "RU"]', '[\n "vi",\n "ru"\n]'),
    ("gathering", "languages", "", ""),
    ("indicator", "value", "4600000000.50", "4600000000.5"),
    ("indicator", "unit", "nghi\u0300n", "nghìn"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "field", "written", "shown"),
    GOOD,
    ids=[f"{kind}.{field}-{number}" for number, (kind, field, *_) in enumerate(GOOD)],
)
def test_what_is_good_comes_back_in_its_one_spelling(
    kind: str, field: str, written: str, shown: str
) -> None:
    made: type[ModelForm[Any]] = modelform_factory(kinds.get(kind).model, fields=[field])
    form = made({field: written})
    assert field not in form.errors
    again = made(instance=form.instance)
    value = form.instance._meta.get_field(field).value_from_object(form.instance)
    assert again.fields[field].prepare_value(value) in (shown, None if shown == "" else shown, [])
    assert not made({field: written}, instance=form.instance).has_changed()


def test_every_constraint_on_what_people_write_says_what_is_expected() -> None:
    """Positions in a list follow from the list, so that nobody can write them wrong."""
    silent = {
        constraint.name
        for kind in kinds.kinds()
        for model in (kind.model, *(one.related_model for one in kind.model._meta.related_objects))
        for constraint in model._meta.constraints
        if not isinstance(constraint, CheckAt | UniqueAt) or not constraint.shown_at
    }
    assert silent == {
        "followup_alternative_position_once",
        "followup_completion_only_when_confirmed",
        "network_signatory_position_once",
        "network_stage_position_once",
        "turns_turn_once",
    }


def test_every_unique_column_has_words_of_its_own() -> None:
    for kind in kinds.kinds():
        for unique in uniques_of(kind.model):
            assert "%(" not in str(unique.words), f"{kind.kind}: {unique.fields}"


def test_a_form_shows_what_a_constraint_expects_at_its_field() -> None:
    named = Text.of("A", "en")
    dossier = Dossier.objects.create(key="sample", title=named)
    Area.everything.create(
        readers="public", dossier=dossier, key="a", kind="city", name=named, wikidata_id="Q1"
    )
    fields = ["key", "kind", "name", "latitude", "longitude", "wikidata_id"]
    form = modelform_factory(Area, fields=fields)(
        {"key": "b", "kind": "city", "name": '{"en": "B"}', "latitude": "1", "wikidata_id": "Q1"}
    )
    form.instance.dossier = dossier
    assert form.errors == {
        "latitude": ["latitude and longitude are given together or not at all"],
        "wikidata_id": ["another area has this Wikidata item; expected each once"],
    }
