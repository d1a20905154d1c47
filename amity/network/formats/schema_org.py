"""Areas, organizations, persons, partnerships and agreements as schema.org things."""

from amity.foundation.formats.structured import Thing
from amity.foundation.pages.links import absolute, url
from amity.languages.jinja import plain
from amity.network.choices import AreaKind
from amity.network.models import Agreement, Area, Organization, Partnership, Person

CONTEXT = "https://schema.org"
AREA_TYPES = {
    AreaKind.COUNTRY: "Country",
    AreaKind.PROVINCE: "AdministrativeArea",
    AreaKind.CITY: "City",
}


def area_data(area: Area) -> Thing:
    """An area as a `Country`, `AdministrativeArea` or `City`."""
    data = _thing(AREA_TYPES[AreaKind(area.kind)], "network:area", area)
    if area.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": area.latitude,
            "longitude": area.longitude,
        }
    same = []
    if area.geonames_id:
        same.append(f"https://sws.geonames.org/{area.geonames_id}/")
    if area.wikidata_id:
        same.append(f"http://www.wikidata.org/entity/{area.wikidata_id}")
    return data | ({"sameAs": same} if same else {})


def organization_data(organization: Organization) -> Thing:
    """An `Organization`."""
    data = _thing("Organization", "network:organization", organization)
    if organization.area:
        data["location"] = {"@type": "Place", "name": plain(organization.area.name)}
    return data


def agreement_data(agreement: Agreement) -> Thing:
    """An agreement as a `CreativeWork` in its equally authentic languages, by its parties."""
    data: Thing = {
        "@context": CONTEXT,
        "@type": "CreativeWork",
        "name": plain(agreement.title),
        "url": absolute(url("network:agreement", key=agreement.key)),
        "inLanguage": agreement.languages,
        "author": [
            {"@type": "Organization", "name": plain(party.name)}
            for one in agreement.signatories.all()
            if (party := one.organization or one.area)
        ],
    }
    if agreement.signed and agreement.signed.start and agreement.signed.precision == "day":
        data["dateCreated"] = agreement.signed.start.isoformat()
    return {name: value for name, value in data.items() if value != []}


def partnership_data(partnership: Partnership) -> Thing:
    """A `WebPage` about the areas of the two sides, that mentions what they signed.

    schema.org has no type for a partnership, and the partners are no organization together.
    """
    data: Thing = {
        "@context": CONTEXT,
        "@type": "WebPage",
        "name": plain(partnership.name),
        "url": absolute(url("network:partnership", key=partnership.key)),
        "about": [
            {
                "@type": AREA_TYPES[AreaKind(side.area.kind)],
                "name": plain(side.area.name),
                "url": absolute(url("network:area", key=side.area.key)),
            }
            for side in partnership.sides.all()
        ],
        "mentions": [
            {
                "@type": "CreativeWork",
                "name": plain(one.title),
                "url": absolute(url("network:agreement", key=one.key)),
            }
            for one in partnership.agreements.all()
        ],
    }
    return {name: value for name, value in data.items() if value != []}


def person_data(person: Person) -> Thing:
    """A `Person` with the posts that have no known end."""
    data = _thing("Person", "network:person", person)
    if person.family_name is not None:
        data["familyName"] = plain(person.family_name)
    posts = [one for one in person.memberships.all() if one.when is None or one.when.end is None]
    if posts:
        data["jobTitle"] = [plain(one.title) for one in posts]
        data["worksFor"] = [
            {"@type": "Organization", "name": plain(one.organization.name)} for one in posts
        ]
    return data


def _thing(kind: str, page: str, record: Area | Organization | Person) -> Thing:
    name = record.name
    others = sorted(
        {version.words for version in name.versions.values()}
        | {other["words"] for other in record.other_names}
    )
    shown = plain(name)
    return {
        "@context": CONTEXT,
        "@type": kind,
        "name": shown,
        "alternateName": [other for other in others if other != shown],
        "url": absolute(url(page, key=record.key)),
    }
