"""The database's own constraints, checked on plain records before anything is written.

The conditions come from the models, so a dossier is held to exactly what the database holds;
here stand only the words for people. SQL's three-valued logic applies: what is compared with
nothing is neither true nor false, and a check fails only when it is false.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q

from amity.dossier.problems import Path

Plain = Mapping[str, Any]
Value = Callable[[Any, str], Any]
"""(record, field) → value, with the field's default where nothing is written."""
Test = Callable[[Any, Value], bool | None]

WORDS = {
    "record_picture_has_size": "a picture without width or height",
    "network_area_position_whole": "latitude and longitude are given together or not at all",
    "network_area_not_its_own_part": "an area cannot be part of itself",
    "network_organization_not_its_own_part": "an organization cannot be part of itself",
    "network_partnership_not_its_own_part": "a partnership cannot be part of itself",
    "network_side_from_one": "sides are numbered from 1",
    "network_indicator_of_one_thing": "expected either a partnership or an area",
    "network_indicator_year": "expected a year from 1000 to 2999",
    "network_signatory_names_someone": "expected an area, an organization or a person",
    "gatherings_number_within_series": "an edition has a series and a number from 1",
    "gatherings_not_its_own_part": "a gathering cannot be part of itself",
    "gatherings_session_times": "expected both times or none, the end after the start",
    "gatherings_contribution_times": "expected both times or none, the end after the start",
    "gatherings_statement_by_someone": "expected a person, organization, side or gathering",
    "delegations_group_quota": "a quota is at least 1; leave it out when it is open",
    "followup_assurance_has_grade": "an assurance has a grade; expected one",
    "followup_answer_alternative_from_one": "alternatives are numbered from 1",
    "followup_report_accepted_on": "an accepted report has accepted_on, and no other has",
    "followup_report_submitted_on": "expected submitted_on; only a draft has none",
    "followup_review_by_someone": "expected a reviewer or an organization",
    "followup_disposition_of_one_item": "expected either a proposal or a commitment",
    "followup_dropped_with_reason": "what is dropped has a reason; expected one",
    "followup_carried_into_an_edition": "into is given for what is carried, and only then",
    "sources_article_not_its_own_translation": "an article cannot translate itself",
    "sources_passage_span_in_order": "expected span_start before span_end, or neither",
    "sources_claim_value_with_property": "property and value are given together or not at all",
}
"""What each check constraint means, by its name."""


@dataclass(frozen=True)
class Check:
    """A check constraint: `field` is where a mistake is shown."""

    field: str
    message: str
    test: Test

    def holds(self, record: Plain, value: Value) -> bool:
        """Whether the record may be so."""
        return self.test(record, value) is not False


@dataclass(frozen=True)
class OnceAmong:
    """A unique constraint over plain fields; `only` says which records it is about."""

    fields: tuple[str, ...]
    only: Test | None

    def of(self, record: Plain) -> tuple[Any, ...] | None:
        """What may not come twice; None where the constraint does not bind this record."""
        if self.only is not None and not self.only(record, lambda one, name: one.get(name, "")):
            return None
        values = tuple(record.get(name) for name in self.fields)
        return None if None in values else values

    def repeated(self, rows: Iterable[Plain]) -> list[tuple[Path, str]]:
        """Rows of one list that say again what one before them said. Absent counts as a value."""
        seen: set[tuple[Any, ...]] = set()
        found: list[tuple[Path, str]] = []
        for position, row in enumerate(rows):
            values = tuple(row.get(name) for name in self.fields)
            if values in seen:
                words = " and ".join(self.fields)
                found.append(((position,), f"the same {words} as above; expected it once"))
            seen.add(values)
        return found


def checks_of(
    model: type[models.Model], fields: set[str], names: Mapping[str, str]
) -> tuple[Check, ...]:
    """The model's check constraints that are about fields people write."""
    found = []
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.CheckConstraint):
            continue
        used = [names.get(name, name) for name in _names(_q(constraint.condition))]
        if set(used) <= fields:
            test = compiled(_q(constraint.condition))
            found.append(Check(used[0], WORDS[constraint.name], test))
    return tuple(found)


def once_among(
    model: type[models.Model], names: Mapping[str, str], owner: str
) -> tuple[OnceAmong, ...]:
    """The model's unique constraints; those of child rows without their owner and position."""
    found = []
    for column in model._meta.local_concrete_fields:
        if column.unique and not column.primary_key and column.name not in names:
            found.append(OnceAmong((column.name,), None))
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        fields = tuple(name for name in constraint.fields if name != owner)
        if owner and (fields == ("position",) or len(fields) == len(constraint.fields)):
            continue
        only = compiled(constraint.condition) if constraint.condition else None
        found.append(OnceAmong(fields, only))
    return tuple(found)


def _q(condition: Any) -> Q:
    """The condition of a check as what this module understands. Raises TypeError."""
    if not isinstance(condition, Q):
        raise TypeError(f"{condition!r} is no Q")
    return condition


def compiled(condition: Q) -> Test:
    """A function that decides `condition` of a record: True, False, or None for unknown."""
    children: list[Any] = condition.children
    parts = [compiled(child) if isinstance(child, Q) else _lookup(*child) for child in children]
    join = {Q.AND: _all, Q.OR: _any}[condition.connector]
    negated = condition.negated

    def test(record: Any, value: Value) -> bool | None:
        result = join(part(record, value) for part in parts)
        return result if not negated or result is None else not result

    return test


def _all(results: Iterable[bool | None]) -> bool | None:
    listed = list(results)
    if False in listed:
        return False
    return None if None in listed else True


def _any(results: Iterable[bool | None]) -> bool | None:
    listed = list(results)
    if True in listed:
        return True
    return None if None in listed else False


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda left, right: bool(left == right),
    "gt": lambda left, right: bool(left > right),
    "gte": lambda left, right: bool(left >= right),
    "lt": lambda left, right: bool(left < right),
    "lte": lambda left, right: bool(left <= right),
}


def _lookup(path: str, expected: Any) -> Test:
    """One comparison. The row's own number, `F("id")`, is its key in a plain record."""
    name, _, lookup = path.partition("__")
    if lookup == "isnull":
        return lambda record, value: (value(record, name) is None) is expected
    compare = COMPARISONS[lookup or "exact"]
    if isinstance(expected, F):
        other = _column(expected)

        def test(record: Any, value: Value) -> bool | None:
            left, right = value(record, name), value(record, other)
            return None if left is None or right is None else compare(left, right)

        return test

    def constant(record: Any, value: Value) -> bool | None:
        left = value(record, name)
        return None if left is None else compare(left, expected)

    return constant


def _column(expression: Any) -> str:
    name: str = expression.name
    return name


def _names(condition: Q) -> list[str]:
    found: list[str] = []
    children: list[Any] = condition.children
    for child in children:
        if isinstance(child, Q):
            found += _names(child)
            continue
        path, expected = child
        found.append(path.partition("__")[0])
        if isinstance(expected, F) and _column(expected) != "id":
            found.append(_column(expected))
    return found
