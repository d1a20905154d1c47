"""What somebody who wants to follow something fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amity.languages.interface import interface_languages


class FollowForm(forms.Form):
    """Where letters go, and in which language."""

    mail = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=interface_languages)
