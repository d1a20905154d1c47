"""The letter to both sides of a partnership that has fallen quiet: once for each silence."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from amity.accounts.queries import speakers_of
from amity.foundation.actions import take_turn
from amity.foundation.letters.writing import write_letter
from amity.health import messages
from amity.health.queries import healths
from amity.health.rule import DORMANT_AFTER_YEARS, Health
from amity.languages.negotiation import preferences
from amity.network.models import Partnership, SideOffice
from amity.record.derived import register_key
from amity.record.managers import PUBLIC


def tell_dormant(now: datetime) -> str:
    """Write to the officers of all sides of each partnership that became dormant; says how many.

    A partnership is judged by what all its sides read. May run twice at once, and again after it
    was killed: a letter has a name that is written once, of which the last contact is part.
    """
    speaks = SideOffice.objects.filter(vouched_at__isnull=False, office__vouched_at__isnull=False)
    rows = Partnership.everything.filter(sides__offices__in=speaks).distinct()
    keys = list(rows.values_list("key", flat=True))
    readers = {PUBLIC, *(f"partnership:{key}" for key in keys)}
    found = healths(rows, readers, now.date())
    quiet = rows.filter(pk__in=[pk for pk, one in found.items() if one.dormant])
    written = sum(_tell(one, found[one.pk]) for one in quiet.order_by("pk"))
    return f"{written} letters about partnerships without contact" if written else ""


def _tell(partnership: Partnership, known: Health) -> int:
    last = known.last_contact
    assert last is not None  # noqa: S101 - without a contact no partnership is dormant
    written = 0
    with transaction.atomic():
        take_turn()  # or two processes write one letter at once, and the second fails
        for held in speakers_of(register_key("partnership", partnership.key)):
            language = held.user.language
            with translation.override(language):
                address = reverse("desk_record", args=["partnerships", partnership.key])
            name = partnership.name.words(preferences(language))
            letter = write_letter(
                held.user.email,
                language,
                lambda name=name, address=address: messages.dormant(  # type: ignore[misc]
                    name, last, DORMANT_AFTER_YEARS, f"{settings.BASE_URL}{address}"
                ),
                office=held.office.register_key,
                kind="partnership",
                key=partnership.key,
                once=f"dormant:{partnership.pk}:{last.isoformat()}:{held.user_id}",
            )
            written += letter is not None
    return written
