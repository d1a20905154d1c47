"""What is not wrong in a folder and may not be meant: told by a check, and never refused."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from amity.dossier.problems import Path, Problem, Problems
from amity.dossier.reading.files import sheets
from amity.dossier.shapes.base import suggestion
from amity.dossier.staging.database import Place
from amity.dossier.staging.folder import Staged
from amity.dossier.staging.placing import Unplaced, placed
from amity.dossier.telling.numbers import following
from amity.foundation.dates.fields import DateAsSaidColumn
from amity.foundation.differences import JSON
from amity.gatherings.choices import Occasion, StatementKind
from amity.languages.fields import TextColumn
from amity.network.choices import PartnershipKind
from amity.record import kinds
from amity.record.plain.layout import child_columns, layout
from amity.sources.choices import Property


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something worth a look: where it stands, and what it is."""

    place: Place
    path: Path
    message: str


def notice(staged: Staged) -> Problems:
    """All that is worth a look, with file and line."""
    unplaced = Unplaced()
    for find in (_languages, _recurrences, _twins, _nobody, _properties):
        for one in find(staged):
            unplaced.add(one.place, one.path, one.message)
    found = placed(staged, unplaced)
    for name in sheets(staged.root):
        words = "is not read; records stand in files that end in .yaml, see docs/dossier.md"
        found.add(Problem(name, 0, "", words))
    return found


def _languages(staged: Staged) -> Iterator[Noticed]:
    """Texts that lack a language which the head promises: the first of a field, and how many."""
    promised = [str(tag) for tag in staged.head.get("languages", [])]
    first: dict[tuple[str, str, str], tuple[str, Path]] = {}
    count: dict[tuple[str, str, str], int] = defaultdict(int)
    for kind in kinds.kinds():
        for key, record in staged.spool.records(kind.kind):
            for path, text in _texts(kind.kind, record):
                there = {tag.partition("-")[0] for tag in text}
                if path == ("translation",):  # who reads the quotation needs none
                    there.add(str(record.get("language")).partition("-")[0])
                for tag in promised:
                    if tag.partition("-")[0] not in there:
                        name = ".".join(step for step in path if isinstance(step, str))
                        first.setdefault((kind.kind, name, tag), (key, path))
                        count[kind.kind, name, tag] += 1
    for field, (key, path) in first.items():
        of_kind, _name, tag = field
        more = count[field] - 1
        also = f", and so do {more:,} more" if more else ""
        words = f"lacks {tag}, which dossier.yaml promises{also}"
        yield Noticed(staged.spool.place(of_kind, key), path, words)


def _texts(kind: str, record: dict[str, JSON]) -> Iterator[tuple[Path, dict[str, JSON]]]:
    """The texts of a record and its rows, each with the way to it and its versions."""
    found = layout(kinds.get(kind).model)
    for column in found.columns:
        if isinstance(column, TextColumn):
            yield from _versions((column.name,), record.get(column.name))
    for child in found.children:
        rows = record.get(child.name)
        for position, row in enumerate(rows if isinstance(rows, list) else ()):
            for column in child_columns(child):
                if isinstance(column, TextColumn) and isinstance(row, dict):
                    way = (child.name, position, column.name)
                    yield from _versions(way, row.get(column.name))


def _versions(way: Path, text: JSON) -> Iterator[tuple[Path, dict[str, JSON]]]:
    versions = text.get("versions") if isinstance(text, dict) else None
    if isinstance(versions, dict):
        yield way, versions


def _recurrences(staged: Staged) -> Iterator[Noticed]:
    """What comes back, and does not say from when: nothing of it is due before the end."""
    for kind in kinds.kinds():
        columns = layout(kind.model).columns
        names = [column.name for column in columns if isinstance(column, DateAsSaidColumn)]
        for key, record in staged.spool.records(kind.kind) if names else ():
            for name in names:
                said = record.get(name)
                if isinstance(said, dict) and said.get("every") and not said.get("start"):
                    words = (
                        f"comes back every {said['every']}, and does not say from when, so no turn "
                        "of it is due before its end; write the first one as edtf"
                    )
                    yield Noticed(staged.spool.place(kind.kind, key), (name,), words)


def _twins(staged: Staged) -> Iterator[Noticed]:
    """Partnerships of one kind between the same areas."""
    areas: dict[str, set[str]] = defaultdict(set)
    for _key, side in staged.spool.records("side"):
        areas[str(side.get("partnership"))].add(str(side.get("area")))
    first: dict[tuple[object, ...], str] = {}
    for key, partnership in staged.spool.records("partnership"):
        kind = partnership.get("kind")
        both = tuple(sorted(areas[key]))
        if kind not in (PartnershipKind.TWINNING, PartnershipKind.FRIENDSHIP) or len(both) < 2:
            continue
        before = first.setdefault((kind, both), key)
        if before != key:
            words = f"is a {kind} of the same areas as {before}; expected one of the two"
            yield Noticed(staged.spool.place("partnership", key), ("id",), words)


def _nobody(staged: Staged) -> Iterator[Noticed]:
    """Statements without a speaker; of a joint position, and of what an account tells of several
    without naming them, that is how it was."""
    for key, statement in staged.spool.records("statement"):
        if statement.get("kind") == StatementKind.POSITION:
            continue
        if statement.get("occasion") == Occasion.ACCOUNT:
            continue
        if not any(statement.get(name) for name in ("person", "organization", "side")):
            words = "nobody says it; expected a person, an organization or a side"
            yield Noticed(staged.spool.place("statement", key), (), words)


def _properties(staged: Staged) -> Iterator[Noticed]:
    """Properties of claims for which pages have no words."""
    known = [str(one) for one in Property]
    for key, passage in staged.spool.records("passage"):
        claims = passage.get("claims")
        for position, claim in enumerate(claims if isinstance(claims, list) else ()):
            name = claim.get("property") if isinstance(claim, dict) else None
            if name and name not in known:
                near = suggestion(str(name), known)
                words = f"pages have no words for “{name}”{near}; they show the name itself"
                yield Noticed(
                    staged.spool.place("passage", key), ("claims", position, "property"), words
                )


def free_numbers(staged: Staged) -> list[str]:
    """The next number after the highest of each letter and year that the folder uses."""
    return following(key for kind in kinds.kinds() for key in staged.spool.keys(kind.kind))
