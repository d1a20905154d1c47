"""The themes that lists are filtered by."""

from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page
from amity.languages.text import Text
from amity.network.models import Theme


@per_version(largest=4)
def themes(page: Page) -> tuple[tuple[str, Text], ...]:
    """All themes: the identifier and the name of each. One statement."""
    return tuple(Theme.objects.order_by("key").values_list("key", "name"))
