"""What the record offers to all templates: the address and the name of what is registered."""

from django.utils.translation import gettext as _
from jinja2 import Environment

from amity.foundation.pages.context import Whole
from amity.foundation.pages.links import url
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record import kinds
from amity.record.media import url_of
from amity.record.models import Dossier, Picture


def install(environment: Environment) -> None:
    """Offer `entry_url`, `shown_at`, `kind_label` and `picture_url`."""
    environment.globals.update(
        entry_url=kinds.entry_url,
        shown_at=kinds.shown_at,
        kind_label=kind_label,
        picture_url=picture_url,
    )


def picture_url(picture: Picture) -> str:
    """Address of a picture's file."""
    return url_of(picture.sha256, picture.media_type)


def whole(dossier: Dossier) -> Whole:
    """What the page of a record says of the dossier that it belongs to."""
    return Whole(plain(dossier.title), url("site:dossier", key=dossier.key))


def titled(title: Text, *, invented: bool, language: str = "") -> str:
    """A title where there is no markup, with the mark of what is invented.

    `language`: the page's, as in `plain`.
    """
    words = plain(title, language)
    return words + invented_mark() if invented else words


def invented_mark() -> str:
    """What stands after a title without markup where the thing is invented."""
    return f" ({_('fictional')})"


def kind_label(kind: str) -> str:
    """What a record of `kind` is called, in the reader's language."""
    return str(kinds.get(kind).label)
