"""What a program sends, as the record takes it: read by the shapes in which records are given."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import RequestDataTooBig
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from amity.dossier.problems import Path, Wrong
from amity.dossier.reading.yaml import DEEPEST
from amity.dossier.reading.yaml import Plain as Bare
from amity.dossier.shapes.base import suggestion
from amity.dossier.shapes.catalogue import record_shape
from amity.foundation.differences import JSON, Plain
from amity.foundation.words.characters import WordsError, is_blank, normal
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import child_columns, layout
from amity.record.queries import visible_entries, visible_to

from .problems import Fault, Problem
from .records import Json

TYPES = ("application/json", "application/merge-patch+json")


def body_of(request: HttpRequest) -> Json:
    """The object that was sent. Raises Problem."""
    if request.content_type not in TYPES:
        raise Problem(415, "Send JSON, with Content-Type: application/json.")
    try:
        found = json.loads(request.body, parse_int=Bare, parse_float=Bare, parse_constant=_refused)
        if not isinstance(found, dict):
            raise Problem(400, "Send one JSON object.")
        return {_name(name): _as_written(value, 1) for name, value in found.items()}
    except RequestDataTooBig:
        raise Problem(413, "This is too large.") from None
    except (ValueError, RecursionError):
        raise Problem(400, "This is not JSON, or too deep.") from None


def words_of(given: Json, name: str, longest: int) -> str:
    """Words that were sent beside a record; empty where there are none. Raises Problem."""
    said = given.get(name, "")
    if not isinstance(said, str) or len(said) > longest:
        raise Problem(422, faults=[Fault((name,), f"Expected words, {longest} at most.")])
    if is_blank(said):
        return ""
    try:
        return normal(str(said))
    except WordsError as error:
        raise Problem(422, faults=[Fault((name,), str(error.args[0]))]) from None


def refuse_others(given: Json, known: Sequence[str]) -> None:
    """Raise Problem where something was sent that an operation does not take."""
    faults = [Fault((name,), _unknown(name, known)) for name in given if name not in known]
    if faults:
        raise Problem(422, faults=faults)


def fields_of(kind: Kind, given: Json) -> dict[str, JSON]:
    """The fields that were sent, as the record keeps them; None for one that is emptied.

    Only what people write of a kind: who keeps it, who reads it and what follows from others
    cannot be sent. Raises Problem, field by field.
    """
    shape, read, faults = record_shape(kind.kind), dict[str, JSON](), list[Fault]()
    names = [name for name in shape.names if name != "id"]
    for name, value in given.items():
        if name not in names:
            faults.append(Fault((name,), _unknown(name, names)))
            continue
        if value is None or value == []:
            read[name] = None
            continue
        one = shape.fields.get(name)
        try:
            if one is not None:
                read[name] = one.shape.read(value)
            elif name in shape.lists:
                read[name] = list[JSON](shape.lists[name].read(value))
            else:
                read[name] = list[JSON](shape.children[name].read(value))
        except Wrong as wrong:
            faults += [Fault((name, *path), words) for path, words in wrong.faults]
    if faults:
        raise Problem(422, faults=faults)
    return read


def refuse_unseen(acting: Acting, kind: Kind, state: Plain) -> None:
    """Raise Problem where a state names what whoever acts may not read, as if it were not there.

    One statement for each kind that is named.
    """
    named: dict[type[models.Model], list[tuple[Path, str]]] = defaultdict(list)
    for model, path, key in _references(kind, state):
        named[model].append((path, key))
    faults = []
    for model, places in named.items():
        there = _seen(acting, model, [key for _path, key in places])
        faults += [
            Fault(path, _("There is no %(key)s that you may read.") % {"key": key})
            for path, key in places
            if key not in there
        ]
    if faults:
        raise Problem(422, faults=faults)


def _seen(acting: Acting, model: type[models.Model], keys: Sequence[str]) -> set[str]:
    if model is Entry:
        names = [key.partition("/")[2] for key in keys]
        rows = visible_entries(acting).filter(key__in=names).values_list("kind", "key")
        return {f"{kind}/{key}" for kind, key in rows}
    if not issubclass(model, Recorded):
        return set(keys)
    return set(visible_to(acting, model).filter(key__in=keys).values_list("key", flat=True))


def _references(kind: Kind, state: Plain) -> Iterator[tuple[type[models.Model], Path, str]]:
    found = layout(kind.model)
    yield from _of_columns(found.columns, state, ())
    for many in found.lists:
        for place, key in enumerate(_listed(state.get(many.name))):
            yield many.names, (many.name, place), str(key)
    for child in found.children:
        for place, row in enumerate(_listed(state.get(child.name))):
            if isinstance(row, Mapping):
                yield from _of_columns(child_columns(child), row, (child.name, place))


def _of_columns(
    columns: "Sequence[models.Field[object, object]]", state: Mapping[str, JSON], path: Path
) -> Iterator[tuple[type[models.Model], Path, str]]:
    for column in columns:
        if isinstance(column, models.ForeignKey) and state.get(column.name) is not None:
            yield column.related_model, (*path, column.name), str(state[column.name])


def _listed(value: JSON) -> list[JSON]:
    return list(value) if isinstance(value, list) else []


def _as_written(value: object, depth: int) -> object:
    """What JSON holds as the shapes take it, which read what people write in a folder."""
    if depth > DEEPEST:
        raise ValueError
    if isinstance(value, dict):
        return {_name(name): _as_written(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_written(one, depth + 1) for one in value]
    if isinstance(value, bool):
        return Bare("true" if value else "false")
    return Bare("null") if value is None and depth > 1 else value


def _name(name: str) -> str:
    """A name as it can be said in an answer. Raises ValueError for half of a surrogate pair."""
    return name.encode().decode()


def _refused(_constant: str) -> None:
    raise ValueError


def _unknown(name: str, known: Sequence[str]) -> str:
    return f"Unknown{suggestion(name, known)}; expected one of {', '.join(known)}."
