"""The column for dates as said, and columns derived from it, in the database at hand."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models
from django.db.models.fields.json import KT
from django.test.utils import isolate_apps

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.fields import DateAsSaidColumn

OCTOBER = DateAsSaid.parse("2026-10", said=("vi", "tháng Mười 2026"), every="P1Y")


def derived(lookup: str) -> models.GeneratedField:
    """A column the database keeps from a date's JSON."""
    return models.GeneratedField(
        expression=KT(lookup), output_field=models.CharField(max_length=10), db_persist=True
    )


@pytest.fixture
def event(transactional_db: None) -> Iterator[object]:
    """A model with a date as said, in a table of its own."""
    with isolate_apps("amity.foundation"):

        class Event(models.Model):
            when = DateAsSaidColumn(null=True, blank=True)
            starts_on = derived("when__start")
            ends_on = derived("when__end")

            class Meta:
                app_label = "foundation"
                indexes = [models.Index(fields=["starts_on"], name="event_starts_on")]
                constraints = [
                    models.CheckConstraint(
                        condition=models.Q(ends_on__gte=models.F("starts_on")), name="event_order"
                    )
                ]

    with connection.schema_editor() as editor:
        editor.create_model(Event)
    yield Event
    with connection.schema_editor() as editor:
        editor.delete_model(Event)


def test_a_date_comes_back_as_it_was(event):
    soon = DateAsSaid.parse(said=("fr", "prochainement"))
    event.objects.bulk_create([event(when=OCTOBER), event(when=soon), event(when=None)])
    assert list(event.objects.order_by("pk").values_list("when", flat=True)) == [
        OCTOBER,
        soon,
        None,
    ]
    assert event.objects.get(when=OCTOBER).when == OCTOBER
    assert event.objects.filter(when__isnull=True).count() == 1


def test_the_database_derives_what_lists_sort_by(event):
    for expression in ("2026-10", "../2025", "2024/..", "2025-09-30/2025-10-01"):
        event.objects.create(when=DateAsSaid.parse(expression))
    event.objects.create(when=DateAsSaid.parse(said=("fr", "prochainement")))
    event.objects.create()
    rows = event.objects.order_by("pk").values_list("starts_on", "ends_on", "when__precision")
    assert list(rows) == [
        ("2026-10-01", "2026-10-31", "month"),
        (None, "2025-12-31", "range"),
        ("2024-01-01", None, "range"),
        ("2025-09-30", "2025-10-01", "range"),
        (None, None, "unknown"),
        (None, None, None),
    ]
    before = event.objects.filter(starts_on__lt=date(2026, 1, 1).isoformat()).order_by("starts_on")
    assert [one.when.edtf for one in before] == ["2024/..", "2025-09-30/2025-10-01"]


def test_derived_columns_follow_the_date(event):
    one = event.objects.create(when=OCTOBER)
    assert one.starts_on == "2026-10-01"
    event.objects.update(when=DateAsSaid.parse("2027-03-05"))
    one.refresh_from_db()
    assert (one.starts_on, one.ends_on) == ("2027-03-05", "2027-03-05")
    event.objects.update(when=None)
    one.refresh_from_db()
    assert (one.when, one.starts_on) == (None, None)


def test_derived_columns_can_be_constrained(event):
    backwards = {**OCTOBER.to_json(), "end": "2026-09-01"}
    with pytest.raises(IntegrityError):
        event.objects.create(when=DateAsSaid.from_json(backwards))


def test_only_dates_are_valid() -> None:
    column = DateAsSaidColumn(null=True, blank=True)
    assert column.clean(OCTOBER, None) == OCTOBER
    assert column.clean(OCTOBER.to_json(), None) == OCTOBER
    assert column.clean(None, None) is None
    for bad in ("soon", {"edtf": "2026-13"}, {"edtf": "2026", "start": "2020-01-01"}, 7):
        with pytest.raises(ValidationError):
            column.clean(bad, None)
    with pytest.raises(ValidationError):
        DateAsSaidColumn().clean(None, None)


def test_a_migration_can_make_it_again() -> None:
    _name, path, args, options = DateAsSaidColumn(null=True).deconstruct()
    assert (path, args, options) == (
        "amity.foundation.dates.fields.DateAsSaidColumn",
        [],
        {"null": True},
    )
