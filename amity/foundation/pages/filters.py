"""Query parameters of a page as a form: read strictly, spelt in one way, drawn from itself.

A list's form stands in its room's `forms.py`; page, CSV and API share it. What else stands in the
query is ignored (a tracker's parameter does not make a new page); a value that makes no sense is
answered with 400 and a page that names the parameter.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Self, cast
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.translation import pgettext_lazy

KEY = re.compile(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,99}\Z")
YEAR = re.compile(r"\A[1-9][0-9]{3}\Z")
MOST_PAGES = 100_000

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Label
else:
    Label = object


class BadQuery(BadRequest):
    """Known parameters have values that their page cannot mean; answered with status 400.

    `faults`: parameter → what is wrong with it; `parameter` is the first.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(f"malformed query parameters: {', '.join(faults)}")
        self.faults = faults
        self.parameter = next(iter(faults))


class WholeField(forms.IntegerField):
    """A whole number in plain digits; `default` where nothing is given."""

    def __init__(self, *, least: int, most: int, default: int, help_text: Label = "") -> None:
        super().__init__(
            min_value=least, max_value=most, initial=default, required=False, help_text=help_text
        )

    def to_python(self, value: str | None) -> int | None:
        if not value:
            return self.initial
        if not (value.isascii() and value.isdigit()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class PageField(WholeField):
    """Which page of a list, counted from 1."""

    def __init__(self) -> None:
        super().__init__(least=1, most=MOST_PAGES, default=1)


class ChoiceField(forms.TypedChoiceField):
    """One of `choices`, or `default`; `hidden`: chosen by links, so it stays as it is."""

    def __init__(
        self,
        choices: Iterable[tuple[str, Label]] | Callable[[], Iterable[tuple[str, Label]]],
        *,
        label: Label,
        default: str | None = None,
        help_text: Label = "",
        hidden: bool = False,
    ) -> None:
        super().__init__(
            choices=choices,
            coerce=str,
            empty_value=default,
            initial=default,
            required=False,
            label=label,
            help_text=help_text,
            widget=forms.HiddenInput if hidden else forms.Select,
        )

    def values(self) -> list[str]:
        """What may be chosen."""
        choices = cast(Iterable[tuple[str, Label]], self.choices)
        return [str(value) for value, _ in choices]


class SortField(ChoiceField):
    """In which order a list stands; nothing is chosen for the `usual` one."""

    def __init__(
        self, choices: Iterable[tuple[str, Label]], *, usual: Label, help_text: Label
    ) -> None:
        super().__init__(choices, label=pgettext_lazy("of a list", "Order"), help_text=help_text)
        self.usual = usual


class KeyField(forms.RegexField):
    """The identifier of a record, or None; whether there is such a record the page finds out.

    What there is to choose from comes from the record, so the view says it (`Filters.offer`);
    until then the field is one that stays as it is.
    """

    widget = forms.HiddenInput

    def __init__(
        self, *, label: Label = "", help_text: Label = "", pattern: re.Pattern[str] = KEY
    ) -> None:
        self.words = pattern.pattern.removeprefix(r"\A").removesuffix(r"\Z")
        super().__init__(
            pattern, empty_value=None, required=False, label=label, help_text=help_text
        )


class YearField(KeyField):
    """A year of four digits, or None; which years there are the view says."""

    def __init__(self, *, label: Label, help_text: Label = "") -> None:
        super().__init__(label=label, help_text=help_text, pattern=YEAR)


class Tick(Input):
    """A box; what the query says of it is for the field to understand."""

    input_type = "checkbox"


class FlagField(forms.Field):
    """A box that is ticked (`1`) or not (absent); programs may also say `true` and `false`.

    `hidden`: it stays as it is until the view offers it.
    """

    MEANINGS: ClassVar[Mapping[str, bool]] = {"1": True, "true": True, "0": False, "false": False}

    def __init__(self, *, label: Label, help_text: Label = "", hidden: bool = False) -> None:
        widget = forms.HiddenInput if hidden else Tick
        super().__init__(
            required=False, initial=False, label=label, help_text=help_text, widget=widget
        )

    def to_python(self, value: str | None) -> bool:
        if not value:
            return False
        if value not in self.MEANINGS:
            raise ValidationError(RegexValidator.message, code="invalid")
        return self.MEANINGS[value]


class DayField(forms.DateField):
    """A day as `2025-09-30`, or None."""

    widget = forms.HiddenInput

    def __init__(self, *, label: Label = "", help_text: Label = "") -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"], required=False, label=label, help_text=help_text
        )


class MomentField(forms.DateTimeField):
    """A moment as `2025-09-30T08:00:00Z`; a day alone is its beginning, and none said is UTC."""

    widget = forms.HiddenInput

    def __init__(self, *, label: Label = "", help_text: Label = "") -> None:
        super().__init__(required=False, label=label, help_text=help_text)

    def to_python(self, value: object) -> datetime | None:
        words = str(value or "").strip().replace(" ", "+")  # a plus sign is a space in a query
        if not words:
            return None
        try:
            moment = datetime.fromisoformat(words)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        moment = moment.replace(tzinfo=moment.tzinfo or UTC)
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class Filters(forms.Form):
    """The parameters of a page, in the order in which its address says them.

    `aside`: those that say how the list is shown, not what stands in it.
    """

    aside: ClassVar[frozenset[str]] = frozenset({"page", "sort"})

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """The form with what the query says. Raises BadQuery where that makes no sense.

        An empty value is no value: a form sends one for every field left alone.
        """
        given = {name: query[name].strip() for name in cls.base_fields if name in query}
        form = cls(given)
        if form.errors:
            raise BadQuery(
                {name: " ".join(map(str, faults)) for name, faults in form.errors.items()}
            )
        return form

    @classmethod
    def spelling(cls, query: Mapping[str, str]) -> str:
        """What `read(query).spelt()` gives; remembered, as most pages come from memory."""
        return _spelling(
            cls, tuple((name, query[name]) for name in cls.base_fields if name in query)
        )

    def spelt(self) -> str:
        """The one query string for these values: in order, without what is default anyway."""
        return urlencode([(name, _spelt(self.cleaned_data[name])) for name in self._said()])

    @property
    def number(self) -> int:
        """Which page of the list is asked for, counted from 1."""
        number: int = self.cleaned_data["page"]
        return number

    def chosen(self, name: str) -> str:
        """The value of a field as the query says it, "" where nothing is chosen."""
        value = self.cleaned_data[name]
        return _spelt(value) if value else ""

    @property
    def narrows(self) -> bool:
        """Whether something is left out of the list by choice."""
        return any(name not in self.aside for name in self._said())

    def offer(self, name: str, choices: Iterable[tuple[str, Label]]) -> None:
        """Let the reader choose from `choices` for the field called `name`."""
        self.fields[name].widget = forms.Select(choices=list(choices))

    @property
    def offers(self) -> bool:
        """Whether there is anything to choose, or to take back."""
        return bool(self.drawn())

    def drawn(self) -> list[BoundField]:
        """The fields of the drawn form: what may be chosen, and what stays as it was chosen."""
        said = self._said()
        return [self[name] for name in self.fields if name != "page" and self._is_drawn(name, said)]

    def _is_drawn(self, name: str, said: list[str]) -> bool:
        return not self.fields[name].widget.is_hidden or name in said

    def _said(self) -> list[str]:
        return [
            name for name, field in self.fields.items() if self.cleaned_data[name] != field.initial
        ]


@lru_cache(maxsize=1024)
def _spelling(form: type[Filters], given: tuple[tuple[str, str], ...]) -> str:
    return form.read(dict(given)).spelt()


def _spelt(value: str | int | date) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return "1" if value is True else str(value)
