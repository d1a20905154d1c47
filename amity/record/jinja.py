"""What the record offers to all templates: the address and the name of what is registered."""

from jinja2 import Environment

from amity.record import kinds


def install(environment: Environment) -> None:
    """Offer `entry_url(kind, key)`, `shown_at(entry)` and `kind_label(kind)`."""
    environment.globals.update(
        entry_url=kinds.entry_url, shown_at=kinds.shown_at, kind_label=kind_label
    )


def kind_label(kind: str) -> str:
    """What a record of `kind` is called, in the reader's language."""
    return str(kinds.get(kind).label)
