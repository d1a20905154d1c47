"""Everybody who speaks at a gathering."""

from dataclasses import dataclass, field

from django.db.models import F

from amity.gatherings.models import Gathering, Speaker
from amity.languages.text import Text
from amity.network.filing import by_family_name

from .heading import heading


@dataclass(frozen=True, slots=True)
class Given:
    """A contribution that somebody gives."""

    key: str
    title: Text


@dataclass(slots=True)
class SpeakerRow:
    """A person who speaks, what they give, and for whom: whom the first of these names."""

    key: str
    name: Text
    family_name: Text | None
    organization: Text | None = None
    contributions: list[Given] = field(default_factory=list)


def people(key: str) -> tuple[Gathering, list[SpeakerRow]]:
    """The gathering `key` and who speaks there, by family name. Two statements. Raises Http404."""
    gathering = heading(key)
    rows: dict[str, SpeakerRow] = {}
    parts = Speaker.objects.filter(contribution__session__gathering=gathering).order_by(
        F("contribution__starts_at").asc(nulls_last=True), "contribution__key"
    )
    for person, name, family, organization, contribution, title in parts.values_list(
        "person__key",
        "person__name",
        "person__family_name",
        "organization__name",
        "contribution__key",
        "contribution__title",
    ):
        row = rows.setdefault(person, SpeakerRow(person, name, family))
        row.organization = row.organization or organization
        row.contributions.append(Given(contribution, title))
    named = by_family_name(
        [rows[key] for key in sorted(rows)], lambda row: (row.name, row.family_name)
    )
    return gathering, named
