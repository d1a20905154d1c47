"""The states of records, from the database and from memory.

References are keys, texts and dates their stored JSON, child rows a list in their order, and
many-to-many lists keys in alphabetical order.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import QuerySet

from amity.foundation.database.batches import AT_A_TIME, batched
from amity.foundation.dates.fields import ValueColumn
from amity.foundation.differences import JSON, Plain
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import ChildList, ManyList, child_columns, layout


def plain_of(record: Recorded) -> Plain:
    """The state of one record as the database holds it. One statement, and one for each list."""
    rows = type(record).everything.filter(pk=record.pk)
    return next(state for _, state in plain_rows(rows))


def plain_as_read(record: Recorded) -> Plain:
    """The state of a record that was read just now, with all that its columns name.

    One statement for its lists of records together, and one for each list of rows.
    """
    found, rows = layout(type(record)), type(record).everything.all()
    state = _held(record, found.columns)
    keys: dict[str, list[JSON]] = defaultdict(list)
    pairs = [
        many.pairs._base_manager.filter(**{many.owner: record.pk}).values_list(
            models.Value(many.name, models.CharField()), f"{many.other}__key"
        )
        for many in found.lists
    ]
    for name, key in pairs[0].union(*pairs[1:], all=True) if pairs else ():
        keys[name].append(key)
    for many in found.lists:
        if listed := keys.get(many.name):
            state[many.name] = sorted(listed, key=str)
    for child in found.children:
        if items := _child_rows(rows, child, [record.pk]).get(record.pk):
            state[child.name] = items
    return state


def plain_rows(rows: "QuerySet[models.Model]") -> Iterator[tuple[int, Plain]]:
    """Number and state of each record in `rows`, in the order of their numbers.

    Reads a thousand at a time, with one statement for each list that the kind has.
    """
    found = layout(rows.model)
    paths = [path for column in found.columns for path in _paths(column)]
    listed = rows.order_by("pk").values_list("pk", *paths)
    for batch in batched(listed.iterator(chunk_size=AT_A_TIME)):
        numbers = [row[0] for row in batch]
        beside = {field.name: _listed(rows, field, numbers) for field in found.lists}
        beside |= {child.name: _child_rows(rows, child, numbers) for child in found.children}
        for number, *values in batch:
            state = _state(found.columns, values)
            for name, by_owner in beside.items():
                if items := by_owner.get(number):
                    state[name] = items
            yield number, state


def _paths(column: "models.Field[object, object]") -> list[str]:
    """What is read of a column: of a reference its key, of one to the register its kind too."""
    if isinstance(column, models.ForeignKey):
        if column.related_model is Entry:
            return [f"{column.name}__kind", f"{column.name}__key"]
        return [f"{column.name}__key"]
    return [column.name]


def _state(columns: "Sequence[models.Field[object, object]]", values: Sequence[object]) -> Plain:
    state: Plain = {}
    given = iter(values)
    for column in columns:
        value = next(given)
        if isinstance(column, models.ForeignKey) and column.related_model is Entry:
            value = f"{value}/{next(given)}"
        plain = plain_value(value)
        if not is_default(column, plain):
            state[column.name] = plain
    return state


def is_default(column: "models.Field[object, object]", value: JSON) -> bool:
    """Whether `value` goes without saying, so that plain form leaves it out."""
    if value is None or (value in ("", []) and column.blank):
        return True
    return bool(column.has_default() and value == plain_value(column.get_default()))


def plain_value(value: object) -> JSON:
    """The value of a column as JSON: days and moments in ISO 8601 (UTC), decimals as words."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        words = f"{value:f}"
        return words.rstrip("0").rstrip(".") if "." in words else words
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return str(value) if isinstance(value, str) else value
    plain: JSON = value.to_json()  # type: ignore[attr-defined] # texts and dates as said have it
    return plain


def _listed(rows: "QuerySet[models.Model]", many: ManyList, numbers: list[int]) -> dict[int, JSON]:
    pairs = many.pairs._base_manager.using(rows.db).filter(**{f"{many.owner}__in": numbers})
    found: dict[int, list[JSON]] = defaultdict(list)
    for number, key in pairs.values_list(f"{many.owner}_id", f"{many.other}__key"):
        found[number].append(key)
    return {number: sorted(keys, key=str) for number, keys in found.items()}


def _child_rows(
    rows: "QuerySet[models.Model]", child: ChildList, numbers: list[int]
) -> dict[int, JSON]:
    columns = child_columns(child)
    paths = [path for column in columns for path in _paths(column)]
    listed = child.model._base_manager.using(rows.db).filter(**{f"{child.owner}__in": numbers})
    found: dict[int, list[JSON]] = defaultdict(list)
    for number, *values in listed.order_by(f"{child.owner}_id", "position").values_list(
        f"{child.owner}_id", *paths
    ):
        found[number].append(_state(columns, values))
    return dict(found)


def column_value(column: "models.Field[object, object]", value: JSON) -> object:
    """What to put into the attribute of a column that is no reference, for its plain value."""
    if value is None:
        return None if column.null else column.get_default()
    if isinstance(column, ValueColumn):
        return column.value_class.from_json(value)
    return column.to_python(value)


def state_of(
    record: Recorded,
    lists: Mapping[str, Sequence[str]],
    children: Mapping[str, Sequence[models.Model]],
) -> Plain:
    """The state of a record as it is in memory; `lists` gives keys, `children` rows in order."""
    found = layout(type(record))
    state = _held(record, found.columns)
    for name in (field.name for field in found.lists):
        if keys := sorted(lists.get(name, ())):
            state[name] = list[JSON](keys)
    for child in found.children:
        if rows := children.get(child.name, ()):
            columns = child_columns(child)
            state[child.name] = [_held(row, columns) for row in rows]
    return state


def _held(row: models.Model, columns: "Sequence[models.Field[object, object]]") -> Plain:
    state: Plain = {}
    for column in columns:
        value = getattr(row, column.name)
        if isinstance(value, Entry):
            value = f"{value.kind}/{value.key}"
        elif isinstance(value, Recorded):
            value = value.key
        plain = plain_value(value)
        if not is_default(column, plain):
            state[column.name] = plain
    return state
