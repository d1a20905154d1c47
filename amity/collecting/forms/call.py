"""The form of a gathering, as an officer sets it."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.collecting.models import MOST_A_DAY, Call
from amity.desk.forms.fields import MomentField, TextField
from amity.desk.forms.understanding import understand
from amity.foundation.pages.speaking import page_language
from amity.turns.choices import LONGEST_TERM
from amity.turns.schedule import Term

MOMENTS = ("opens_at", "closes_at")
TEXTS = ("introduction", "who")


class DayField(forms.CharField):
    """A day, as people say it in the language of the page; None for nothing."""

    def clean(self, value: object) -> date | None:
        """The day that was meant. Raises ValidationError where it is none."""
        words = str(super().clean(value))
        if not words:
            return None
        meant = understand(words, page_language(), timezone.localdate()).edtf or ""
        try:
            return date.fromisoformat(meant)
        except ValueError as error:
            raise ValidationError(_("Expected a day such as 2027-09-02.")) from error


class CallForm(forms.Form):
    """The form of a gathering, as an officer sets it."""

    closed = forms.BooleanField(
        label=_("Only for those who were given its address"),
        required=False,
        help_text=_(
            "The address then has a code. Whoever has it reads what the gathering is called, even "
            "before everybody does."
        ),
    )
    new_code = forms.BooleanField(
        label=_("Give it a new code: the address known so far leads nowhere any more"),
        required=False,
    )
    most_a_day = forms.IntegerField(
        label=_("Most proposals in 24 hours"),
        min_value=1,
        max_value=MOST_A_DAY,
        help_text=_("What comes beyond that is set aside at the desk, and not thrown away."),
    )

    answer_days = forms.IntegerField(
        label=_("Days within which the sides answer"),
        required=False,
        min_value=1,
        max_value=LONGEST_TERM,
        help_text=_(
            "Counted from the day on which a side is asked. The side is reminded before the day "
            "and after it, and everybody reads by when an answer is due."
        ),
    )
    answer_until = DayField(
        label=_("Or the day until which they answer"),
        required=False,
        max_length=100,
        help_text=_("Instead of a number of days, such as 2027-09-02."),
    )

    def __init__(self, data: QueryDict | None, call: Call, zone: str, term: Term) -> None:
        super().__init__(data, auto_id="f-%s")
        self.call = call
        languages = [tag for tag, _name in settings.LANGUAGES]
        columns = {one.name: one for one in Call._meta.concrete_fields}
        for name in MOMENTS:
            self.fields[name] = MomentField(columns[name], zone)
        for name in TEXTS:
            self.fields[name] = TextField(columns[name], languages, getattr(call, name))
        self.initial = {name: getattr(call, name) for name in (*MOMENTS, *TEXTS, "most_a_day")}
        self.initial["closed"] = call.code is not None
        self.initial["answer_days"] = term.days
        self.initial["answer_until"] = term.until.isoformat() if term.until else ""

    def clean(self) -> dict[str, object]:
        """Both moments are said, and one term at most."""
        cleaned: dict[str, object] = super().clean() or {}
        for name in MOMENTS:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Say when."))
        if cleaned.get("answer_days") and cleaned.get("answer_until"):
            self.add_error("answer_until", _("Give a number of days or a day, not both."))
        return cleaned

    def filled(self) -> Call:
        """The form's row with what was typed."""
        for name in (*MOMENTS, *TEXTS, "most_a_day"):
            setattr(self.call, name, self.cleaned_data[name])
        return self.call

    def term(self) -> Term:
        """Until when the sides answer, as it was typed."""
        return Term(self.cleaned_data["answer_days"], self.cleaned_data["answer_until"])

    def bound(self, *names: str) -> list[forms.BoundField]:
        """The fields of these names, to be drawn."""
        return [self[name] for name in names]
