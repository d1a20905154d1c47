"""The card of a gathering: what a messenger shows where somebody sends its address."""

from django.utils.translation import gettext as _

from amity.foundation.dates.said import in_words
from amity.foundation.formats.cards import Card
from amity.foundation.pages.speaking import page_language
from amity.gatherings.agreement import state_words
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.languages.jinja import plain

TOLD = (GatheringStatus.POSTPONED, GatheringStatus.CANCELLED)
"""What somebody who thinks of going must not miss."""


def gathering_card(gathering: Gathering) -> Card:
    """Title, days, place and sides; and that it is invented, postponed or called off, if so."""
    days = in_words(gathering.when) if gathering.when else _("date not announced")
    sides = gathering.partnership.sides.all() if gathering.partnership else ()
    state = state_words(gathering.kind, gathering.status) if gathering.status in TOLD else ""
    return Card(
        language=page_language(),
        title=plain(gathering.title),
        sides=tuple(plain(side.area.name) for side in sides),
        facts=(days, plain(gathering.place.name)) if gathering.place else (days,),
        state=state,
        notice=_("Fictional example") if gathering.dossier.fictional else "",
    )
