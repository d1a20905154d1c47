"""Writes about offices: who has a desk here, who vouches for it, and for whom it speaks."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.differences import JSON
from amity.languages.jinja import plain
from amity.network.models import Area, Office, Organization, Side, SideOffice
from amity.record.actions.disavow import Disavowed, disavow
from amity.record.derived import register_key
from amity.record.refusals import Refused


def open_office(by: By, organization: Organization, timezone_name: str = "UTC") -> Office:
    """Give an organization a desk, or find the one that it has. Gives it no power."""
    with transaction.atomic():
        office, made = Office.objects.get_or_create(
            organization=organization, defaults={"timezone": timezone_name}
        )
        if made:
            record_change(by, "open", "office", organization.key, public=False)
    return office


def set_working_days(by: By, office: Office, timezone_name: str, holidays: Sequence[str]) -> None:
    """Say by which clocks an office works, and on which days (`2026-09-02`) it does not.

    Whether whoever acts may is for the caller to know. Raises ValidationError.
    """
    office.timezone, office.holidays = timezone_name, list(holidays)
    office.full_clean()
    with transaction.atomic():
        office.save(update_fields=["timezone", "holidays"])
        details: dict[str, JSON] = {"timezone": timezone_name, "holidays": list(holidays)}
        record_change(
            by, "set_working_days", "office", office.organization.key, details=details, public=False
        )


class OfAnotherPlace(Refused):
    """An office cannot speak for a side that is of another place than its organization."""

    def __init__(self, office: Office, side: Side, home: Area) -> None:
        words = _("%(office)s belongs to %(home)s and cannot speak for %(place)s.")
        names = {"office": office.organization.name, "home": home.name, "place": side.area.name}
        super().__init__(words % {name: plain(text) for name, text in names.items()})


def vouch(
    by: By,
    office: Office,
    side: Side | None = None,
    *,
    voice: bool = False,
    restoring: bool = False,
) -> None:
    """Vouch for an office, or for its speaking for a side, perhaps as that side's only voice.

    Whether whoever acts may vouch is for the caller to know. `restoring`: what stood is brought
    back, even where the organization has moved since. Raises OfAnotherPlace.
    """
    if side is not None and not restoring:
        _refuse_another_place(office, side)
    now = timezone.now()
    with transaction.atomic():
        take_turn()  # of two voices given at once the second stays
        if office.vouched_at is None:
            office.vouched_at = now
            office.save(update_fields=["vouched_at"])
        if side is not None:
            if voice:
                SideOffice.objects.filter(side=side).exclude(office=office).update(voice=False)
            SideOffice.objects.update_or_create(
                side=side, office=office, defaults={"vouched_at": now, "voice": voice}
            )
        details: dict[str, JSON] = {"side": side.key if side else "", "voice": voice}
        record_change(by, "vouch", "office", office.organization.key, details=details, public=False)


def _refuse_another_place(office: Office, side: Side) -> None:
    """An organization speaks for where it is, for what that lies in, and for what lies in it."""
    home = office.organization.area
    if home is not None and not (_lies_in(home, side.area) or _lies_in(side.area, home)):
        raise OfAnotherPlace(office, side, home)


def _lies_in(area: Area, whole: Area) -> bool:
    """Whether an area is `whole`, or a part of it."""
    while area.pk != whole.pk:
        if area.parent is None:
            return False
        area = area.parent
    return True


def withdraw_vouching(
    by: By, office: Office, side: Side | None = None, since: datetime | None = None
) -> Disavowed:
    """Vouch no longer for an office, or for its speaking for one side.

    `since`: the vouching was wrong from that moment, so what the office confirmed and released by
    it is taken back; what was done by right stays.
    """
    organization = register_key("organization", office.organization.key)
    spoken = register_key("side", side.key) if side else ""
    with transaction.atomic():
        take_turn()
        done = disavow(by, organization, since, side=spoken) if since else Disavowed()
        if side is None:
            vouched = Office.objects.filter(pk=office.pk, vouched_at__isnull=False)
            withdrawn = vouched.update(vouched_at=None)
        else:
            withdrawn, _rows = SideOffice.objects.filter(office=office, side=side).delete()
        if not withdrawn and since is None:
            return done
        details: dict[str, JSON] = {
            "side": side.key if side else "",
            "since": since.isoformat() if since else "",
        }
        record_change(
            by, "disavow", "office", office.organization.key, details=details, public=False
        )
    return done
