"""The columns of the list of those whom the sides send to a gathering."""

from collections.abc import Sequence

from amity.delegations.models import Delegate, Delegation
from amity.foundation.formats.tables import Column
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record.lists.columns import label_of, of_records


def _name(text: Text | None) -> str:
    return plain(text) if text else ""


DELEGATES: Sequence[Column[Delegate]] = of_records(
    "delegate",
    Column(
        "delegation",
        label_of(Delegate, "delegation"),
        lambda row: plain(row.delegation.name),
    ),
    Column("side", label_of(Delegation, "side"), lambda row: plain(row.delegation.side.area.name)),
    Column("person", label_of(Delegate, "person"), lambda row: plain(row.person.name)),
    Column("role", label_of(Delegate, "role"), lambda row: _name(row.role)),
    Column(
        "organization",
        label_of(Delegate, "organization"),
        lambda row: _name(row.organization.name if row.organization else None),
    ),
    Column(
        "group",
        label_of(Delegate, "group"),
        lambda row: _name(row.group.name if row.group else None),
    ),
)
