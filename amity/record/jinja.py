"""What the record offers to all templates: the address and the name of what is registered."""

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from amity.foundation.pages.context import Whole
from amity.foundation.pages.links import url
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.models import Dossier, Entry, Picture, Recorded
from amity.record.numbered import number_of
from amity.record.pictures.media import url_of
from amity.record.queries import dossiers_at_hand


def install(environment: Environment) -> None:
    """Offer `entry_url`, `shown_at`, `kind_label`, `picture_url`, `is_invented`, and `numbered`."""
    environment.globals.update(
        entry_url=kinds.entry_url,
        shown_at=kinds.shown_at,
        is_invented=is_invented,
        kind_label=kind_label,
        picture_url=picture_url,
    )
    environment.filters["numbered"] = number_of


def picture_url(picture: Picture) -> str:
    """Address of a picture's file."""
    return url_of(picture.sha256, picture.media_type)


def whole(dossier: Dossier) -> Whole:
    """What the page of a record says of the dossier that it belongs to."""
    return Whole(plain(dossier.title), url("site:dossier", key=dossier.key), dossier.pk)


@pass_context
def is_invented(context: Context, record: Recorded | Entry) -> bool:
    """Whether a record is to be marked as invented, where it stands on a page.

    On a page that is invented as a whole, and says so at its head, nothing is marked again. No
    statement for records of the page's own dossier, and one for a version of the record else.
    """
    own: Whole | None = context.get("whole")
    if context.get("fictional") or (own is not None and own.number == record.dossier_id):
        return False
    request = context.get("request")
    if not hasattr(request, "page"):
        return record.dossier.fictional
    if not hasattr(request, "invented"):  # once for a page, where no version keeps it
        found = dossiers_at_hand(request.page)
        request.invented = frozenset(one.pk for one in found if one.fictional)
    return record.dossier_id in request.invented


def kind_label(kind: str) -> str:
    """What a record of `kind` is called, in the reader's language."""
    return str(kinds.get(kind).label)
