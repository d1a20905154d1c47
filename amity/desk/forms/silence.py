"""What is typed of the silence procedure, and of the days on which an office works."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk.forms.understanding import understand
from amity.foundation.pages.speaking import page_language
from amity.languages.zones import ZoneField
from amity.network.models import Office

MOST_HOLIDAYS = 400
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class DaysForm(forms.Form):
    """A number of working days, or none."""

    days = forms.IntegerField(
        required=False,
        max_value=10**4,
        error_messages={"invalid": _("Give the working days as a number, or leave it empty.")},
    )


class WorkingDaysForm(forms.Form):
    """The time zone of an office, and its holidays, a day a line."""

    timezone = ZoneField()
    holidays = forms.CharField(
        label=_("Days on which the office does not work, beside weekends"),
        help_text=_("One a line, such as 2027-09-02."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, office: Office, data: Mapping[str, object] | None = None) -> None:
        stands = {"timezone": office.timezone, "holidays": "\n".join(sorted(office.holidays))}
        super().__init__(data, initial=stands)

    def clean_holidays(self) -> list[str]:
        """The days in their order, each once. Raises ValidationError for what is no day."""
        found = set()
        for line in _listed(self.cleaned_data["holidays"]):
            try:
                found.add(date.fromisoformat(line).isoformat())
            except ValueError as error:
                words = _("“%(line)s” is no day; give each as 2027-09-02.")
                raise ValidationError(words % {"line": line[:20]}) from error
        if len(found) > MOST_HOLIDAYS:
            raise ValidationError(_("These are more days than can be kept."))
        return sorted(found)


def _listed(typed: str) -> Iterator[str]:
    """The days as they were typed: as people say a day on a line, or several as 2027-09-02."""
    for line in filter(None, map(str.strip, typed.splitlines())):
        meant = understand(line, page_language(), timezone.localdate()).edtf or ""
        if DAY.fullmatch(meant):
            yield meant
        else:
            yield from filter(None, re.split(r"[\s,;]+", line))
