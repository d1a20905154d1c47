"""Records as the interface gives them: the dossier's shapes, with what is derived beside them.

A submitted or returned report does not exist here, nor does what is claimed about one.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch

from amity.dossier.shapes.catalogue import PICTURE, head_shape, record_shape
from amity.dossier.shapes.records import RecordShape, as_written
from amity.followup.choices import ReportState
from amity.followup.models import Commitment, Report
from amity.foundation.differences import JSON, Plain
from amity.foundation.pages.links import absolute, in_language
from amity.network.models import Partnership
from amity.network.queries.certainty import with_certainty
from amity.record import kinds
from amity.record.acting import STRANGER, Acting
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.pictures.media import url_of
from amity.record.plain.layout import NOT_WRITTEN
from amity.record.plain.states import plain_rows
from amity.record.queries import changed_at, dossiers_for, visible_to
from amity.sources.models import Passage

Json = dict[str, Any]

OWN = ("pk", "key", "dossier__key", "dossier__fictional")
REPORT = "report/"


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
        and not column.is_relation
        and column.name not in NOT_WRITTEN
    )


def read_records(kind: Kind, rows: QuerySet[Recorded], today: date) -> list[Json]:
    """The rows as records. Two statements, and one for each list and each kind of child rows."""
    rows = rows.annotate(changed_at=changed_at(kind))
    extra = (*OWN, "changed_at", *derived(kind.model))
    if kind.model is Partnership:
        rows = with_certainty(rows)  # type: ignore[arg-type] # they are partnerships
        extra = (*extra, "certainty")
    found = {row[0]: dict(zip(extra, row, strict=True)) for row in rows.values_list(*extra)}
    states = dict(plain_rows(kind.model.everything.filter(pk__in=found)))
    if kind.model is Passage:
        _leave_out_claims_about_what_is_no_report(states.values())
    return [
        in_json_words(
            {
                **_head(kind, own),
                **_written(kind, as_written(states[number])),
                **_follows(kind, own, today),
            }
        )
        for number, own in found.items()
    ]


def read_dossiers(key: str | None = None) -> list[Json]:
    """The dossiers in which the public reads something, or the one with this key. One statement."""
    shape = head_shape()
    rows = dossiers_for(STRANGER)
    chosen = rows.filter(key=key) if key else rows
    states = sorted((state for _, state in plain_rows(chosen)), key=lambda one: str(one["key"]))
    return [in_json_words(shape.write(as_written(state))) for state in states]


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
    if own["changed_at"]:
        head["changed_at"] = own["changed_at"].isoformat(timespec="microseconds")
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


def _leave_out_claims_about_what_is_no_report(passages: Iterable[Plain]) -> None:
    """Take from passages what they claim about reports that do not exist here. One statement."""
    accepted = Report.objects.filter(state=ReportState.ACCEPTED).values_list("key", flat=True)
    there: set[JSON] | None = None
    for state in passages:
        claims = state.get("claims")
        if not isinstance(claims, list):
            continue
        about = [str(claim["about"]) for claim in claims if isinstance(claim, Mapping)]
        if not any(one.startswith(REPORT) for one in about):
            continue
        if there is None:
            there = {f"{REPORT}{key}" for key in accepted}
        kept: list[JSON] = [
            claim
            for one, claim in zip(about, claims, strict=True)
            if not one.startswith(REPORT) or one in there
        ]
        state["claims"] = kept
        if not kept:
            del state["claims"]


def in_json_words(value: Any) -> Any:
    """`value` with what JSON has no word for in one it has: exact numbers, days."""
    if isinstance(value, dict):
        return {name: in_json_words(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [in_json_words(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
