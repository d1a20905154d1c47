"""The form of a contact in an office's own book."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk.finding.choosing import Chooser
from amity.desk.forms.fields import ReferenceField
from amity.desk.models import Contact
from amity.foundation.fields.typed import LineField, WordsField
from amity.network.models import Person

AT_MOST = timedelta(days=5 * 366)
OFFERED = timedelta(days=365)
"""How long a new contact is kept unless somebody says otherwise."""
LINES = (
    "name",
    "address_as",
    "organization",
    "post",
    "mail",
    "telephone",
    "languages",
    "words",
    "origin",
    "keep_until",
)

TYPED = ("name", "address_as", "organization", "post", "telephone", "languages", "origin")


class ContactForm(forms.ModelForm):
    """What an office keeps of somebody; a person of the record is chosen by any spelling."""

    class Meta:
        model = Contact
        fields = LINES
        field_classes = dict.fromkeys(TYPED, LineField) | {"words": WordsField}
        widgets = {
            "keep_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "words": forms.Textarea(attrs={"rows": 3}),
            "telephone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, data: QueryDict | None, contact: Contact, chooser: Chooser) -> None:
        if contact.pk is None and contact.keep_until is None:
            contact.keep_until = timezone.localdate() + OFFERED
        super().__init__(data, instance=contact, initial={"person": contact.person})
        self.chooser = chooser
        column = next(one for one in Contact._meta.concrete_fields if one.name == "person")
        self.fields["person"] = ReferenceField(column, "person")

    def clean_person(self) -> Person | None:
        """The person that was chosen, or that alone is called by what was typed."""
        given = self.cleaned_data["person"]
        found = self.chooser.named("person", given["key"], given["words"])
        return found if isinstance(found, Person) else None

    def clean_keep_until(self) -> date:
        """A day to come, within five years: personal data is kept as long as it is needed."""
        day: date = self.cleaned_data["keep_until"]
        today = timezone.localdate()
        if not today <= day <= today + AT_MOST:
            raise ValidationError(_("Expected a day to come, within the next five years."))
        return day

    def filled(self) -> Contact:
        """The contact with what was typed, for `contacts.keep`."""
        contact: Contact = self.instance
        contact.person = self.cleaned_data.get("person")
        return contact

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields that stand in one input."""
        return [self[name] for name in LINES]
