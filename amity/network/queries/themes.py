"""The themes that lists are filtered by."""

from typing import NamedTuple

from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page
from amity.languages.listing import by_name
from amity.languages.text import Text
from amity.network.models import Theme
from amity.record.titles import titled


class Named(NamedTuple):
    """A theme: its identifier and name, and whether it is of an invented dossier."""

    key: str
    name: Text
    fictional: bool


@per_version(largest=4)
def themes(page: Page) -> tuple[Named, ...]:
    """All themes. One statement."""
    rows = Theme.objects.order_by("key").values_list("key", "name", "dossier__fictional")
    return tuple(Named(*row) for row in rows)


def theme_called(key: str) -> Theme | None:
    """The theme with an identifier, if there is one. One statement."""
    return Theme.objects.select_related("dossier").filter(key=key).first()


def theme_options(page: Page) -> list[tuple[str, str]]:
    """Keys and names to choose from, by name in the reader's alphabet; what is invented says so,
    for a theme of the same name may be real."""
    named = by_name(themes(page), lambda one: one.name)
    return [(one.key, titled(one.name, invented=one.fictional)) for one in named]
