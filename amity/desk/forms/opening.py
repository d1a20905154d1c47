"""What an administrator types to begin a partnership, or to invite somebody to an office."""

from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from amity.desk.new.opening import Home, Opening
from amity.languages.interface import interface_languages
from amity.languages.listing import options
from amity.languages.zones import ZoneField
from amity.network.choices import AreaKind, OrganizationKind, PartnershipKind
from amity.network.models import Office

LONGEST = 200


class HomeForm(forms.Form):
    """One side: its place, and the office that speaks for it."""

    place = forms.CharField(label=_("Place"), max_length=LONGEST)
    kind = forms.ChoiceField(
        label=_("Kind of place"), choices=AreaKind.choices, initial=AreaKind.CITY.value
    )
    office = forms.CharField(
        label=_("Office that speaks for it"),
        max_length=LONGEST,
        help_text=_("As it calls itself, with its place: everybody reads this name."),
    )
    office_kind = forms.ChoiceField(
        label=_("Kind of office"),
        choices=OrganizationKind.choices,
        initial=OrganizationKind.AUTHORITY.value,
    )
    timezone = ZoneField()
    mail = forms.EmailField(
        label=_("Mail address of its first officer"),
        required=False,
        max_length=254,
        help_text=_("They get an invitation, and invite the others of their office."),
    )

    def home(self) -> Home:
        """The side, once the form is valid."""
        return Home(**{name: str(value) for name, value in self.cleaned_data.items()})


class WholeForm(forms.Form):
    """What the sides have in common."""

    kind = forms.ChoiceField(
        label=_("Kind of partnership"),
        choices=PartnershipKind.choices,
        initial=PartnershipKind.TWINNING.value,
    )
    language = forms.ChoiceField(
        label=_("Language of these names"),
        choices=interface_languages,
        help_text=_("The offices add the names in other languages."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Other languages of the two sides"),
        choices=interface_languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Before a record is released, its page says which of these it lacks."),
    )
    fictional = forms.BooleanField(
        label=_("An exercise: mark all of it as fictional"), required=False
    )


class OpeningForm:
    """A partnership: `whole`, and a form for each of its two sides (`homes`)."""

    def __init__(self, language: str, data: Mapping[str, object] | None = None) -> None:
        self.whole = WholeForm(data, initial={"language": language})
        self.homes = (HomeForm(data, prefix="first"), HomeForm(data, prefix="second"))

    def __iter__(self) -> Iterator[forms.Form]:
        return iter((self.whole, *self.homes))

    def is_valid(self) -> bool:
        """Whether all three can be read; each is asked, so that all is told at once."""
        wrong = [form for form in self if not form.is_valid()]
        return not wrong

    def wanted(self) -> Opening:
        """What was typed, once it is valid."""
        first, second = self.homes
        return Opening(
            kind=str(self.whole.cleaned_data["kind"]),
            language=str(self.whole.cleaned_data["language"]),
            languages=tuple(map(str, self.whole.cleaned_data["languages"])),
            fictional=bool(self.whole.cleaned_data["fictional"]),
            homes=(first.home(), second.home()),
        )


class OfficerForm(forms.Form):
    """Whom the administrator invites as an officer, and to which office."""

    to = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none(), empty_label=None)
    email = forms.EmailField(label=_("Mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=interface_languages)

    def __init__(self, language: str, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial={"language": language}, prefix="officer")
        offices = Office.objects.select_related("organization").order_by("pk")
        field = self.fields["to"]
        field.queryset = offices  # type: ignore[attr-defined]
        named = options((str(one.pk), one.organization.name) for one in offices)
        field.choices = named  # type: ignore[attr-defined]
