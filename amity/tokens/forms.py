"""What a person fills in to make a token."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.tokens.choices import Purpose

LIVES = (
    ("30", _("a month")),
    ("91", _("three months")),
    ("366", _("a year")),
)


class TokenForm(forms.Form):
    """A name, what the token is for, and how long it serves."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        help_text=_("The history says it: “by the token of this name”."),
    )
    purposes = forms.MultipleChoiceField(
        label=_("What the program may do"),
        choices=Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It may read what your office reads, and what is ticked; never more than you."),
    )
    days = forms.ChoiceField(label=_("Valid for"), choices=LIVES, initial="91")
