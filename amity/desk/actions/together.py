"""Several records written as one, by a table or by pasted rows, and what is undone as one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from amity.desk.new.beginning import bring_home
from amity.desk.pasting.sheet import Target, Written
from amity.desk.programme.sheet import Steps
from amity.foundation.models import Change
from amity.gatherings.models import Gathering
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import Acting

TOGETHER = ("paste", "dispose", "merge", "programme", "release_together")
"""Verbs of the desk that write several records as one."""


def save_programme(acting: Acting, gathering: Gathering, steps: Steps) -> Change:
    """Write what a programme's table brings and changes, as one change that is undone as one.

    Raises what `record.actions.save_together` does.
    """
    about = ("gathering", gathering.key)
    with transaction.atomic():
        bring_home(acting, (one.record for one in steps if isinstance(one, writing.New)))
        return writing.save_together(acting, steps, about=about, verb="programme")


def add_rows(into: Target, written: Written) -> Change:
    """Write what pasted rows bring, all of it or nothing, as one change that is undone as one.

    Raises what `record.actions.save_together` does.
    """
    if not written.new:
        raise ValidationError(_("There is nothing new in these rows."))
    with transaction.atomic():
        bring_home(into.acting, (one.record for one in written.new))
        if into.owner is not None:
            about = (kinds.of_model(type(into.owner)).kind, into.owner.key)
        else:
            about = ("dossier", written.new[0].record.dossier.key)
        return writing.save_together(into.acting, written.new, about=about, verb="paste")


def together_or_404(acting: Acting, number: int) -> Change:
    """What the office wrote as one, or agreed to, to be undone as one. Raises Http404."""
    own = Q(office=acting.office) | Q(details__agreed=acting.office)
    found = Change.objects.filter(own, pk=number, verb__in=TOGETHER, part_of=None)
    return get_object_or_404(found)
