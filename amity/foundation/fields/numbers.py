"""Columns of numbers: whole, decimal, and degrees of latitude or longitude."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from .written import WrittenColumn, refused

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
LONGEST_NUMBER = 60
LARGEST_SMALL, LARGEST = 32_767, 2_147_483_647
"""What both databases keep in a small and in an ordinary integer."""


class WholeNumbers(WrittenColumn):
    """Whole numbers from `least` to `most`."""

    widget = forms.NumberInput
    least, most = 0, LARGEST
    validators: list[Callable[[object], None]] = []
    """Django's ask the database for its limits; here they are the same for all."""

    def read(self, value: object) -> object:
        if value is None:
            return None
        words = str(value)
        if type(value) is not bool and len(words) < LONGEST_NUMBER and INTEGER.match(words):
            number = int(words)
            if self.least <= number <= self.most:
                return number
        raise refused(
            _("{value} is not a whole number from {least} to {most}"),
            value,
            least=self.least,
            most=self.most,
        )


class WholeColumn(WholeNumbers, models.PositiveIntegerField):
    """A whole number that is not negative."""

    kept_as = models.PositiveIntegerField


class SmallWholeColumn(WholeNumbers, models.PositiveSmallIntegerField):
    """A small whole number that is not negative."""

    kept_as = models.PositiveSmallIntegerField
    most = LARGEST_SMALL


class AmountColumn(WrittenColumn, models.DecimalField):
    """A decimal number, kept exactly and without zeros at its end."""

    kept_as = models.DecimalField

    def read(self, value: object) -> object:
        if value is None:
            return None
        words = f"{value:f}" if isinstance(value, Decimal) else str(value)
        if len(words) < LONGEST_NUMBER and NUMBER.match(words):
            number = Decimal(words)
            _sign, digits, exponent = number.normalize().as_tuple()
            places, whole = max(-int(exponent), 0), len(digits) + int(exponent)
            if places <= self.decimal_places and whole <= self._whole():
                return plain_decimal(number)
        raise refused(
            _(
                "{value} is not a number with at most {before} digits before and {after} after "
                "the point"
            ),
            value,
            before=self._whole(),
            after=self.decimal_places,
        )

    def written(self, value: Decimal) -> Decimal:
        return plain_decimal(value)

    def _whole(self) -> int:
        return int(self.max_digits or 0) - int(self.decimal_places or 0)


class DegreesColumn(WrittenColumn, models.FloatField):
    """A latitude or longitude in decimal degrees, from -`most` to `most`."""

    kept_as = models.FloatField

    def __init__(self, *args: Any, most: int = 180, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most = most

    def read(self, value: object) -> object:
        if value is None:
            return None
        words = f"{value:f}" if isinstance(value, float) else str(value)
        if len(words) < LONGEST_NUMBER and NUMBER.match(words) and abs(float(words)) <= self.most:
            return (value if isinstance(value, float) else float(words)) + 0.0
        raise refused(
            _("{value} is not in decimal degrees such as 21.0285, from -{most} to {most}"),
            value,
            most=self.most,
        )


def plain_decimal(number: Decimal) -> Decimal:
    """Without exponent and without zeros at the end: 4600000000, 0.5."""
    words = f"{number:f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return Decimal("0" if words in ("-0", "") else words)
