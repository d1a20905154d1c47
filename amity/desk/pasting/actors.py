"""Rows that become people, with their posts, or organizations."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from amity.desk.pasting.choices import chosen
from amity.desk.pasting.columns import folded
from amity.desk.pasting.rows import NEW, Question, Reading, settle, versions_of
from amity.foundation.words.typography import labelled
from amity.languages.text import Text
from amity.network.choices import OrganizationKind
from amity.network.models import Area, Membership, Organization, Person
from amity.record.actions import New
from amity.record.models import Dossier


@dataclass(slots=True)
class Actors:
    """People and organizations that rows name, and those among them that are new, by name.

    What is new in one row and named again in another is one and the same.
    """

    dossier: Dossier
    seen: dict[str, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)

    def read_person(self, reading: Reading) -> None:
        """A row of people: a person and, where both stand there, their post in an organization."""
        name = reading.text("name")
        if name is None:
            reading.row.faults.append(_("The name is missing."))
            return settle(reading.row, None)
        main = self._itself(reading, "person", label(Person, "name"), name)
        organization = self.organization(reading)
        self.post(reading, self._new_person(reading, name), organization)
        return settle(reading.row, main)

    def known_or_new(self, reading: Reading, name: Text) -> Person | None:
        """The person of whom a row tells, who may be new; None where it is not known yet."""
        main = self._itself(reading, "person", label(Person, "name"), name)
        if main.answer == NEW:
            return self._new_person(reading, name)
        found = reading.named(main, "person")
        return found if isinstance(found, Person) else None

    def post(
        self, reading: Reading, person: Person | None, organization: Organization | None
    ) -> None:
        """The post of a new person in an organization, where the row names both."""
        post = reading.text("post")
        if post is None:
            return
        if not reading.words("organization"):
            reading.row.faults.append(_("A post needs its organization."))
        if person is None or person.pk is not None or organization is None:
            return
        membership = Membership(
            dossier=self.dossier, person=person, organization=organization, title=post
        )
        reading.check(membership)
        reading.row.new.append(New(membership))

    def _new_person(self, reading: Reading, name: Text) -> Person:
        family, summary = reading.text("family_name"), reading.text("summary")
        person = Person(dossier=self.dossier, name=name, family_name=family, summary=summary)
        reading.check(person)
        reading.row.new.append(New(person))
        return person

    def read_organization(self, reading: Reading) -> None:
        """A row of organizations."""
        name = reading.text("name")
        if name is None:
            reading.row.faults.append(_("The name is missing."))
            return settle(reading.row, None)
        main = self._itself(reading, "organization", label(Organization, "name"), name)
        kind = reading.read(
            label(Organization, "kind"),
            lambda: chosen(OrganizationKind, reading.words("kind"), OrganizationKind.OTHER),
        )
        area: Area | None = None
        if words := reading.words("area"):
            place = label(Organization, "area")
            asked = reading.which("area", place, [words], may_be_new=False)
            found = reading.named(asked, "area")
            area = found if isinstance(found, Area) else None
        organization = Organization(
            dossier=self.dossier,
            name=name,
            kind=kind or OrganizationKind.OTHER,
            area=area,
            url=reading.words("url"),
            summary=reading.text("summary"),
        )
        reading.check(organization)
        reading.row.new.append(New(organization))
        return settle(reading.row, main)

    def organization(self, reading: Reading) -> Organization | None:
        """The organization that a row names; a new one goes before whatever names it.

        None where the row names none, or it is not known yet which is meant.
        """
        name = reading.text("organization")
        if name is None:
            return None
        where = label(Membership, "organization")
        asked = reading.which("organization", where, versions_of(name))
        if asked.answer != NEW:
            found = reading.named(asked, "organization")
            return found if isinstance(found, Organization) else None
        kind, key = OrganizationKind.OTHER, folded(versions_of(name)[0])
        organization = self.organizations.setdefault(
            key, Organization(dossier=self.dossier, name=name, kind=kind)
        )
        reading.check(organization)
        reading.row.new.append(New(organization))
        reading.row.begins.append(labelled(_("New organization"), versions_of(name)[0]))
        return organization

    def person(self, reading: Reading, where: str, words: str, tag: str) -> Person | None:
        """The person whom a row names; a new one goes before whatever names them."""
        asked = reading.which("person", where, [words])
        if asked.answer != NEW:
            found = reading.named(asked, "person")
            return found if isinstance(found, Person) else None
        person = self.people.setdefault(
            folded(words), Person(dossier=self.dossier, name=Text.of(words, tag))
        )
        reading.check(person)
        reading.row.new.append(New(person))
        reading.row.begins.append(labelled(_("New person"), words))
        return person

    def _itself(self, reading: Reading, kind: str, where: str, name: Text) -> Question:
        """Ask which record the row is itself; one that stood in a row above is asked for."""
        words = versions_of(name)
        key = f"{kind}:{folded(words[0])}"
        above = self.seen.setdefault(key, reading.row.number)
        again = above if above != reading.row.number else 0
        return reading.which(kind, where, words, again=again)


def label(model: type[models.Model], name: str) -> str:
    """What a field is called, as a heading."""
    words = str(getattr(model._meta.get_field(name), "verbose_name", name))
    return words[:1].upper() + words[1:]
