"""The picture that messengers show for a gathering."""

from django.http import HttpResponse

from amity.foundation.formats.cards import MEDIA_TYPE, png
from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.formats.cards import gathering_card
from amity.gatherings.queries.heading import heading_with_sides


@public_page
def gathering(request: PageRequest, key: str) -> HttpResponse:
    """The card of one gathering."""
    return HttpResponse(png(gathering_card(heading_with_sides(key))), content_type=MEDIA_TYPE)
