"""The form of a gathering, as an officer sets it."""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amity.collecting.models import MOST_A_DAY, Call
from amity.desk.forms.fields import MomentField, TextField

MOMENTS = ("opens_at", "closes_at")
TEXTS = ("introduction", "who")


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

    def __init__(self, data: QueryDict | None, call: Call, zone: str) -> None:
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

    def clean(self) -> dict[str, object]:
        """Both moments are said."""
        cleaned: dict[str, object] = super().clean() or {}
        for name in MOMENTS:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Say when."))
        return cleaned

    def filled(self) -> Call:
        """The form's row with what was typed."""
        for name in (*MOMENTS, *TEXTS, "most_a_day"):
            setattr(self.call, name, self.cleaned_data[name])
        return self.call

    def bound(self, *names: str) -> list[forms.BoundField]:
        """The fields of these names, to be drawn."""
        return [self[name] for name in names]
