"""Atom feeds (RFC 4287) as Django writes them."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

ATOM = "application/atom+xml"
Item = dict[str, Any]
"""An entry as Django's generator hands it on."""


class Atom(Atom1Feed):
    """An Atom feed in the page's language, found at `address`. Its words are words, no markup.

    While it has no entries it says that it changed when the record did, not just now.
    """

    def __init__(
        self, title: str, subtitle: str, page: str, address: str, changed_at: datetime | None
    ) -> None:
        super().__init__(
            title=title,
            link=page,
            description=None,
            subtitle=subtitle,
            language=translation.get_language(),
            feed_url=address,
            feed_guid=address,
        )
        self._changed_at = changed_at

    def latest_post_date(self) -> datetime:
        """When the newest entry was made; without entries, when the record changed."""
        if self.items or self._changed_at is None:
            return super().latest_post_date() if self.items else timezone.now()
        return self._changed_at

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        """An entry. Django's would say that the summary is HTML."""
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})
