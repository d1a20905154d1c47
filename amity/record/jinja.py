"""What the record offers to all templates: the address of anything that is registered."""

from django.urls import NoReverseMatch
from jinja2 import Environment

from amity.foundation import links
from amity.record import kinds


def install(environment: Environment) -> None:
    """Offer `entry_url` and `kind_label`."""
    environment.globals.update(entry_url=entry_url, kind_label=kind_label)


def entry_url(kind: str, key: str) -> str | None:
    """Address of the page of the record `key` of `kind`; None when it has no page of its own."""
    page = kinds.get(kind).page
    if page is None:
        return None
    try:
        return links.url(page, key=key)
    except NoReverseMatch:
        return None


def kind_label(kind: str) -> str:
    """What a record of `kind` is called, in the reader's language."""
    return str(kinds.get(kind).label)
