"""One table of what is refused, asked of a folder, of a form and of the one write.

The form has no line of validation of its own; what it lets through, `save` refuses. All three
speak with the same words, in five languages.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import ModelForm, modelform_factory
from django.utils import translation

from amity.dossier.shapes.catalogue import record_shape
from amity.dossier.tests.folder import RECORDS, loaded, mistakes, write_data
from amity.record import kinds
from amity.record.acting import Acting, Speaking
from amity.record.actions import save
from amity.record.choices import Mandate
from amity.record.models import Recorded
from amity.record.plain.layout import layout

LANGUAGES = ("en", "vi", "ru", "fr", "id")
BOTH_SIDES = Acting(
    command="test",
    office="organization:bureau",
    vouched=True,
    sides=frozenset(Speaking(f"side:side-{letter}", "partnership:a-b") for letter in ("a", "b")),
    mandates=frozenset(Mandate),
)
PARTY_B = {"side": "side-b", "role": "counterpart"}

REFUSED: list[tuple[str, str, dict[str, Any], str, str]] = [
    # kind, key, what is written instead (None: nothing), where it is shown, what is said
    ("area", "a", {"name": None}, "name", "is missing; it must be given"),
    ("area", "a", {"kind": None}, "kind", "is missing; it must be given"),
    ("side", "side-b", {"position": None}, "position", "is missing; it must be given"),
    ("gathering", "forum-1", {"timezone": None}, "timezone", "is missing; it must be given"),
    ("area", "a", {"country_code": "no"}, "country_code",
     "“no” is not two capitals of ISO 3166-1"),
    ("area", "a", {"name": {"en": "A", "xx": "B"}}, "name",
     "xx: “xx” is not a registered language tag; expected a BCP 47 tag such as vi, ru or pt-BR"),
    ("area", "a", {"longitude": None}, "latitude",
     "latitude and longitude are given together or not at all"),
    ("area", "a", {"parent": "a"}, "parent", "an area cannot be part of itself"),
    ("side", "side-b", {"area": "a"}, "area",
     "another side of the partnership has this area; expected each once"),
    ("side", "side-b", {"position": 1}, "position",
     "another side of the partnership has this position; expected each once"),
    ("side", "side-b", {"position": 0}, "position", "sides are numbered from 1"),
    ("indicator", "trade", {"area": "a"}, "partnership",
     "expected either a partnership or an area"),
    ("indicator", "trade", {"year": 999}, "year", "expected a year from 1000 to 2999"),
    ("gathering", "forum-1", {"number": 1}, "number",
     "an edition has a series and a number from 1"),
    ("gathering", "forum-1", {"within": "forum-1"}, "within",
     "a gathering cannot be part of itself"),
    ("gathering", "forum-1", {"when": "2025-13"}, "when",
     "there is no 2025-13 in the calendar"),
    ("session", "opening", {"starts_at": None}, "ends_at",
     "expected no end without a start, and none before it"),
    ("session", "opening", {"starts_at": "2024-09-29T09:00:00+07:00"}, "starts_at",
     "2024-09-29 is more than half a year from 2025-09-30/2025-10-01 of the gathering"),
    ("session", "opening", {"when": "2026-10-02"}, "when",
     "2026-10-02 is more than half a year from 2025-09-30/2025-10-01 of the gathering"),
    ("session", "opening", {"moved_from": "2025-09-30T08:00:00+07:00"}, "moved_from",
     "expected only of what has the status “moved”"),
    ("session", "opening", {"status": "canceled"}, "status",
     "“canceled” is not known; expected one of scheduled, moved, postponed, cancelled"),
    ("statement", "said", {"person": None}, "person",
     "expected a person, organization, side or gathering"),
    ("commitment", "C-2025-001", {"kind": "assurance", "grade": None}, "grade",
     "an assurance has a grade; expected one"),
    ("commitment", "C-2025-001", {"kind": "promise"}, "kind",
     "“promise” is not known; expected one of commitment, assurance, position"),
    ("answer", "yes-of-a", {"alternative": 0}, "alternative", "alternatives are numbered from 1"),
    ("answer", "yes-of-a", {"alternative": 3}, "alternative",
     "3 of 2; expected a number the proposal has"),
    ("report", "of-a", {"accepted_on": None}, "accepted_on",
     "an accepted report has the day when it was, and no other has"),
    ("report", "of-a", {"accepted_on": "2025-12-31"}, "accepted_on",
     "2025-12-31 is before 2026-01-01, when it was submitted"),
    ("report", "of-a", {"side": "side-c"}, "side",
     "side-c is no party to C-2025-001; expected one of side-a, side-b"),
    ("answer", "yes-of-a", {"side": "side-c"}, "side",
     "side-c was not asked in P-2025-001 and is no side of its partnership; expected one of "
     "side-a, side-b"),
    ("article", "piece", {"translation_of": "piece"}, "translation_of",
     "an article cannot translate itself"),
    ("passage", "four", {"span_start": 7, "span_end": 7}, "span_end",
     "expected the start before the end, or neither"),
    ("passage", "four", {"quotation": "một hai ba bốn năm sáu bảy tám chín"}, "quotation",
     "9 words; expected at most 8, as evidence"),
]  # fmt: skip
IN_LISTS: list[tuple[str, str, str, list[dict[str, Any]], str, str]] = [
    ("commitment", "C-2025-001", "parties",
     [{"side": "side-a", "role": "holder"}, {"side": "side-a", "role": "counterpart"}, PARTY_B],
     "parties[2].side", "the side is in the list already; expected it once"),
    ("commitment", "C-2025-001", "parties",
     [{"side": "side-a", "role": "counterpart"}, PARTY_B],
     "parties", "nobody holds it; expected a party with the role holder"),
    ("commitment", "C-2025-001", "parties",
     [{"side": "side-a", "role": "helper"}, PARTY_B],
     "parties[1].role", "“helper” is not known; expected one of holder, counterpart"),
    ("commitment", "C-2025-001", "indicators",
     [{"text": {"en": "Pupils"}, "measure": {"en": "pupils"}, "target": 60},
      {"text": {"en": "Teachers"}, "target": 6}],
     "indicators[2].measure", "a baseline or target is given; expected what it is measured in"),
    ("report", "of-a", "milestones", [{"number": 1, "state": "reached"}],
     "milestones[1].number", "1 of 0; expected a number the commitment has"),
    ("report", "of-a", "milestones", [{"number": 0, "state": "reached"}],
     "milestones[1].number", "milestones are numbered from 1"),
    ("report", "of-a", "indicators",
     [{"number": 1, "value": 3}, {"number": 1, "value": 4}],
     "indicators[2].number", "the indicator is in the list already; expected it once"),
    ("report", "of-a", "indicators", [{"number": 2, "value": 2.5}],
     "indicators[1].number", "2 of 0; expected a number the commitment has"),
    ("agreement", "pact", "signatories", [{"area": "a"}, {}],
     "signatories[2].area", "expected an area, an organization or a person"),
    ("commitment", "C-2025-001", "parties",
     [{"side": "side-a", "role": "holder"}, {"side": "side-b"}],
     "parties[2].role", "is missing; it must be given"),
    ("commitment", "C-2025-001", "parties",
     [{"side": "side-a", "role": "holder"}, {"role": "counterpart"}],
     "parties[2].side", "is missing; it must be given"),
]  # fmt: skip
STRANGERS = {
    "areas": [{"id": "c", "kind": "city", "name": {"en": "C-town"}}],
    "partnerships": [{"id": "a-c", "kind": "twinning", "name": {"en": "A – C"}}],
    "sides": [{"id": "side-c", "partnership": "a-c", "area": "c", "position": 1}],
}

pytestmark = pytest.mark.django_db


def records() -> dict[str, list[dict[str, Any]]]:
    """A small record of two sides, and a third that has nothing to do with them."""
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load(RECORDS.replace("NO,", '"NO",'))
    return read | {name: read.get(name, []) + more for name, more in STRANGERS.items()}


def in_a_folder(folder: Path, kind: str, key: str, written: dict[str, Any]) -> list[str]:
    """All that a folder is told, without file and line."""
    data = records()
    (record,) = (one for one in data[kinds.get(kind).plural] if one["id"] == key)
    record |= written
    for name in [name for name, value in written.items() if value is None]:
        del record[name]
    return [line.split(": ", 1)[1] for line in mistakes(write_data(folder, data))]


def number(column: Any, key: Any) -> Any:
    """What a form has for the key of another record."""
    return None if key is None else column.related_model.everything.get(key=key).pk


def filled_in(record: Recorded, written: dict[str, Any]) -> "ModelForm[Any]":
    """A form over all that people write of the record itself, with some of it written anew."""
    names = [column.name for column in layout(type(record)).columns]
    made = modelform_factory(type(record), fields=names)
    shown = made(instance=record)
    data = {name: shown.fields[name].prepare_value(shown.initial[name]) for name in names}
    for name, value in written.items():
        column = record._meta.get_field(name)
        data[name] = json.dumps(value) if isinstance(value, dict) else value
        if column.is_relation:
            data[name] = number(column, value)
    given = {name: "" if value is None else value for name, value in data.items()}
    return made(given, instance=record)


def by_save(record: Recorded, rows: dict[str, Iterable[models.Model]]) -> dict[str, list[str]]:
    """What the one write refuses."""
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        save(BOTH_SIDES, record, rows)
    return refused.value.message_dict


def by_form_and_save(kind: str, key: str, written: dict[str, Any]) -> dict[str, list[str]]:
    """What a form says, or where it says nothing, the one write."""
    record = kinds.get(kind).model.everything.get(key=key)
    form = filled_in(record, written)
    if not form.is_valid():
        return {name: list(errors) for name, errors in form.errors.items()}
    return by_save(form.save(commit=False), {})


def joined(field: str, message: str) -> str:
    """A field and a message as a folder shows them; the message may begin with a place."""
    inside = message.startswith(("xx: ", "["))
    return f"{field}.{message}" if inside else f"{field}: {message}"


@pytest.mark.parametrize(
    ("kind", "key", "written", "field", "message"),
    REFUSED,
    ids=[f"{kind}.{field}-{place}" for place, (kind, _, _, field, _) in enumerate(REFUSED)],
)
def test_a_folder_a_form_and_the_one_write_refuse_the_same(
    tmp_path: Path, kind: str, key: str, written: dict[str, Any], field: str, message: str
) -> None:
    loaded(write_data(tmp_path / "good", records()))
    said = set()
    for language in LANGUAGES:
        with translation.override(language):
            refused = by_form_and_save(kind, key, written)
            words = refused[field][0]
            said.add(words)
            folder = in_a_folder(tmp_path / language, kind, key, written)
            assert any(line.startswith(joined(field, words)) for line in folder), folder
            if language == "en":
                assert words == message
                assert list(refused) == [field]
    assert len(said) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("kind", "key", "name", "items", "place", "message"),
    IN_LISTS,
    ids=[case[4] + f"-{number}" for number, case in enumerate(IN_LISTS)],
)
def test_a_folder_and_the_one_write_refuse_the_same_in_lists(
    tmp_path: Path,
    kind: str,
    key: str,
    name: str,
    items: list[dict[str, Any]],
    place: str,
    message: str,
) -> None:
    loaded(write_data(tmp_path / "good", records()))
    (child,) = (one for one in layout(kinds.get(kind).model).children if one.name == name)
    said = set()
    for language in LANGUAGES:
        with translation.override(language):
            rows = [_row(child.model, item) for item in items]
            record = kinds.get(kind).model.everything.get(key=key)
            refused = by_save(record, {name: rows})
            ((path, (words, *_)),) = refused.items()
            said.add(words)
            shown = "".join(
                f"[{int(step) + 1}]" if step.isdigit() else f".{step}" for step in path.split(".")
            ).removeprefix(".")
            assert shown == place
            folder = in_a_folder(tmp_path / language, kind, key, {name: items})
            assert any(line.startswith(f"{place}: {words}") for line in folder), folder
            if language == "en":
                assert words == message
    assert len(said) == len(LANGUAGES)


def _row(model: type[models.Model], item: dict[str, Any]) -> models.Model:
    columns = {name: model._meta.get_field(name) for name in item}
    values = {
        f"{name}_id" if columns[name].is_relation else name: number(columns[name], value)
        if columns[name].is_relation
        else value
        for name, value in item.items()
    }
    return model(**values)


def test_the_record_is_good_as_it_stands(tmp_path: Path) -> None:
    """So that what is refused above is refused for what was written anew."""
    loaded(write_data(tmp_path, records()))
    for kind in kinds.kinds():
        for record in kind.model.everything.all():
            form = filled_in(record, {})
            assert form.is_valid(), (kind.kind, form.errors)
            assert not form.has_changed(), (kind.kind, form.changed_data)


def test_every_field_of_a_folder_is_a_field_of_the_form(tmp_path: Path) -> None:
    for kind in kinds.kinds():
        names = {column.name for column in layout(kind.model).columns}
        written = set(record_shape(kind.kind).names)
        lists = {many.name for many in layout(kind.model).lists}
        children = {child.name for child in layout(kind.model).children}
        measured = {"sha256", "media_type", "width", "height"} if kind.kind == "picture" else set()
        others = {"id", "file"} if measured else {"id"}
        assert written - others == (names | lists | children) - {"key"} - measured
