"""Whom the delegations send to a gathering: for their badges, and for letters that invite them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amity.delegations.models import Delegate, Delegation
from amity.desk import queries
from amity.desk.models import Contact
from amity.desk.offers import Offer
from amity.desk.pasting.choices import language
from amity.foundation.pages.speaking import page_language
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.filing import by_family_name
from amity.network.models import Organization, Person
from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Recorded
from amity.record.queries import visible_to

MOST_NAMES = 3
"""A name stands on a badge in so many of the languages in which it differs."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody whom a delegation sends: for which `organization`, in which `role` (None for none
    that is told), and whether they head it."""

    person: Person
    delegation: Delegation
    organization: Organization | None
    role: Text | None
    heads: bool

    def names(self, tags: list[str]) -> tuple[tuple[str, str], ...]:
        """The name as it was written, then in the languages `tags` where it differs there."""
        name = self.person.name
        found: dict[str, str] = {}
        for tag in (name.original, *tags):
            version = name.versions.get(tag)
            if version is not None and version.words not in found:
                found[version.words] = tag
        return tuple((tag, words) for words, tag in found.items())[:MOST_NAMES]


def badges_offered(acting: Acting, gathering: Recorded) -> Offer | None:
    """The link to the badges, on the gathering's page at the desk."""
    if not rules.may_change(acting, gathering):
        return None
    return Offer(_("Badges"), reverse("desk_badges", args=[gathering.key]))


def letters_offered(acting: Acting, gathering: Recorded) -> Offer | None:
    """The link to the letters of invitation, on the gathering's page at the desk."""
    if not rules.may_change(acting, gathering):
        return None
    return Offer(_("Letters of invitation"), reverse("desk_invitations", args=[gathering.key]))


def invited_to(acting: Acting, gathering: Gathering) -> list[Invited]:
    """Everybody whom delegations send, as far as whoever acts may read of them.

    Delegation by delegation in the order of the sides, the head first, then by name. Two
    statements.
    """
    delegations = visible_to(acting, Delegation).filter(gathering=gathering)
    listed = delegations.select_related("side__area", "head").order_by("side__position", "key")
    people = visible_to(acting, Delegate).filter(delegation__gathering=gathering)
    rows = people.filter(person__readers__in=acting.readers)
    within: dict[int, list[Delegate]] = {}
    for one in rows.select_related("person", "organization").order_by("key"):
        within.setdefault(one.delegation_id, []).append(one)
    return [
        one
        for delegation in listed
        for one in _of(acting, delegation, within.get(delegation.pk, []))
    ]


def _of(acting: Acting, delegation: Delegation, people: list[Delegate]) -> Iterator[Invited]:
    head = delegation.head
    if head is not None and not rules.may_read(acting, head):
        head = None
    if head is not None and all(one.person_id != head.pk for one in people):
        yield Invited(head, delegation, None, None, heads=True)
    named = by_family_name(people, lambda one: (one.person.name, one.person.family_name))
    for one in sorted(named, key=lambda one: head is None or one.person_id != head.pk):
        organization = one.organization
        if organization is not None and not rules.may_read(acting, organization):
            organization = None
        heads = head is not None and one.person_id == head.pk
        yield Invited(one.person, delegation, organization, one.role, heads=heads)


def contacts_by_person(acting: Acting) -> Mapping[int, Contact]:
    """The contacts of the office acted for, by the number of their person. One statement."""
    rows = queries.contacts_of(acting).filter(person__isnull=False).order_by("-pk")
    return {one.person_id: one for one in rows if one.person_id is not None}


def language_of(person: Person, contact: Contact | None) -> str:
    """The language of the interface in which somebody is written to.

    The first that the office's book says they speak, else that in which their name was written,
    else the reader's.
    """
    tags = [tag for tag, _name in settings.LANGUAGES]
    spoken = contact.languages.replace(";", ",").split(",") if contact else []
    for said in (*spoken, person.name.original):
        try:
            tag = language(said)
        except ValidationError:
            continue
        if tag in tags:
            return tag
    return page_language()
