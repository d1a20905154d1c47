"""What whoever proposes something, and officers, fill in."""

from collections.abc import Sequence
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import QueryDict
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.collecting.models import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_A_DAY,
    Call,
    Submission,
    interface_languages,
)
from amity.desk.choosing import Chooser
from amity.desk.forms.dates import DateField
from amity.desk.forms.fields import MomentField, ReferenceField, TextField
from amity.followup.choices import CommitmentKind, Grade, ProposalKind
from amity.followup.models import Answer, Commitment
from amity.foundation.characters import WordsError, normal
from amity.gatherings.choices import StatementKind
from amity.gatherings.models import Statement
from amity.languages.negotiation import preferences
from amity.network.models import Person, Side

SALT = "amity.collecting.forms"
SOONEST = timedelta(seconds=3)
"""Nobody types a proposal faster."""
LATEST = timedelta(hours=24)
MOST_OTHERS = 30
LONGEST_NAME = 200
MOMENTS = ("opens_at", "closes_at")
TEXTS = ("introduction", "who")


class WordsField(forms.CharField):
    """Words of one's own, as a text takes them."""

    def clean(self, value: object) -> str:
        words: str = super().clean(value)
        if not words:
            return ""
        try:
            return normal(words)
        except WordsError as error:
            raise ValidationError(error.args[0]) from error


class LineField(WordsField):
    """Words that stand in one line, such as a name: a line break would be another header."""

    def clean(self, value: object) -> str:
        words = super().clean(value)
        if "\n" in words or "\t" in words:
            raise ValidationError(_("Expected one line."))
        return words


class Opened:
    """An opened form: a token that says when it was opened, and is sent once."""

    def __init__(self, call: Call) -> None:
        self.signer = TimestampSigner(salt=f"{SALT}.{call.pk}")

    def token(self) -> str:
        """A new one."""
        return self.signer.sign(get_random_string(32))

    def seed(self, token: str) -> str:
        """What its submission is known by. Raises ValidationError where it is ours no more."""
        try:
            seed = self.signer.unsign(token, max_age=LATEST)
        except SignatureExpired as error:
            raise ValidationError(
                _("This form was open for more than a day. Look it over, and send it again.")
            ) from error
        except BadSignature as error:
            raise ValidationError(_("Look it over, and send it again.")) from error
        try:
            self.signer.unsign(token, max_age=SOONEST)
        except SignatureExpired:
            return seed
        raise ValidationError(_("That was very quick. Look it over, and send it again."))


class ProposeForm(forms.Form):
    """What somebody proposes. `website` is for machines: people do not see it."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=ProposalKind.choices, initial=ProposalKind.PROPOSAL
    )
    title = LineField(label=_("In one sentence"), max_length=LONGEST_TITLE)
    words = WordsField(
        label=_("What do you propose?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In your own words, in your own language."),
    )
    language = forms.ChoiceField(label=_("I write in"), choices=interface_languages)
    name = LineField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    shown = forms.BooleanField(
        label=_("My name may be shown with the proposal"),
        required=False,
        help_text=_("Without this only the offices of the two sides read it."),
    )
    organization = LineField(
        label=_("Your organization"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    others = WordsField(
        label=_("Who proposes it with you"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name in each line. Their names are never shown."),
    )
    mail = forms.EmailField(
        label=_("Your mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Never shown."),
    )
    written_to = forms.BooleanField(label=_("Write to me what becomes of it"), required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_others(self) -> str:
        """The names, one in each line."""
        lines = [line.strip() for line in self.cleaned_data["others"].split("\n")]
        names = [line for line in lines if line]
        if len(names) > MOST_OTHERS or any(len(one) > LONGEST_NAME for one in names):
            raise ValidationError(_("Thirty names are enough, each in a line of its own."))
        return "\n".join(names)

    def clean_website(self) -> str:
        """Machines fill in what people do not see."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this empty, and send it again."))
        return ""

    def clean(self) -> dict[str, object]:
        """Letters need an address, and an address is kept for letters alone."""
        cleaned: dict[str, object] = super().clean() or {}
        if "mail" in self.errors:
            return cleaned
        if cleaned.get("written_to") and not cleaned.get("mail"):
            self.add_error("mail", _("Where to? Or take out the tick below."))
        elif cleaned.get("mail") and not cleaned.get("written_to"):
            self.add_error(
                "written_to", _("Tick that you may be written to, or leave the address out.")
            )
        return cleaned


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
        label=_("Most proposals in 24 hours"), min_value=1, max_value=MOST_A_DAY
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


class MergeForm(forms.Form):
    """Which proposal it is joined to."""

    proposal = forms.ChoiceField(label=pgettext_lazy("joined to", "Proposal"))

    def __init__(self, data: QueryDict | None, proposals: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["proposal"].choices = [("", ""), *proposals]  # type: ignore[attr-defined]


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
        label=_("Words"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
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
        self.fields["person"] = ReferenceField(column, "person", required=False)
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
