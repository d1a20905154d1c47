"""The columns of the lists of the network, had as CSV."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from amity.foundation.formats.tables import Column
from amity.languages.jinja import plain
from amity.network.choices import Certainty
from amity.network.models import Agreement, Area, Membership, Organization, Partnership, Person
from amity.record.lists.columns import first_day, joined, label_of, names, of_records, when


def _posts(person: Person) -> str:
    return joined(
        f"{plain(post.title)}, {plain(post.organization.name)}" for post in person.memberships.all()
    )


PARTNERSHIPS: Sequence[Column[Partnership]] = of_records(
    "partnership",
    Column("name", label_of(Partnership, "name"), lambda row: plain(row.name)),
    Column("kind", label_of(Partnership, "kind"), lambda row: row.get_kind_display()),
    Column("stage", label_of(Partnership, "stage"), lambda row: row.get_stage_display()),
    Column(
        "certainty",
        gettext_lazy("What speaks against it"),
        lambda row: str(Certainty(row.certainty).label) if row.certainty else "",
    ),
    Column(
        "sides",
        gettext_lazy("Sides"),
        lambda row: names(side.area.name for side in row.sides.all()),
    ),
    Column(
        "parent",
        label_of(Partnership, "parent"),
        lambda row: plain(row.parent.name) if row.parent else "",
    ),
)

AREAS: Sequence[Column[Area]] = of_records(
    "area",
    Column("name", label_of(Area, "name"), lambda row: plain(row.name)),
    Column("kind", label_of(Area, "kind"), lambda row: row.get_kind_display()),
    Column(
        "parent", label_of(Area, "parent"), lambda row: plain(row.parent.name) if row.parent else ""
    ),
    Column("country_code", label_of(Area, "country_code"), lambda row: row.country_code),
    Column("latitude", label_of(Area, "latitude"), lambda row: row.latitude),
    Column("longitude", label_of(Area, "longitude"), lambda row: row.longitude),
    Column("geonames_id", label_of(Area, "geonames_id"), lambda row: row.geonames_id),
    Column("wikidata_id", label_of(Area, "wikidata_id"), lambda row: row.wikidata_id),
)

ORGANIZATIONS: Sequence[Column[Organization]] = of_records(
    "organization",
    Column("name", label_of(Organization, "name"), lambda row: plain(row.name)),
    Column("kind", label_of(Organization, "kind"), lambda row: row.get_kind_display()),
    Column(
        "area",
        label_of(Organization, "area"),
        lambda row: plain(row.area.name) if row.area else "",
    ),
    Column(
        "parent",
        label_of(Organization, "parent"),
        lambda row: plain(row.parent.name) if row.parent else "",
    ),
    Column("url", label_of(Organization, "url"), lambda row: row.url),
)

PERSONS: Sequence[Column[Person]] = of_records(
    "person",
    Column("name", label_of(Person, "name"), lambda row: plain(row.name)),
    Column(
        "family_name",
        label_of(Person, "family_name"),
        lambda row: plain(row.family_name) if row.family_name else "",
    ),
    Column("posts", label_of(Membership, "title"), _posts),
)

AGREEMENTS: Sequence[Column[Agreement]] = of_records(
    "agreement",
    Column("title", label_of(Agreement, "title"), lambda row: plain(row.title)),
    Column("kind", label_of(Agreement, "kind"), lambda row: row.get_kind_display()),
    Column("status", label_of(Agreement, "status"), lambda row: row.get_status_display()),
    Column("signed", label_of(Agreement, "signed"), lambda row: when(row.signed)),
    Column("signed_first", gettext_lazy("First day"), lambda row: first_day(row.signed)),
    Column(
        "place",
        label_of(Agreement, "place"),
        lambda row: plain(row.place.name) if row.place else "",
    ),
)
