"""What a stranger fills in, and the token of the form they opened."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from amity.collecting.models import LONGEST_TITLE, LONGEST_WORDS, Call
from amity.desk.files.inputs import FilesInput
from amity.followup.choices import ProposalKind
from amity.foundation.fields.typed import LineField, WordsField
from amity.languages.interface import interface_languages

SALT = "amity.collecting.forms"
SOONEST = timedelta(seconds=3)
"""Nobody types a proposal faster."""
LATEST = timedelta(hours=24)
MOST_OTHERS = 30
LONGEST_NAME = 200
HELD = re.compile(r"[A-Za-z0-9]{32}\Z")


def new_held() -> str:
    """By what a form calls its files: nobody else can guess it."""
    return get_random_string(32)


class Opened:
    """An opened form: a token that says when it was opened, and is sent once."""

    def __init__(self, call: Call) -> None:
        self.signer = TimestampSigner(salt=f"{SALT}.{call.pk}")

    def token(self) -> str:
        """A new one."""
        return self.signer.sign(get_random_string(32))

    def is_ours(self, token: str) -> bool:
        """Whether the token is of this form, however long that has been open."""
        try:
            self.signer.unsign(token)
        except BadSignature:
            return False
        return True

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
    """What somebody proposes. `website` is for machines: people do not see it, and what fills in
    forms for them may fill it in too, so that it is no reason to refuse anything.

    `held`: by what the form calls the files that have arrived already.
    """

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
    enclosed = forms.FileField(
        label=_("Files"),
        required=False,
        widget=FilesInput(),
        help_text=_(
            "PDF, DOCX, XLSX, ODS or pictures: four at most, together no more than 20 MB. The "
            "offices of both sides read them, and may publish them with your proposal."
        ),
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
    held = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_others(self) -> str:
        """The names, one in each line."""
        lines = [line.strip() for line in self.cleaned_data["others"].split("\n")]
        names = [line for line in lines if line]
        if len(names) > MOST_OTHERS or any(len(one) > LONGEST_NAME for one in names):
            raise ValidationError(_("Thirty names are enough, each in a line of its own."))
        return "\n".join(names)

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
