"""What officers fill in: what becomes of what was sent in, what is promised and heard."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.collecting.models import LONGEST_TITLE, LONGEST_WORDS, Submission
from amity.desk.finding.choosing import Chooser
from amity.desk.forms.dates import DateField
from amity.desk.forms.fields import ReferenceField
from amity.followup.choices import CommitmentKind, Grade, ProposalKind
from amity.followup.models import Answer, Commitment
from amity.foundation.fields.typed import LineField, WordsField
from amity.foundation.pages.asked import whole_number
from amity.gatherings.choices import StatementKind
from amity.gatherings.models import Statement
from amity.languages.interface import interface_languages
from amity.languages.negotiation import preferences
from amity.network.models import Person, Side


class PartForm(forms.Form):
    """One of the proposals that something sent in becomes."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ProposalKind.choices)
    title = LineField(label=_("Title"), max_length=LONGEST_TITLE)
    words = WordsField(
        label=_("Text"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: QueryDict | None, submission: Submission, number: int) -> None:
        super().__init__(
            data,
            prefix=f"part-{number}",
            initial={
                "kind": submission.kind,
                "title": submission.title,
                "words": submission.words,
            },
        )


class PublishForm(forms.Form):
    """To whom it is addressed, and who reads it."""

    addressees = forms.MultipleChoiceField(
        label=_("Addressed to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This side is none of the gathering.")},
    )
    audience = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[("public", _("everybody")), ("circle", _("the sides alone, for now"))],
        initial="public",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: QueryDict | None, sides: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["addressees"].choices = sides  # type: ignore[attr-defined]

    def clean_addressees(self) -> list[str]:
        """A proposal asks somebody."""
        chosen: list[str] = self.cleaned_data["addressees"]
        if not chosen:
            raise ValidationError(_("Say which side it asks."))
        return chosen


class DeclineForm(forms.Form):
    """Why it is not taken up, in the words that are sent."""

    reason = WordsField(
        label=_("Reason"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever sent it in reads this, word for word."),
    )
    language = forms.ChoiceField(label=_("I write in"), choices=interface_languages)


class AsideForm(DeclineForm):
    """What of that which was set aside is not taken up, and why, in the words that are sent."""

    everything = forms.BooleanField(
        label=_("All that wait here, on other pages too"),
        required=False,
        help_text=_("At most a thousand at once, the oldest first."),
    )

    def clean(self) -> dict[str, object]:
        """Something is chosen."""
        cleaned: dict[str, object] = super().clean() or {}
        if not cleaned.get("everything") and not self.ticked:
            raise ValidationError(_("Tick what is not taken up."))
        return cleaned

    @property
    def ticked(self) -> frozenset[int]:
        """The numbers of the rows that were ticked."""
        given = self.data.getlist("ticked") if isinstance(self.data, QueryDict) else []
        return frozenset(one for one in map(whole_number, given) if one is not None)


class MergeForm(forms.Form):
    """Which proposal it is joined to."""

    proposal = forms.ChoiceField(label=pgettext_lazy("joined to", "Proposal"))

    def __init__(self, data: QueryDict | None, proposals: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["proposal"].choices = [("", ""), *proposals]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """For which gathering it waits from now on."""

    form = forms.ChoiceField(label=_("Form of the gathering"))

    def __init__(self, data: QueryDict | None, calls: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["form"].choices = [("", ""), *calls]  # type: ignore[attr-defined]


class PromiseForm(forms.Form):
    """What a side promises with its answer, filled in from that."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (one.value, one.label) for one in (CommitmentKind.COMMITMENT, CommitmentKind.ASSURANCE)
        ],
    )
    title = LineField(label=_("Title"), max_length=LONGEST_TITLE)
    words = WordsField(
        label=_("What is promised"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("I write in"), choices=interface_languages)
    grade = forms.ChoiceField(
        label=_("How firmly"), choices=[("", ""), *Grade.choices], required=False
    )

    def __init__(self, data: QueryDict | None, answer: Answer, language: str, today: date) -> None:
        offered = (language, *(tag for tag, _name in interface_languages()))
        reasons = answer.reasons.best((answer.reasons.original,))
        tag = next((one for one in (answer.reasons.original, *offered) if one in offered), language)
        initial = {
            "title": answer.proposal.title.words((tag,)),
            "words": reasons.words,
            "language": tag,
        }
        super().__init__(data, initial=initial, auto_id="f-%s")
        for name in ("title", "words"):
            self.fields[name].widget.attrs["lang"] = self["language"].value()
        column = next(one for one in Commitment._meta.concrete_fields if one.name == "deadline")
        self.fields["deadline"] = DateField(column, language, today, None)

    def clean(self) -> dict[str, object]:
        """An assurance has a grade."""
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("kind") == CommitmentKind.ASSURANCE and not cleaned.get("grade"):
            self.add_error("grade", _("An assurance says how firmly."))
        return cleaned


class HeardForm(forms.Form):
    """One line of what is said in the hall."""

    side = forms.ChoiceField(label=_("For the side"), required=False)
    kind = forms.ChoiceField(label=_("As what"), choices=StatementKind.choices)
    language = forms.ChoiceField(label=_("In the language"), choices=interface_languages)
    words = WordsField(
        label=_("What was said"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: QueryDict | None,
        sides: Sequence[tuple[str, str]],
        chooser: Chooser,
        initial: dict[str, str],
    ) -> None:
        super().__init__(data, initial=initial, auto_id="f-%s")
        self.fields["side"].choices = [("", ""), *sides]  # type: ignore[attr-defined]
        column = next(one for one in Statement._meta.concrete_fields if one.name == "person")
        self.fields["person"] = ReferenceField(column, "person")
        self.chooser = chooser
        self.person: Person | None = None

    def clean_person(self) -> object:
        """The person that was chosen, or that alone is called by what was typed."""
        given = self.cleaned_data["person"]
        found = self.chooser.named("person", given["key"], given["words"])
        self.person = found if isinstance(found, Person) else None
        return given


def named_sides(sides: Sequence[Side], language: str) -> list[tuple[str, str]]:
    """Sides to choose from, each called as its place is."""
    preferred = preferences(language)
    return [(side.key, side.area.name.words(preferred)) for side in sides]
