"""What the health of a partnership adds to its public page."""

from amity.foundation.pages.public import Page
from amity.health.contexts import ContactSection
from amity.health.queries import healths
from amity.health.rule import DORMANT_AFTER_YEARS
from amity.network.models import Partnership
from amity.record.acting import STRANGER
from amity.record.sections import Section, register


def last_contact(partnership: Partnership, page: Page) -> ContactSection | None:
    """When the sides last had to do with each other, by what is public. Two statements."""
    own = Partnership.objects.filter(pk=partnership.pk)
    found = healths(own, STRANGER.readers, page.today)[partnership.pk]
    if found.last_contact is None:
        return None
    return ContactSection(
        last=found.last_contact, long_ago=found.dormant, years=DORMANT_AFTER_YEARS
    )


def register_sections() -> None:
    """Add it; called when Django starts."""
    register("partnership", Section("last contact", last_contact, 20))
