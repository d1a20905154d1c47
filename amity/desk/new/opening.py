"""How an administrator begins a partnership: two places, their offices, and who comes first.

Each organization is recorded as by its own office, and what is joint as by the first of them, who
confirms nothing by it: the administrator is no party.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from amity.accounts.actions import Sent, invite
from amity.accounts.models import User
from amity.desk.finding.choosing import Chooser
from amity.desk.new.naming import new_key
from amity.foundation.actions import By, take_turn
from amity.languages.jinja import plain
from amity.languages.search.folding import tokens
from amity.languages.text import Text
from amity.network.actions import open_office, vouch
from amity.network.models import Area, Office, Organization, Partnership, Side
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import STRANGER, Acting, Speaking, office_named
from amity.record.choices import Audience, Mandate
from amity.record.models import Dossier


@dataclass(frozen=True, slots=True)
class Home:
    """A side as it is typed: the `place` of a `kind`, and the `office` that speaks for it.

    `mail`: of its first officer, empty where nobody is invited yet.
    """

    place: str
    kind: str
    office: str
    office_kind: str
    timezone: str
    mail: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A partnership of a `kind` as it is typed, in one `language`.

    `languages`: in which others its record is to be read; `fictional`: an exercise.
    """

    kind: str
    language: str
    languages: tuple[str, ...]
    fictional: bool
    homes: tuple[Home, Home]


@dataclass(frozen=True, slots=True)
class Opened:
    """The partnership that began, and the invitations to its offices."""

    partnership: Partnership
    invitations: tuple[Sent, ...]


def open_partnership(administrator: User, wanted: Opening) -> Opened:
    """Begin a partnership with its places, sides and offices, vouch for these, and invite people.

    What is public under the very name that was typed is taken as it stands. All or nothing. Raises
    ValidationError, and whatever the one write refuses.
    """
    with transaction.atomic():
        take_turn()
        return _Opening(administrator, wanted).done()


class _Opening:
    def __init__(self, administrator: User, wanted: Opening) -> None:
        self.administrator, self.wanted = administrator, wanted
        self.by = By(user=administrator.pk)
        self.dossier = Dossier()

    def done(self) -> Opened:
        wanted = self.wanted
        names = [home.place for home in wanted.homes]
        partnership = Partnership(kind=wanted.kind, name=self._text(" – ".join(names)))
        partnership.key = new_key(kinds.get("partnership"), partnership, "")
        organizations = [self._organization(home) for home in wanted.homes]
        self.dossier = self._dossier(partnership, organizations[0])
        areas = [self._area(home, organizations[0]) for home in wanted.homes]
        self._refuse_another(areas)
        sides = self._sides(partnership, areas)
        first, second = (
            self._acting(organization.key, sides, partnership) for organization in organizations
        )
        self._keep(first, organizations[0], areas[0])
        partnership.dossier = self.dossier
        writing.save(_without_voice(first), partnership)
        for side in sides:
            side.dossier, side.partnership = self.dossier, partnership
            writing.save(_without_voice(first), side)
        self._keep(second, organizations[1], areas[1])
        invitations = [
            sent
            for home, organization, side in zip(wanted.homes, organizations, sides, strict=True)
            for sent in self._speaks(home, organization, side)
        ]
        return Opened(partnership, tuple(invitations))

    def _text(self, words: str) -> Text:
        return Text.of(words, self.wanted.language)

    def _organization(self, home: Home) -> Organization:
        if key := _called_so("organization", home.office):
            return Organization.objects.get(key=key)
        made = Organization(kind=home.office_kind, name=self._text(home.office))
        made.key = new_key(kinds.get("organization"), made, "")
        return made

    def _dossier(self, partnership: Partnership, keeper: Organization) -> Dossier:
        """The dossier that the first office keeps already, or else one of its own."""
        there = Dossier.objects.filter(office=keeper.key).order_by("key").first()
        spoken = (self.wanted.language, *self.wanted.languages)
        if there is not None and there.fictional == self.wanted.fictional:
            there.languages = list(dict.fromkeys([*there.languages, *spoken]))
            there.save(update_fields=["languages"])
            return there
        taken = Dossier.objects.filter(key=partnership.key).exists()
        made = Dossier(
            key=f"{partnership.key}-{keeper.key}"[:80] if taken else partnership.key,
            title=partnership.name,
            fictional=self.wanted.fictional,
            languages=list(dict.fromkeys(spoken)),
            office=keeper.key,
        )
        made.full_clean()
        made.save()
        return made

    def _area(self, home: Home, keeper: Organization) -> Area:
        if key := _called_so("area", home.place):
            return Area.objects.get(key=key)
        made = Area(dossier=self.dossier, kind=home.kind, name=self._text(home.place))
        made.key = new_key(kinds.get("area"), made, "")
        writing.save(self._acting(keeper.key), made)
        return made

    def _refuse_another(self, areas: Sequence[Area]) -> None:
        """Raise ValidationError where these two have such a partnership already."""
        there = Partnership.everything.filter(kind=self.wanted.kind)
        for area in areas:
            there = there.filter(sides__area=area)
        if areas[0] == areas[1]:
            raise ValidationError(_("A place cannot be its own partner."))
        if found := there.first():
            words = _("These two have such a partnership already: %(name)s.")
            raise ValidationError(words % {"name": plain(found.name)})

    def _sides(self, partnership: Partnership, areas: Sequence[Area]) -> list[Side]:
        found: list[Side] = []
        for position, area in enumerate(areas, 1):
            side = Side(area=area, position=position)
            taken = [one.key for one in found]
            side.key = new_key(kinds.get("side"), side, partnership.key, taken)
            found.append(side)
        return found

    def _acting(
        self, organization: str, sides: Sequence[Side] = (), partnership: Partnership | None = None
    ) -> Acting:
        """The administrator for an office that they vouch for with the same act."""
        circle = f"partnership:{partnership.key}" if partnership else ""
        return Acting(
            user=self.administrator.pk,
            office=office_named(organization),
            vouched=True,
            sides=frozenset(Speaking(f"side:{side.key}", circle) for side in sides),
            mandates=frozenset({Mandate.OFFICER}),
            administrator=True,
        )

    def _keep(self, acting: Acting, organization: Organization, area: Area) -> None:
        if organization.pk is None:
            organization.dossier, organization.area = self.dossier, area
            writing.save(acting, organization, audience=Audience.PUBLIC)

    def _speaks(self, home: Home, organization: Organization, side: Side) -> list[Sent]:
        office = open_office(self.by, organization, home.timezone)
        vouch(self.by, office, side, voice=True)
        return [self.invited(office, home.mail)] if home.mail else []

    def invited(self, office: Office, mail: str) -> Sent:
        """The invitation of an officer."""
        return invite(
            self.by, mail, self.wanted.language, office, Mandate.OFFICER, self.administrator
        )


def _without_voice(acting: Acting) -> Acting:
    """The same, who may write and confirms nothing."""
    return Acting(
        user=acting.user,
        office=acting.office,
        vouched=True,
        sides=acting.sides,
        mandates=frozenset({Mandate.EDITOR}),
        administrator=True,
    )


def _called_so(kind: str, words: str) -> str:
    """The identifier of the one public record of a kind that is called so; empty for none."""
    found = Chooser(STRANGER).suggestions(kind, words)
    wanted = list(tokens(words))
    called = [
        one.key for one in found if wanted in [list(tokens(name)) for name in one.name.all_words()]
    ]
    return called[0] if len(called) == 1 else ""
