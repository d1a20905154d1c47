"""Records as the interface gives them: the dossier's shapes, with what is derived beside them.

A submitted or returned report does not exist here, nor does what is claimed about one.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch

from amity.dossier.shapes.catalogue import PICTURE, head_shape, record_shape
from amity.dossier.shapes.records import RecordShape
from amity.dossier.stored import record_of, values_of
from amity.followup.choices import ReportState
from amity.followup.models import Commitment, Report
from amity.foundation.pages.links import absolute, in_language
from amity.network.models import Partnership
from amity.network.queries.certainty import with_certainty
from amity.record import kinds
from amity.record.acting import STRANGER, Acting
from amity.record.kinds import Kind
from amity.record.media import url_of
from amity.record.models import Recorded
from amity.record.plain import NOT_WRITTEN, layout
from amity.record.queries import dossiers_for, visible_to
from amity.sources.models import Claim

Json = dict[str, Any]
Value = TypeVar("Value")

OWN = ("pk", "key", "dossier__key", "dossier__fictional")


def rows_of(kind: Kind, acting: Acting = STRANGER) -> QuerySet[Recorded]:
    """The records of a kind that whoever acts may read."""
    rows: QuerySet[Any] = visible_to(acting, kind.model)
    return rows.filter(state=ReportState.ACCEPTED) if kind.model is Report else rows


def derived(model: type[Model]) -> tuple[str, ...]:
    """Names of the columns that follow from other records, and are only read."""
    return tuple(
        column.name
        for column in model._meta.local_concrete_fields
        if not column.editable
        and not column.generated
        and not column.primary_key
        and column.name not in NOT_WRITTEN
    )


def read_records(kind: Kind, rows: QuerySet[Recorded], today: date) -> list[Json]:
    """The rows as records. One statement, and one for each list and each kind of child rows."""
    shape = record_shape(kind.kind)
    extra = (*OWN, *derived(kind.model))
    if kind.model is Partnership:
        rows = with_certainty(rows)  # type: ignore[arg-type] # they are partnerships
        extra = (*extra, "certainty")
    found = list(values_of(rows, shape, extra))
    numbers = [row[0] for row in found]
    beside = _lists(shape, numbers) | _children(shape, numbers)
    records = []
    for row in found:
        own = dict(zip(extra, row, strict=False))
        record = record_of(shape, row[len(extra) :])
        for name, by_owner in beside.items():
            if own["pk"] in by_owner:
                record[name] = by_owner[own["pk"]]
        follows = _follows(kind, own, today)
        records.append(_plain({**_head(kind, own), **_written(kind, record), **follows}))
    return records


def read_dossiers(key: str | None = None) -> list[Json]:
    """The dossiers in which the public reads something, or the one with this key. One statement."""
    shape = head_shape()
    rows = dossiers_for(STRANGER)
    chosen = rows.filter(key=key) if key else rows
    return [_plain(shape.write(record_of(shape, row))) for row in values_of(chosen, shape, ())]


def page_of(kind: Kind, key: str) -> str | None:
    """Address of the page people read, in the language they prefer; None when it has none."""
    try:
        path = kinds.entry_url(kind.kind, key)
    except NoReverseMatch:
        return None
    return absolute(in_language(path, "")) if path else None


def _head(kind: Kind, own: Json) -> Json:
    head = {
        "id": own["key"],
        "dossier": own["dossier__key"],
        "fictional": own["dossier__fictional"],
    }
    page = page_of(kind, own["key"])
    return {**head, "page": page} if page else head


def _written(kind: Kind, record: Json) -> Json:
    shape = record_shape(kind.kind)
    if kind.kind != PICTURE:
        return shape.write(record)
    file = absolute(url_of(record["sha256"], record["media_type"]))
    return {**RecordShape.write(shape, record), "file": file}


def _follows(kind: Kind, own: Json, today: date) -> Json:
    follows = {name: own[name] for name in derived(kind.model) if own[name] not in (None, "")}
    if own.get("certainty"):
        follows["certainty"] = own["certainty"]
    if kind.model is Commitment:
        follows["overdue"] = bool(own["open"] and own["due_on"] and own["due_on"] < today)
    return follows


def _lists(shape: RecordShape, numbers: list[int]) -> dict[str, dict[int, list[str]]]:
    many = {one.name: one for one in layout(shape.model).lists}
    found = {}
    for name in shape.lists:
        owner, key = many[name].owner, f"{many[name].other}__key"
        pairs = many[name].pairs._default_manager.filter(**{f"{owner}__in": numbers})
        found[name] = _grouped(pairs.order_by(key).values_list(owner, key))
    return found


def _grouped(pairs: Iterable[tuple[int, Value]]) -> dict[int, list[Value]]:
    grouped: dict[int, list[Value]] = defaultdict(list)
    for owner, value in pairs:
        grouped[owner].append(value)
    return dict(grouped)


def _children(shape: RecordShape, numbers: list[int]) -> dict[str, dict[int, list[Json]]]:
    found = {}
    for name, child in shape.children.items():
        rows = child.shape.model._default_manager.filter(**{f"{child.owner}__in": numbers})
        if child.shape.model is Claim:
            rows = rows.filter(_about_what_is_public())
        ordered = rows.order_by(child.owner, "position")
        found[name] = _grouped(
            (owner, record_of(child.shape, values))
            for owner, *values in values_of(ordered, child.shape, (f"{child.owner}_id",))
        )
    return found


def _about_what_is_public() -> Q:
    accepted = Report.objects.filter(key=OuterRef("about__key"), state=ReportState.ACCEPTED)
    return ~Q(about__kind="report") | Q(Exists(accepted))


def _plain(value: Any) -> Any:
    """`value` with what JSON has no word for in one it has: exact numbers, days."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
