"""What is decided of open items: a form for each, and one for all that are ticked."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amity.desk.actions import LONGEST_REASON
from amity.desk.forms.dates import DateField
from amity.followup.choices import Outcome
from amity.followup.models import Commitment, Proposal
from amity.foundation.fields.typed import WordsField
from amity.gatherings.models import Gathering
from amity.languages.interface import interface_languages
from amity.languages.jinja import plain
from amity.record.acting import Acting
from amity.record.numbered import number_of
from amity.record.queries import visible_to

Called = TypeVar("Called", Commitment, Proposal)

LONGEST = 8_000
MOST_AFTER = 20
"""How many items may come after one."""
AFTER = frozenset({Outcome.SPLIT, Outcome.MERGED, Outcome.REPLACED})


def outcomes(carries: bool) -> list[tuple[str, object]]:
    """What may be decided; nothing is carried where there is no later edition."""
    found = [one for one in Outcome if carries or one != Outcome.CARRIED]
    return [("", _("no decision yet")), *((one.value, one.label) for one in found)]


class ReasonField(WordsField):
    """Words of one's own, several lines of them."""

    def __init__(self, **options: object) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(widget=widget, max_length=LONGEST, required=False, **options)  # type: ignore[arg-type]


class ItemForm(forms.Form):
    """What becomes of one item: nothing yet, where nothing is chosen."""

    outcome = forms.ChoiceField(required=False, label=_("What becomes of it"))
    reason = ReasonField(label=_("Reason"))
    after = forms.CharField(
        required=False,
        max_length=2_000,
        label=_("What comes after it"),
        help_text=_("Where it is split, merged or replaced: numbers, such as C-2026-004."),
    )

    def __init__(self, *args: object, carries: bool, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["outcome"].choices = outcomes(carries)  # type: ignore[attr-defined]

    def clean_after(self) -> tuple[str, ...]:
        """The numbers, each once."""
        found = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", self.cleaned_data["after"])))
        if len(found) > MOST_AFTER:
            raise ValidationError(_("Twenty are enough."))
        return found

    @property
    def folded(self) -> bool:
        """Whether reason and successors are folded away: nothing stands there, nothing is wrong."""
        return not self.errors and not any(self[name].value() for name in ("reason", "after"))


class DecidingForm(forms.Form):
    """What holds for the whole page: into which edition is carried, and what all ticked become."""

    into = forms.ChoiceField(required=False, label=_("What is carried goes into"))
    language = forms.ChoiceField(label=_("I write in"), choices=interface_languages)
    outcome = forms.ChoiceField(required=False, label=_("All that are ticked become"))
    reason = ReasonField(label=_("Reason for all that are ticked"))

    def __init__(self, *args: object, editions: Sequence[Gathering], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.editions = {one.key: one for one in editions}
        named = [(one.key, plain(one.title)) for one in editions]
        self.fields["into"].choices = named  # type: ignore[attr-defined]
        self.fields["into"].required = bool(editions)
        self.fields["outcome"].choices = outcomes(bool(editions))  # type: ignore[attr-defined]

    def clean_into(self) -> Gathering | None:
        """The later edition that was chosen."""
        return self.editions.get(self.cleaned_data["into"])


def successors(
    acting: Acting, dossier: int, named: Sequence[str]
) -> tuple[Mapping[str, Commitment], Mapping[str, Proposal]]:
    """The commitments and proposals of these identifiers that whoever acts may read.

    A number is that of the record which has it in the dossier. Two statements. Raises
    ValidationError where there is none.
    """
    if not named:
        return {}, {}
    commitments = _called(visible_to(acting, Commitment), dossier, named)
    proposals = _called(visible_to(acting, Proposal), dossier, named)
    for key in named:
        if key not in commitments and key not in proposals:
            words = gettext("There is no %(key)s that you may read.")
            raise ValidationError(words % {"key": key})
    return commitments, proposals


def _called(rows: "QuerySet[Called]", dossier: int, named: Sequence[str]) -> dict[str, Called]:
    """Those of the rows that go by these identifiers, or by these numbers in the dossier."""
    asked = Q(key__in=named)
    for one in named:
        asked |= Q(key__startswith=f"{one.lower()}-", dossier=dossier)
    found: dict[str, Called] = {}
    for row in rows.filter(asked):
        for name in {row.key, number_of(row.key)} & set(named):
            if name == row.key or name not in found:
                found[name] = row
    return found


CALL_OFF, POSTPONE, RESTORE = "call_off", "postpone", "restore"
ACTS = {
    CALL_OFF: _("Call it off"),
    POSTPONE: _("Postpone it"),
    RESTORE: _("Hold it after all"),
}


class PlansForm(forms.Form):
    """What becomes of the plan of a gathering, and why."""

    act = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    reason = ReasonField(label=_("Reason"), help_text=_("Whoever reads the gathering reads it."))

    def __init__(
        self, data: QueryDict | None, acts: Sequence[str], language: str, today: date
    ) -> None:
        super().__init__(data)
        self.fields["act"].choices = [(one, ACTS[one]) for one in acts]  # type: ignore[attr-defined]
        self.fields["reason"].required = True
        column = next(one for one in Gathering._meta.concrete_fields if one.name == "when")
        self.fields["when"] = DateField(column, language, today, None)
        self.fields["when"].label = gettext("New days, where they are known")

    def clean_reason(self) -> str:
        """Words that the history keeps."""
        reason: str = self.cleaned_data["reason"]
        if len(reason) > LONGEST_REASON:
            raise ValidationError(_("This is too long; a thousand characters are enough."))
        return reason
