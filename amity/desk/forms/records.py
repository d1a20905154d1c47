"""A form for a record of any kind, with its lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from amity.desk.finding.choosing import Chooser
from amity.followup.fields import GoalsColumn
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.fields import DateAsSaidColumn, MomentColumn, TimeZoneColumn
from amity.languages.fields import LanguageColumn, LanguagesColumn, TextColumn
from amity.languages.text import Text
from amity.record import kinds
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import ChildList, child_columns, layout

from .dates import DateField
from .fields import (
    ColumnField,
    GoalsField,
    LanguageField,
    MomentField,
    ReferenceField,
    ReferencesField,
    TextField,
)

LEFT_OUT = frozenset({"key", "position"})
"""The identifier is made from the name, and the order from where a row stands."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form needs to know beside the record.

    `language` of the page, `languages` that texts are written in, `zone` of moments, `today`, and
    `chooser`, which finds records by what was typed.
    """

    language: str
    languages: tuple[str, ...]
    zone: str
    today: date
    chooser: Chooser


class RowForm(forms.Form):
    """The columns of a record or of one row of a list, put into `instance` by `fill`."""

    def __init__(
        self,
        instance: models.Model,
        columns: "Sequence[models.Field[object, object]]",
        setting: Setting,
        *,
        data: QueryDict | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix, auto_id="f-%s")
        self.instance, self.setting = instance, setting
        self.columns = {column.name: column for column in columns if column.name not in LEFT_OUT}
        self.needed = {name for name, column in self.columns.items() if _is_needed(column)}
        for column in self.columns.values():
            self.fields[column.name] = _field(column, instance, setting)
            self.initial[column.name] = _stored(instance, column)
            if isinstance(column, TimeZoneColumn) and not self.initial[column.name]:
                self.needed.discard(column.name)
                self.fields[column.name].help_text = _(
                    "Where none is chosen, that of the place is taken if its country has but one."
                )

    def clean(self) -> dict[str, object]:
        """Find the records that are named."""
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, ReferenceField) and name in cleaned:
                given: Mapping[str, str] = cleaned[name]
                try:
                    cleaned[name] = self.setting.chooser.named(field.kind, **given)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned

    def fill(self) -> None:
        """Give the instance what was typed; what it may not be is found when it is saved."""
        for name, column in self.columns.items():
            value = self.cleaned_data.get(name)
            if value is None and not column.null and isinstance(column, TextColumn):
                continue
            setattr(self.instance, name, value)

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was typed into a row."""
        return not any(
            value not in (None, "", [], False) and value != self.columns[name].get_default()
            for name, value in self.cleaned_data.items()
            if name in self.columns
        )

    def bound(self, names: Iterable[str]) -> list[forms.BoundField]:
        """The fields of these names, to be drawn."""
        return [self[name] for name in names if name in self.fields]


@dataclass(slots=True)
class Rows:
    """The rows of a list of a record in a form.

    `needed`: the record is nothing without one; `wrong`: what is wrong with the list as a whole.
    """

    name: str
    label: str
    forms: list[RowForm]
    blank: RowForm
    make: Callable[[object], RowForm]
    needed: bool
    wrong: list[str]

    @property
    def place(self) -> str:
        """The id of the list on the page."""
        return f"f-{self.name}"

    @property
    def faults(self) -> "Iterator[FaultShown]":
        """All that is wrong with the list and its rows, each named by its place in the list."""
        for message in self.wrong:
            yield FaultShown(self.label, message, self.place)
        for number, form in enumerate(self.forms, 1):
            row = _("%(list)s, row %(row)s") % {"list": self.label, "row": number}
            for found in form.non_field_errors():
                yield FaultShown(row, str(found), f"f-{form.prefix}")
            for fault in _faults(form):
                yield FaultShown(f"{row}, {fault.label}", fault.message, fault.place)

    def add(self) -> None:
        """One more row, to be filled in."""
        self.forms.append(self.make(f"{len(self.forms)}a"))


class RecordForm(RowForm):
    """A record of any kind with its lists, short first: what is needed and what is weighty."""

    def __init__(
        self,
        kind: Kind,
        record: Recorded,
        setting: Setting,
        data: QueryDict | None = None,
        *,
        begins_with: Mapping[str, Sequence[models.Model]] | None = None,
    ) -> None:
        """`begins_with`: the rows that the lists of a new record have at first."""
        self.begins_with = begins_with or {}
        found = layout(kind.model)
        super().__init__(record, found.columns, setting, data=data)
        self.kind, self.record = kind, record
        for many in found.lists:
            field = kind.model._meta.get_field(many.name)
            self.fields[many.name] = ReferencesField(
                str(getattr(field, "verbose_name", many.name)).capitalize(), _kind_of(many.names)
            )
            if record.pk:
                rows = getattr(record, many.name).all()
                self.initial[many.name] = list(rows.values_list("key", flat=True))
        self.lists = [self._rows(child, data) for child in found.children]

    def _rows(self, child: ChildList, data: QueryDict | None) -> Rows:
        columns = child_columns(child)

        def form(position: object, row: models.Model, given: QueryDict | None) -> RowForm:
            return RowForm(
                row, columns, self.setting, data=given, prefix=f"{child.name}.{position}"
            )

        label = child.model._meta.verbose_name_plural or child.name
        blank = form("new", child.model(), None)
        if data is None:
            stored = self._stored_rows(child)
            shown = [form(position, row, None) for position, row in enumerate(stored)]
        else:
            shown = [form(name, child.model(), data) for name in _sent(data, child.name)]
        return Rows(
            child.name,
            str(label).capitalize(),
            shown,
            blank,
            lambda place: form(place, child.model(), None),
            child.name in self.kind.needs,
            [],
        )

    def _stored_rows(self, child: ChildList) -> Iterable[models.Model]:
        if not self.record.pk:
            return self.begins_with.get(child.name, ())
        rows = child.model._base_manager.filter(**{child.owner: self.record})
        named = [one.name for one in child_columns(child) if isinstance(one, models.ForeignKey)]
        return (rows.select_related(*named) if named else rows).order_by("position")

    def is_valid(self) -> bool:
        """Whether everything can be read; the rows of lists, too."""
        rows = [form.is_valid() for listed in self.lists for form in listed.forms]
        return super().is_valid() and all(rows)

    def filled(self) -> dict[str, list[models.Model]]:
        """Give the record what was typed; returns all its lists, for `record.actions.save`."""
        self.fill()
        rows: dict[str, list[models.Model]] = {}
        for listed in self.lists:
            kept = [form for form in listed.forms if not form.is_blank]
            for form in kept:
                form.fill()
            listed.forms = kept
            rows[listed.name] = [form.instance for form in kept]
        for name, field in self.fields.items():
            if isinstance(field, ReferencesField):
                chooser = self.setting.chooser
                rows[name] = [
                    one
                    for key in self.cleaned_data.get(name, [])
                    if (one := chooser.named(field.kind, key=key, words="")) is not None
                ]
        return rows

    def refuse(self, error: ValidationError) -> None:
        """Put what was refused when it was saved beside the fields that it is about."""
        by_path = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for path, found in by_path.items():
            first, _dot, rest = path.partition(".")
            place, _dot, name = rest.partition(".")
            rows = next((one for one in self.lists if one.name == first), None)
            if rows is None:
                _add(self, first, found)
            elif place.isdigit() and int(place) < len(rows.forms):
                _add(rows.forms[int(place)], name.partition(".")[0], found)
            else:
                rows.wrong += ValidationError(found).messages

    @property
    def faults(self) -> list["FaultShown"]:
        """All that is wrong, for the summary at the top, in the order of the page."""
        return [
            *_faults(self.first),
            *(fault for listed in self.lists for fault in listed.faults),
            *_faults(self.more),
            *(FaultShown("", str(message), "") for message in self.non_field_errors()),
        ]

    @property
    def named(self) -> set[str]:
        """The register keys of all records that the form names, so that all are asked at once."""
        forms_of = [self, *(form for listed in self.lists for form in listed.forms)]
        return {
            f"{field.kind}:{key}" if field.kind else key.replace("/", ":", 1)
            for form in forms_of
            for name, field in form.fields.items()
            if isinstance(field, ReferenceField | ReferencesField)
            for key in field.keys(form[name].value())
        }

    @property
    def first(self) -> list[forms.BoundField]:
        """What is needed to begin, and what is weighty."""
        return self.bound(name for name in self.fields if self._comes_first(name))

    @property
    def more(self) -> list[forms.BoundField]:
        """What unfolds."""
        return self.bound(name for name in self.fields if not self._comes_first(name))

    def _comes_first(self, name: str) -> bool:
        column = self.columns.get(name)
        filled = column is not None and not column.blank and not column.null
        return filled or name in self.kind.keeping.weighty or name in self.kind.keeping.part_of


@dataclass(frozen=True, slots=True)
class FaultShown:
    """What is wrong with a field: its label, what is expected, and the id to go to."""

    label: str
    message: str
    place: str


def _faults(fields: Iterable[forms.BoundField]) -> Iterator[FaultShown]:
    for bound in fields:
        for message in bound.errors:
            place = bound.id_for_label or bound.auto_id
            yield FaultShown(str(bound.label), str(message), place)


def _is_needed(column: "models.Field[object, object]") -> bool:
    """Whether somebody must fill in a column: it may not be empty, and has no value of its own."""
    return not (column.blank or column.null or column.has_default())


def _add(form: RowForm, name: str, found: list[ValidationError]) -> None:
    form.add_error(name if name in form.fields else None, ValidationError(found))


def _sent(data: Mapping[str, object], name: str) -> Iterator[str]:
    """The places of the rows of a list that were sent, in the order in which they stand."""
    prefix = f"{name}."
    places = dict.fromkeys(
        key.removeprefix(prefix).partition("-")[0]
        for key in data
        if key.startswith(prefix) and not key.startswith(f"{prefix}new-")
    )
    return iter(one for one in places if data.get(f"{prefix}{one}-gone") != "on")


def _field(
    column: "models.Field[object, object]", instance: models.Model, setting: Setting
) -> forms.Field:
    if isinstance(column, TextColumn):
        stored = getattr(instance, column.attname)
        return TextField(column, setting.languages, stored if isinstance(stored, Text) else None)
    if isinstance(column, DateAsSaidColumn):
        said = getattr(instance, column.attname)
        known = said if isinstance(said, DateAsSaid) else None
        return DateField(column, setting.language, setting.today, known)
    if isinstance(column, MomentColumn):
        return MomentField(column, setting.zone)
    if isinstance(column, GoalsColumn):
        return GoalsField(column)
    if isinstance(column, models.ForeignKey):
        return ReferenceField(column, _kind_of(column.related_model))
    if isinstance(column, (LanguageColumn, LanguagesColumn)):
        return LanguageField(column)
    return ColumnField(column)


def _stored(instance: models.Model, column: "models.Field[object, object]") -> object:
    if isinstance(column, models.ForeignKey) and getattr(instance, column.attname) is None:
        return None
    return getattr(instance, column.name)


def _kind_of(model: object) -> str:
    """The kind that a reference names; empty for one to the register, which names any."""
    if model is Entry:
        return ""
    if not isinstance(model, type) or not issubclass(model, Recorded):
        raise TypeError(f"{model} is no kind of record")
    return kinds.of_model(model).kind
