"""Atom feed of commitments: those that changed last first (RFC 4287)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from amity.followup.choices import state_label
from amity.followup.models import Commitment
from amity.followup.queries.newest import Dated
from amity.foundation.formats.atom import Atom
from amity.foundation.pages.links import absolute, url
from amity.record.numbered import number_of
from amity.record.removals import Removal
from amity.record.titles import titled


def commitments_atom(
    dated: Iterable[Dated], removed: Iterable[Removal], changed_at: datetime | None
) -> str:
    """The commitments as an Atom feed in the page's language, each with its last change.

    `removed`: commitments that are there no more. `changed_at`: when the record changed.
    """
    feed = Atom(
        title=_("Amity: commitments"),
        subtitle=_("What was promised, by whom and by when, and what each side reports of it."),
        page=absolute(url("followup:commitments")),
        address=absolute(url("followup:commitments_feed")),
        changed_at=changed_at,
    )
    for one in dated:
        commitment = one.commitment
        link = absolute(url("followup:commitment", key=commitment.key))
        feed.add_item(
            title=titled(commitment.title, invented=commitment.dossier.fictional),
            link=link,
            unique_id=link,
            description=f"{number_of(commitment.key)} · {together(commitment)}",
            updateddate=one.at,
            author_name="Amity",
        )
    for removal in removed:
        link = absolute(url("followup:commitment", key=removal.entry.key))
        feed.add_item(
            title=removal.words,
            link=link,
            unique_id=f"{link}#removed",
            description=removal.all_words,
            updateddate=removal.entry.removed_at,
            author_name="Amity",
        )
    return feed.writeString("utf-8")


def together(commitment: Commitment) -> str:
    """The joint state in words."""
    if commitment.joint_completion:
        return state_label(commitment.joint_completion)
    return commitment.get_joint_state_display()
