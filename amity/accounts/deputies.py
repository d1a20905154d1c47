"""Who stands in for whom at an office: named for days to come, and ended."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from amity.accounts import messages, queries
from amity.accounts.models import Deputy, User
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import JSON
from amity.foundation.letters.writing import write_letter
from amity.languages.negotiation import preferences
from amity.network.models import Office
from amity.record.acting import office_named
from amity.record.choices import Mandate

LONGEST = timedelta(days=366)


def name_deputy(user: User, office: Office, deputy: User | None, first: date, last: date) -> Deputy:
    """Let a colleague stand in for an officer from one day to another; a letter tells them.

    Raises PermissionDenied for whoever is no officer themselves, and ValidationError.
    """
    if not queries.holds(user, office, Mandate.OFFICER):
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        take_turn()  # of two who name somebody for the same days the second is refused
        named = deputy and queries.possible_deputies(user, office).filter(pk=deputy.pk).first()
        if named is None:
            raise ValidationError(_("Choose a colleague who writes for the office."))
        made = Deputy(office=office, user=user, deputy=named, first=first, last=last, made_at=now)
        made.full_clean()
        standing = queries.deputies_of(office).filter(user=user)
        if last < queries.today_at(office) or last - first > LONGEST:
            raise ValidationError(_("Give days to come, and a year at most."))
        if standing.filter(first__lte=last, last__gte=first).exists():
            raise ValidationError(_("Somebody stands in for you on some of these days already."))
        made.save()
        _told(user, made, "deputize")
        with translation.override(named.language):
            address = settings.BASE_URL + reverse("desk")
            called = office.organization.name.words(preferences(named.language))
        write_letter(
            named.email,
            named.language,
            lambda: messages.stands_in(user.name, called, first, last, address),
            office=office.register_key,
        )
    return made


def end_deputy(user: User, standing: Deputy) -> None:
    """Let nobody stand in any more: said by the absent, the deputy, or an officer of the office.

    Raises PermissionDenied.
    """
    own = user.pk in (standing.user_id, standing.deputy_id)
    if not own and not queries.holds(user, standing.office, Mandate.OFFICER):
        raise PermissionDenied
    with transaction.atomic():
        take_turn()  # before the deputy's own mandates end by this
        rows = Deputy.objects.filter(pk=standing.pk, ended_at=None)
        if rows.update(ended_at=timezone.now()):
            _told(user, standing, "end_deputy")


def _told(user: User, standing: Deputy, verb: str) -> None:
    key = standing.office.organization.key
    details: dict[str, JSON] = {
        "user": standing.user_id,
        "deputy": standing.deputy_id,
        "first": standing.first.isoformat(),
        "last": standing.last.isoformat(),
    }
    by = By(user=user.pk, office=office_named(key))
    record_change(by, verb, "office", key, details=details, public=False)
