"""A record of an office as a program reads it, names it and changes it."""

import re
from collections.abc import Mapping

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from amity.desk.queries import kind_or_404, record_or_404
from amity.dossier.shapes.catalogue import PICTURE
from amity.foundation.differences import Plain
from amity.record.actions.write import audience_of
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.filling import fill
from amity.record.plain.states import plain_of
from amity.record.removals import missing

from .answering import as_json
from .bodies import refuse_unseen
from .problems import Fault, Problem
from .programs import ProgramRequest
from .records import Json, read_records

REVISION = re.compile(r'"([1-9][0-9]{0,8})"', re.ASCII)


def written_kind_or_404(plural: str) -> Kind:
    """A kind that programs write: all but pictures, which come as files. Raises Http404."""
    kind = kind_or_404(plural)
    if kind.kind == PICTURE:
        raise Http404(plural)
    return kind


def found_or_404(request: ProgramRequest, kind: Kind, key: str) -> Recorded:
    """A record that the office reads. Raises Http404, Removed, Moved."""
    try:
        return record_or_404(request.program.acting, kind, key)
    except Http404:
        raise missing(kind.model, key, request.program.acting) from None


def changed(
    request: ProgramRequest, kind: Kind, key: str, fields: Mapping[str, object]
) -> tuple[Recorded, dict[str, list[models.Model]]]:
    """A record as it is to be, not written yet, and its lists."""
    record = found_or_404(request, kind, key)
    revision = revision_in(request)
    state: Plain = {**plain_of(record), **fields}  # type: ignore[dict-item] # JSON, by the shapes
    state = {name: value for name, value in state.items() if value is not None}
    named: Plain = {name: value for name, value in state.items() if name in fields}
    refuse_unseen(request.program.acting, kind, named)
    rows = fill(record, state)
    record.revision = revision
    return record, rows


def revision_in(request: HttpRequest) -> int:
    """The revision that a program has read. Raises Problem."""
    said = request.headers.get("If-Match", "")
    if not said:
        raise Problem(428, "Send the ETag of what you read as If-Match.")
    found = REVISION.fullmatch(said.strip())
    if found is None:
        raise Problem(400, 'Expected the ETag of what you read as If-Match, such as "3".')
    return int(found[1])


def audience_in(given: Json) -> Audience:
    """Who is to read it, as a program says. Raises Problem."""
    said = given.get("audience")
    if said not in Audience.values:
        expected = f"Expected one of {', '.join(Audience.values)}."
        raise Problem(422, faults=[Fault(("audience",), expected)])
    return Audience(str(said))


def as_items(kind: Kind, records: list[Recorded]) -> list[Json]:
    """Records as the public interface gives them, with their revision and who reads them."""
    known = {one.key: one for one in records}
    rows = kind.model.everything.filter(pk__in=[one.pk for one in records]).order_by("key")
    found = {one["id"]: one for one in read_records(kind, rows, timezone.now().date())}
    return [
        {**found[key], "revision": one.revision, "audience": str(audience_of(one))}
        for key, one in known.items()
        if key in found
    ]


def record_response(kind: Kind, record: Recorded, status: int = 200) -> HttpResponse:
    """A record that the office reads, with its ETag."""
    response = as_json(as_items(kind, [record])[0], status=status)
    response["ETag"] = f'"{record.revision}"'
    return response
