"""Which shape the column of a model has."""

from typing import Any

from django.core import validators
from django.db import models

from amity.foundation.dates.fields import DateAsSaidColumn
from amity.languages.fields import TextColumn

from .base import Shape
from .lists import Languages, OtherNames
from .texts import AsSaid, InLanguages
from .values import Amount, Day, Degrees, Flag, Language, Moment, OneOf, Period, Whole, Words, Zone

LARGEST_SMALL, LARGEST = 32_767, 2_147_483_647

BY_NAME: dict[str, Shape] = {
    "language": Language(),
    "languages": Languages(),
    "other_names": OtherNames(),
    "timezone": Zone(),
    "every": Period(),
    "country_code": Words(2, pattern=r"[A-Z]{2}\Z", expected="two capitals of ISO 3166-1"),
    "wikidata_id": Words(20, pattern=r"Q[1-9][0-9]*\Z", expected="a Wikidata item such as Q1858"),
    "latitude": Degrees(90),
    "longitude": Degrees(180),
}
"""Columns whose name says more than their type; the name means the same in every room."""


def shape_of(column: "models.Field[Any, Any]") -> Shape:
    """The shape of a column that is not a reference."""
    if column.name in BY_NAME:
        return BY_NAME[column.name]
    if column.choices:
        return OneOf([str(value) for value, _ in column.flatchoices])
    for kind, make in _BY_TYPE:
        if isinstance(column, kind):
            return make(column)
    raise TypeError(f"no shape for {column}: {type(column).__name__}")


def _address(column: Any) -> Shape:
    return Words(
        column.max_length,
        pattern=r"https?://\S+\Z",
        expected="an address that begins with https:// or http://",
        validators=[validators.URLValidator(schemes=["http", "https"])],
    )


def _slug(column: Any) -> Shape:
    return Words(
        column.max_length,
        pattern=r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z",
        expected="small letters, digits, hyphens and underscores",
    )


_BY_TYPE: tuple[tuple[type, Any], ...] = (
    (TextColumn, lambda column: InLanguages()),
    (DateAsSaidColumn, lambda column: AsSaid()),
    (models.URLField, _address),
    (models.SlugField, _slug),
    (models.CharField, lambda column: Words(column.max_length)),
    (models.BooleanField, lambda column: Flag()),
    (models.PositiveSmallIntegerField, lambda column: Whole(0, LARGEST_SMALL)),
    (models.PositiveIntegerField, lambda column: Whole(0, LARGEST)),
    (models.DecimalField, lambda column: Amount(column.max_digits, column.decimal_places)),
    (models.DateTimeField, lambda column: Moment()),
    (models.DateField, lambda column: Day()),
)
