"""What holders and officers fill in."""

import re
from collections.abc import Iterable, Mapping

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amity.accounts.forms import ColleagueField
from amity.accounts.models import User
from amity.desk.files.inputs import FilesInput
from amity.followup.choices import Completion
from amity.followup.models import Evidence
from amity.foundation.fields import typed
from amity.languages.interface import interface_languages
from amity.languages.zones import ZoneField
from amity.sources.checks import LONGEST_QUOTATION
from amity.sources.choices import NO_VOICE, SourceKind
from amity.turns.models import Escalation, GivenPassage, Holder

LITTLE = frozenset({Completion.NOT_STARTED, Completion.LIMITED})
"""States in which somebody always says what stood in the way."""
OFFERED = (
    Completion.NOT_STARTED,
    Completion.LIMITED,
    Completion.SUBSTANTIAL,
    Completion.COMPLETE,
    Completion.WITHDRAWN,
)
"""What a side may report; that something is unclear is for others to say."""
MOST_LINKS = 10
LONGEST = 8_000
"""Characters of words; a page is about three thousand."""

MEANINGS = {
    Completion.NOT_STARTED: _("Not started: nothing has been done yet"),
    Completion.LIMITED: _("Limited: begun, most is still to do"),
    Completion.SUBSTANTIAL: _("Substantial: most is done"),
    Completion.COMPLETE: _("Complete: all of it is done"),
    Completion.WITHDRAWN: _("Withdrawn: it will not be done"),
}


def address_of(line: str) -> str:
    """An address as the record takes one; empty for none. Raises ValidationError."""
    if not line:
        return ""
    column = next(one for one in Evidence._meta.concrete_fields if one.name == "url")
    return str(column.clean(line if "://" in line else f"https://{line}", None))


class WordsField(typed.WordsField):
    """Words of one's own, several lines of them.

    `at_times`: whether they are needed in some answers, and so are not called optional.
    """

    def __init__(self, rows: int, *, at_times: bool = False, **options: object) -> None:
        self.at_times = at_times
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, max_length=LONGEST, **options)  # type: ignore[arg-type]


PASSAGE = ("publisher", "piece", "published", "address", "quoted", "written_in")
"""The fields of something published."""
PUBLISHERS = [(one.value, one.label) for one in SourceKind if one not in NO_VOICE]


class PassageForm(forms.Form):
    """Something published that shows it: by whom, what, when, where, and a few of its words."""

    publisher = typed.LineField(label=_("Who published it"), required=False, max_length=200)
    piece = typed.LineField(label=_("What it is about"), required=False, max_length=200)
    published = forms.DateField(
        label=_("On which day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    address = forms.CharField(
        label=_("Its address"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off"}),
    )
    quoted = typed.LineField(
        label=_("Its words"),
        required=False,
        max_length=160,
        help_text=_("Eight words at most, exactly as they stand there."),
    )
    written_in = forms.ChoiceField(
        label=_("It is written in"), required=False, choices=interface_languages
    )

    def clean_address(self) -> str:
        """The address as the record takes one."""
        return address_of(self.cleaned_data["address"])

    def clean_quoted(self) -> str:
        """A quotation is evidence, and no copy."""
        words: str = self.cleaned_data["quoted"]
        if len(words.split()) > LONGEST_QUOTATION:
            raise ValidationError(_("Eight words are enough."))
        return words

    def clean(self) -> dict[str, object]:
        """Whoever names something published says by whom, and what it is about."""
        cleaned: dict[str, object] = super().clean() or {}
        if any(cleaned.get(name) for name in PASSAGE[:5]):
            for name in PASSAGE[:2]:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Say who published it, and what it is about."))
        return cleaned


class AnswerForm(PassageForm):
    """What became of a promise: state, words, obstacles, and what shows it."""

    completion = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[(one.value, MEANINGS[one]) for one in OFFERED],
        widget=forms.RadioSelect,
    )
    words = WordsField(
        5, label=_("What was done"), help_text=_("In your own words, in your own language.")
    )
    obstacles = WordsField(
        3,
        at_times=True,
        label=_("What stood in the way"),
        required=False,
        help_text=_("Needed when nothing or little was done."),
    )
    links = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "url", "autocapitalize": "off"}),
        help_text=_("Addresses of pages, one in each line."),
    )
    enclosed = forms.FileField(
        label=_("Files that show it"),
        required=False,
        widget=FilesInput(),
        help_text=_(
            "PDF, DOCX, XLSX, ODS or pictures: four at most, together no more than 20 MB. Once "
            "your report is accepted, whoever reads it gets them."
        ),
    )
    language = forms.ChoiceField(label=_("I write in"), choices=interface_languages)

    def clean_links(self) -> tuple[str, ...]:
        """The addresses, each as the record takes one."""
        found = [address_of(line) for line in self.cleaned_data["links"].split()]
        if len(found) > MOST_LINKS:
            raise ValidationError(_("Ten addresses are enough."))
        return tuple(dict.fromkeys(found))

    def clean(self) -> dict[str, object]:
        """Obstacles are said where nothing or little was done."""
        cleaned: dict[str, object] = super().clean() or {}
        silent = not cleaned.get("obstacles") and "obstacles" not in self.errors
        if silent and cleaned.get("completion") in LITTLE:
            words = _("Say what stood in the way: little or nothing was done.")
            self.add_error("obstacles", words)
        return cleaned


class HolderForm(forms.ModelForm):
    """Somebody who is asked."""

    timezone = ZoneField()

    class Meta:
        model = Holder
        fields = ["name", "mail", "language", "timezone"]
        field_classes = {"name": typed.LineField}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}


class ReplyForm(forms.Form):
    """How one's own side sees what another reports."""

    completion = forms.ChoiceField(
        label=_("How far is it, as we see it?"),
        choices=[
            (one.value, MEANINGS.get(one, _("Unclear: we cannot tell")))
            for one in (*OFFERED, Completion.UNCLEAR)
        ],
        widget=forms.RadioSelect,
    )
    words = WordsField(4, at_times=True, label=_("Our words"), required=False)
    language = forms.ChoiceField(label=_("I write in"), choices=interface_languages)

    def __init__(self, *args: object, theirs: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.theirs = theirs
        self.fields["words"].help_text = _("Needed where our state is another than theirs.")

    def clean(self) -> dict[str, object]:
        """Who differs says why."""
        cleaned: dict[str, object] = super().clean() or {}
        differs = cleaned.get("completion") not in (None, self.theirs)
        if differs and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say why we see it differently."))
        return cleaned


def passage_initial(given: GivenPassage | None, language: str) -> dict[str, str]:
    """The fields of something published, as it was sent before."""
    if given is None:
        return {"written_in": language}
    day = given.published.isoformat() if given.published else ""
    values = (given.publisher, given.title, day, given.address, given.quoted, given.language)
    return dict(zip(PASSAGE, values, strict=True))


def numbers(ticked: Iterable[str]) -> frozenset[int]:
    """The numbers of what was ticked in a form."""
    return frozenset(int(one) for one in ticked if re.fullmatch(r"[0-9]{1,15}", one))


def offered_language(language: str) -> str:
    """`language` where the interface has it, else the interface's own."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class EscalationForm(forms.ModelForm):
    """After how many days a side is told that a report is missing, and who is told too."""

    named = ColleagueField(
        label=_("Told with the signatories"),
        queryset=User.objects.none(),
        required=False,
        empty_label="—",
        help_text=_("Whoever is in charge of what your side promised, if that is another."),
    )

    class Meta:
        model = Escalation
        fields = ["office_after", "signatories_after", "named"]
        labels = {
            "office_after": _("Days after which the office is told"),
            "signatories_after": _("Days after which its signatories are told"),
        }
        help_texts = {
            "office_after": _("After the day on which the report was due. Empty: not at all."),
            "signatories_after": _("If there is still none by then. Empty: not at all."),
        }

    def __init__(
        self,
        colleagues: QuerySet[User],
        data: Mapping[str, object] | None = None,
        *,
        instance: Escalation,
        prefix: str,
    ) -> None:
        super().__init__(data, instance=instance, prefix=prefix)
        field = self.fields["named"]
        if isinstance(field, ColleagueField):
            field.queryset = colleagues
