"""What an officer fills in to register a webhook, or to say anew of what it hears."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amity.desk.finding.choosing import Chooser
from amity.languages.jinja import plain
from amity.record.acting import STRANGER
from amity.record.models import Dossier, Entry
from amity.webhooks.choices import Topic
from amity.webhooks.models import Hook
from amity.webhooks.queries import partnership_called


class DossierField(forms.ModelChoiceField):
    """A dossier in which the public reads something, by its title."""

    def label_from_instance(self, obj: Dossier) -> str:
        """What it is called in the page's language."""
        return plain(obj.title)


class HeardForm(forms.Form):
    """Of what a webhook hears."""

    topics = forms.MultipleChoiceField(
        label=_("Of what"),
        choices=Topic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: of everything."),
    )
    partnership = forms.CharField(
        label=_("Only of this partnership"),
        required=False,
        max_length=300,
        help_text=_("Its name or its identifier."),
    )
    dossier = DossierField(
        label=_("Only of this dossier"),
        queryset=Dossier.objects.none(),
        required=False,
        empty_label="—",
    )

    def __init__(
        self,
        dossiers: QuerySet[Dossier],
        data: Mapping[str, object] | None = None,
        *,
        hook: Hook | None = None,
    ) -> None:
        super().__init__(data, initial=_heard(hook) if hook else {})
        field = self.fields["dossier"]
        if isinstance(field, DossierField):
            field.queryset = dossiers

    def clean_partnership(self) -> Entry | None:
        """The partnership that is named; everybody may read it."""
        words = str(self.cleaned_data["partnership"]).strip()
        if not words:
            return None
        if found := partnership_called(words):
            return found
        named = Chooser(STRANGER).named("partnership", "", words)
        entry = partnership_called(named.key) if named is not None else None
        if entry is None:
            raise ValidationError(_("Nobody reads such a partnership here."))
        return entry


class RegisterForm(HeardForm):
    """An address, and of what it hears."""

    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("Where your program takes requests, as https://example.org/amity."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    field_order = ("address", "topics", "partnership", "dossier")


def _heard(hook: Hook) -> dict[str, object]:
    """Of what a webhook hears now, as the form has it."""
    only = hook.partnership and (hook.partnership.moved_to or hook.partnership)
    key = only.key if only else ""
    return {"topics": hook.topics, "partnership": key, "dossier": hook.dossier_id}
