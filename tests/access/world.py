"""A record with every kind of record for every audience, each word of it a token of its own.

Two cities, A and B, are twinned in partnership `one`, cities A and C in partnership `two`; each
of `one-a`, `one-b` and `two-c` has an office that speaks for it. All that is public. Beside it
stands, for each audience, one record of every kind, each tied to public records by every
reference that it has, so that whatever forgets to ask who may read it leads to a token.
"""

import hashlib
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import TypeVar

from django.utils import timezone

from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting
from amity.delegations.models import Delegate, Delegation, Group
from amity.followup.models import (
    Alternative,
    Answer,
    Commitment,
    Disposition,
    Evidence,
    IndicatorValue,
    Milestone,
    MilestoneState,
    Party,
    Proposal,
    Report,
    Review,
    SuccessIndicator,
)
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change
from amity.gatherings.models import (
    Contribution,
    Gathering,
    Organizer,
    Panel,
    Participant,
    Room,
    Series,
    Session,
    Speaker,
    Statement,
    Work,
)
from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.models import (
    Agreement,
    Area,
    Indicator,
    Membership,
    Office,
    Organization,
    Partnership,
    PartnershipStage,
    Person,
    Side,
    SideOffice,
    Signatory,
    Theme,
)
from amity.record import derived, kinds
from amity.record.acting import STRANGER, Acting
from amity.record.choices import Mandate
from amity.record.models import Dossier, Entry, Picture, Recorded
from amity.record.pictures import media
from amity.sources.models import Article, Claim, Passage, Source

AUDIENCES = {
    "public": "public",
    "circle-1": "partnership:one",
    "side-a": "side:one-a",
    "side-b": "side:one-b",
    "office-a": "organization:office-a",
    "office-b": "organization:office-b",
    "circle-2": "partnership:two",
    "side-c": "side:two-c",
    "office-c": "organization:office-c",
}
"""Audience → what stands in `readers` of its records."""

READ = {
    "stranger": {"public"},
    "observer of A": {"public", "circle-1", "side-a", "office-a"},
    "observer of B": {"public", "circle-1", "side-b", "office-b"},
    "officer of A": {"public", "circle-1", "side-a", "office-a"},
    "officer of B": {"public", "circle-1", "side-b", "office-b"},
    "officer of C": {"public", "circle-2", "side-c", "office-c"},
    "officer nobody vouches for": {"public"},
    "former officer of A": {"public"},
    "administrator": {"public"},
}
"""Role → the audiences whose records it reads, and no others."""

TOKEN = re.compile(r"zq[a-z]\d{3}")
WHEN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
VERSIONS = count(1_000_000_000, 1_000)
"""Versions of all worlds of this process: what is kept of one world serves no other.

Neither is a number that a database gives by itself: PostgreSQL's are far below, and SQLite's, which
go on from the last one here, reach no next.
"""

Row = TypeVar("Row", bound=Recorded)


class Tokens:
    """Gives each field of each record of an audience a token, and knows whose it is."""

    def __init__(self) -> None:
        self.of: dict[str, tuple[str, str]] = {}

    def new(self, audience: str, field: str) -> str:
        """A token that stands nowhere else."""
        letter = "abcdefghi"[list(AUDIENCES).index(audience)]
        number = sum(1 for name, _ in self.of.values() if name == audience)
        token = f"zq{letter}{number:03d}"
        self.of[token] = (audience, field)
        return token

    def readable(self, audiences: set[str]) -> set[str]:
        """The tokens of these audiences."""
        return {token for token, (audience, _) in self.of.items() if audience in audiences}

    def told(self, tokens: set[str]) -> list[str]:
        """What these tokens stand for, in words."""
        return sorted(f"{token}: {' '.join(self.of[token])}" for token in tokens)


class World:
    """The public base, and for each audience a set of all kinds of records."""

    def __init__(self) -> None:
        self.tokens = Tokens()
        self.dossier = Dossier.objects.create(key="world", title=text("World"), languages=["en"])
        self.common = {"dossier": self.dossier, "readers": "public"}
        self.areas = {
            letter: Area.everything.create(
                **self.common,
                key=f"city-{letter}",
                kind="city",
                name=text(f"City {letter}"),
                country_code=code,
                latitude=latitude,
                longitude=20.0,
            )
            for letter, code, latitude in (("a", "XA", 10.0), ("b", "XB", 30.0), ("c", "XC", 50.0))
        }
        self.partnerships = {
            key: Partnership.everything.create(
                **self.common, key=key, kind="twinning", name=text(f"Twinning {key}")
            )
            for key in ("one", "two")
        }
        self.sides = {
            f"{key}-{letter}": Side.everything.create(
                **self.common,
                key=f"{key}-{letter}",
                partnership=self.partnerships[key],
                area=self.areas[letter],
                position=position,
            )
            for key, letters in (("one", "ab"), ("two", "ac"))
            for position, letter in enumerate(letters, 1)
        }
        self.offices = {
            letter: self._office(letter, side)
            for letter, side in (("a", "one-a"), ("b", "one-b"), ("c", "two-c"), ("d", None))
        }
        self.person = Person.everything.create(**self.common, key="anna", name=text("Anna"))
        self.theme = Theme.everything.create(**self.common, key="sport", name=text("Sport"))
        self.series = Series.everything.create(
            **self.common,
            key="forums",
            name=text("Forums"),
            partnership=self.partnerships["one"],
        )
        self.forum = self._gathering("forum", "forum", number=5)
        self.exhibition = self._gathering("show", "exhibition")
        self.session = Session.everything.create(
            **self.common,
            key="opening",
            gathering=self.forum,
            kind="opening",
            position=1,
            title=text("Opening"),
        )
        self.proposal = Proposal.everything.create(
            **self.common, key="P-2025-001", kind="wish", title=text("Wish"), gathering=self.forum
        )
        self.commitment = Commitment.everything.create(
            **self.common,
            key="C-2025-001",
            kind="commitment",
            title=text("Promise"),
            gathering=self.forum,
            made=DateAsSaid.parse("2025-10-01"),
        )
        for position, side in enumerate(("one-a", "two-c"), 1):
            Party.everything.create(
                commitment=self.commitment, position=position, side=self.sides[side], role="holder"
            )
        self.article = Article.everything.create(
            **self.common,
            key="piece",
            source=Source.everything.create(
                **self.common, key="paper", kind="newspaper", name=text("The Paper")
            ),
            language="en",
            title=text("A piece"),
        )
        self.delegation = Delegation.everything.create(
            **self.common,
            key="guests",
            gathering=self.exhibition,
            side=self.sides["one-a"],
            name=text("Guests"),
        )
        self.reckon()

    def _office(self, letter: str, side: str | None) -> Office:
        organization = Organization.everything.create(
            **self.common,
            key=f"office-{letter}",
            kind="friendship_union",
            name=text(f"Office {letter}"),
            area=self.areas.get(letter),
        )
        office = Office.objects.create(
            organization=organization, vouched_at=timezone.now() if side else None
        )
        if side:
            SideOffice.objects.create(
                side=self.sides[side], office=office, vouched_at=timezone.now(), voice=True
            )
        else:
            SideOffice.objects.create(side=self.sides["one-a"], office=office)
        return office

    def _gathering(self, key: str, kind: str, number: int | None = None) -> Gathering:
        return Gathering.everything.create(
            **self.common,
            key=key,
            kind=kind,
            title=text(key.title()),
            status="held",
            when=DateAsSaid.parse("2025-09-30/2025-10-01"),
            timezone="Europe/Paris",
            partnership=self.partnerships["one"],
            place=self.areas["a"],
            series=self.series if number else None,
            number=number,
        )

    def reckon(self) -> None:
        """Register all records and reckon what follows from them."""
        for kind in kinds.kinds():
            numbers = list(kind.model.everything.values_list("pk", flat=True))
            derived.write_entries(kind.kind, numbers)
            if kind.derive is not None:
                kind.derive(numbers)

    def changed(self) -> None:
        """Let the record have a new version as of the same moment, so that nothing kept serves."""
        Change.objects.create(pk=next(VERSIONS), at=WHEN, command="test", verb="load")

    def fill(self, audiences: set[str], *, strays: bool = True) -> None:
        """Add all kinds of records for these audiences, with such as should not be (`strays`)."""
        for audience in sorted(audiences):
            filling = Filling(self, audience)
            filling.everything()
            if strays and audience != "public":
                filling.strays()
        self.reckon()
        self.tell()

    def tell(self) -> None:
        """Say in the audit trail of every record that is not told yet that it was added."""
        trail = {"at": WHEN, "command": "test", "verb": "load"}
        whole = Change.objects.create(
            pk=next(VERSIONS), **trail, kind="dossier", key=self.dossier.key, public=False
        )
        for kind in kinds.kinds():
            told = Change.objects.filter(kind=kind.kind).values("key")
            rows = kind.model.everything.exclude(key__in=told).order_by("key")
            for key, readers in rows.values_list("key", "readers"):
                named = {"kind": kind.kind, "key": key, "effect": "added"}
                public = readers == "public"
                loaded = {"part_of": whole} if kind.page is None else {}
                Change.objects.create(pk=next(VERSIONS), **trail, **named, **loaded, public=public)
                whole.public |= public and bool(loaded)
        whole.save()

    def acting(self) -> dict[str, Acting]:
        """Who acts, by role, from rows of users, offices and mandates."""

        def of(letter: str, *mandates: Mandate, ended: bool = False) -> Acting:
            user = User.objects.create(email=f"{User.objects.count()}@example.org", name="N")
            for mandate in mandates:
                MandateHeld.objects.create(
                    user=user,
                    office=self.offices[letter],
                    mandate=mandate,
                    since=WHEN,
                    ended=WHEN if ended else None,
                )
            return acting(user, self.offices[letter])

        administrator = User.objects.create(email="root@example.org", name="R", administrator=True)
        return {
            "stranger": STRANGER,
            "observer of A": of("a", Mandate.OBSERVER),
            "observer of B": of("b", Mandate.OBSERVER),
            "officer of A": of("a", Mandate.OFFICER),
            "officer of B": of("b", Mandate.OFFICER),
            "officer of C": of("c", Mandate.OFFICER, Mandate.SIGNATORY),
            "officer nobody vouches for": of("d", Mandate.OFFICER),
            "former officer of A": of("a", Mandate.OFFICER, ended=True),
            "administrator": acting(administrator),
        }


class Filling:
    """One record of every kind, for one audience."""

    def __init__(self, world: World, audience: str) -> None:
        self.world, self.audience = world, audience
        readers = AUDIENCES[audience]
        self.common = {"dossier": world.dossier, "readers": readers, "keeper": readers}
        self.number = list(AUDIENCES).index(audience) + 1
        self.side = world.sides[
            {"a": "one-a", "b": "one-b", "c": "two-c"}.get(audience[-1], "one-a")
        ]
        self.alone = audience.startswith(("side", "office"))

    def token(self, field: str) -> str:
        """A token for a field."""
        return self.world.tokens.new(self.audience, field)

    def words(self, field: str) -> Text:
        """A text in two languages, each a token."""
        return Text("en", {tag: Version(self.token(f"{field} ({tag})")) for tag in ("en", "vi")})

    def said(self, field: str) -> DateAsSaid:
        """A date whose words are a token."""
        return DateAsSaid.parse("2025-10-01", said=("en", self.token(field)))

    def other_names(self) -> list[dict[str, str]]:
        """A list of other names with one in it, a token."""
        return [{"words": self.token("other name"), "lang": "en", "kind": "former"}]

    def make(self, model: type[Row], **fields: object) -> Row:
        """A record whose identifier is a token too."""
        return model.everything.create(
            **self.common, key=self.token(f"{model.__name__} key"), **fields
        )

    def everything(self) -> None:
        """All kinds."""
        self.network()
        self.published()
        self.gathered()
        self.followed()
        self.delegated()
        self.claimed()

    def network(self) -> None:
        """Themes, areas, organizations, persons, partnerships, agreements, indicators."""
        world = self.world
        self.theme = self.make(Theme, name=self.words("Theme name"))
        self.area = self.make(
            Area,
            kind="city",
            name=self.words("Area name"),
            other_names=self.other_names(),
            parent=world.areas["a"],
            country_code="XA",
            latitude=-10.0 - self.number,
            longitude=-20.0,
            summary=self.words("Area summary"),
        )
        self.organization = self.make(
            Organization,
            kind="other",
            name=self.words("Organization name"),
            other_names=self.other_names(),
            area=world.areas["a"],
            parent=world.offices["a"].organization,
            url=f"https://example.org/{self.token('Organization url')}",
            founded=self.said("Organization founded"),
            summary=self.words("Organization summary"),
        )
        family = self.words("Person family_name")
        self.person = self.make(
            Person,
            name=_before(self.words("Person name"), family),
            family_name=family,
            other_names=self.other_names(),
            summary=self.words("Person summary"),
        )
        self.make(
            Membership,
            person=self.person,
            organization=world.offices["a"].organization,
            title=self.words("Membership title"),
            when=self.said("Membership when"),
        )
        self.partnership = self.make(
            Partnership,
            kind="friendship",
            name=self.words("Partnership name"),
            parent=world.partnerships["one"],
            summary=self.words("Partnership summary"),
        )
        self.partnership.themes.set([self.theme, world.theme])
        self.own_side = self.make(
            Side, partnership=self.partnership, area=world.areas["a"], position=1
        )
        self.own_side.organizations.set([self.organization, world.offices["a"].organization])
        self.agreement = self.make(
            Agreement,
            kind="unclear",
            title=self.words("Agreement title"),
            status="signed",
            signed=self.said("Agreement signed"),
            place=world.areas["a"],
            valid=self.said("Agreement valid"),
            summary=self.words("Agreement summary"),
        )
        self.agreement.partnerships.set([self.partnership, world.partnerships["one"]])
        self.agreement.scopes.set([self.theme, world.theme])
        Signatory.everything.create(
            agreement=self.agreement,
            position=1,
            organization=world.offices["a"].organization,
            person=world.person,
        )
        PartnershipStage.everything.create(
            partnership=self.partnership,
            position=1,
            stage="active",
            when=self.said("Stage when"),
            agreement=self.agreement,
            note=self.words("Stage note"),
        )
        for field, owner in (("partnership", self.partnership), ("area", self.area)):
            self.make(
                Indicator,
                **{field: owner},
                measure="trade",
                name=self.words(f"Indicator of {field} name"),
                value=Decimal(7),
                unit=self.token("Indicator unit"),
                year=2020,
                note=self.words("Indicator note"),
            )

    def published(self) -> None:
        """Publishers, articles, pictures."""
        world = self.world
        source = self.make(
            Source,
            kind="newspaper",
            name=self.words("Source name"),
            url=f"https://example.org/{self.token('Source url')}",
        )
        self.article = self.make(
            Article,
            source=source,
            language="id",
            title=self.words("Article title"),
            url=f"https://example.org/{self.token('Article url')}",
            published=self.said("Article published"),
            note=self.words("Article note"),
        )
        self.make(
            Article,
            source=world.article.source,
            language="ms",
            title=self.words("Translation title"),
            translation_of=world.article,
        )
        self.content = self.token("Picture file").encode()
        sha256 = hashlib.sha256(self.content).hexdigest()
        media.keep(self.content, media.name_of(sha256, "image/png"))
        self.picture = self.make(
            Picture,
            sha256=sha256,
            media_type="image/png",
            width=30,
            height=20,
            alt=self.words("Picture alt"),
            credit=self.words("Picture credit"),
            licence=self.token("Picture licence"),
        )

    def gathered(self) -> None:
        """Series, gatherings, their programme and exhibitions, and what was said there."""
        world = self.world
        self.make(
            Series,
            name=self.words("Series name"),
            partnership=world.partnerships["one"],
            summary=self.words("Series summary"),
        )
        self.gathering = self.make(
            Gathering,
            kind="exhibition",
            title=self.words("Gathering title"),
            status="announced",
            when=self.said("Gathering when"),
            timezone="UTC",
            series=world.series,
            number=10 + self.number if self.audience != "circle-1" else 6,
            partnership=world.partnerships["one"],
            within=world.forum,
            place=world.areas["a"],
            venue=self.words("Gathering venue"),
            url=f"https://example.org/{self.token('Gathering url')}",
            occasion=self.words("Gathering occasion"),
            summary=self.words("Gathering summary"),
            languages=["ka"],
            picture=self.picture,
        )
        self.gathering.themes.set([self.theme, world.theme])
        self.gathering.agreements.set([self.agreement])
        Organizer.everything.create(
            gathering=self.gathering,
            position=1,
            organization=world.offices["a"].organization,
            role="host",
        )
        Participant.everything.create(
            gathering=self.gathering,
            position=1,
            person=world.person,
            organization=world.offices["a"].organization,
            side=world.sides["one-a"],
            role=self.words("Participant role"),
        )
        room = self.make(
            Room,
            gathering=self.gathering,
            position=1,
            name=self.words("Room name"),
            capacity=7,
        )
        self.session = self.make(
            Session,
            gathering=self.gathering,
            kind="seminar",
            position=1,
            title=self.words("Session title"),
            summary=self.words("Session summary"),
            room=room,
            starts_at=datetime(2025, 10, 1, 8, tzinfo=UTC),
            ends_at=datetime(2025, 10, 1, 9, tzinfo=UTC),
            when=self.said("Session when"),
            url=f"https://example.org/{self.token('Session url')}",
        )
        self.session.themes.set([self.theme, world.theme])
        self.session.chairs.set([self.person, world.person])
        self.contribution = self.make(
            Contribution,
            session=self.session,
            kind="presentation",
            position=1,
            title=self.words("Contribution title"),
            abstract=self.words("Contribution abstract"),
            language="vi",
        )
        for position, person in enumerate((self.person, world.person), 1):
            Speaker.everything.create(
                contribution=self.contribution,
                position=position,
                person=person,
                organization=world.offices["a"].organization,
            )
        self.statement = self.make(
            Statement,
            kind="wish",
            text=self.words("Statement text"),
            words=self.words("Statement words"),
            noted_by=world.offices["a"].organization,
            occasion="speech",
            person=world.person,
            organization=world.offices["a"].organization,
            side=world.sides["one-a"],
            gathering=world.forum,
            session=world.session,
            when=self.said("Statement when"),
        )
        self.statement.themes.set([self.theme, world.theme])
        panel = self.make(
            Panel,
            exhibition=self.gathering,
            number=self.number,
            title=self.words("Panel title"),
            text=self.words("Panel text"),
        )
        self.make(
            Work,
            exhibition=self.gathering,
            panel=panel,
            position=1,
            kind="photo",
            title=self.words("Work title"),
            caption=self.words("Work caption"),
            creator=world.person,
            made=self.said("Work made"),
            picture=self.picture,
        )

    def followed(self) -> None:
        """Proposals, commitments, and what hangs on them; what is kept alone on public ones."""
        world = self.world
        self.proposal = self.make(
            Proposal,
            kind="proposal",
            title=self.words("Proposal title"),
            text=self.words("Proposal text"),
            gathering=world.forum,
            session=world.session,
            proposer=world.person,
            proposer_organization=world.offices["a"].organization,
            proposer_side=world.sides["one-a"],
            proposer_words=self.words("Proposal by"),
            addressee_words=self.words("Proposal to"),
            made=self.said("Proposal made"),
        )
        sides = [world.sides["one-a"], world.sides["two-c"]]
        sides += [world.sides["one-b"]] if self.audience != "public" else []
        self.proposal.addressees.set(sides)
        self.proposal.themes.set([self.theme, world.theme])
        self.proposal.statements.set([self.statement])
        Alternative.everything.create(
            proposal=self.proposal, position=1, text=self.words("Alternative text")
        )
        self.commitment = self.make(
            Commitment,
            kind="assurance",
            grade="will",
            title=self.words("Commitment title"),
            text=self.words("Commitment text"),
            grade_words=self.words("Commitment grade words"),
            gathering=world.forum,
            session=world.session,
            made=self.said("Commitment made"),
            deadline=self.said("Commitment deadline"),
        )
        self.commitment.themes.set([self.theme, world.theme])
        self.commitment.statements.set([self.statement])
        self.commitment.proposals.set([self.proposal, world.proposal])
        for position, side in enumerate(sides, 1):
            Party.everything.create(
                commitment=self.commitment,
                position=position,
                side=side,
                role="holder",
                organization=world.offices["a"].organization,
                words=self.words("Party words"),
            )
        Milestone.everything.create(
            commitment=self.commitment,
            position=1,
            text=self.words("Milestone text"),
            deadline=self.said("Milestone deadline"),
        )
        SuccessIndicator.everything.create(
            commitment=self.commitment,
            position=1,
            text=self.words("Success indicator text"),
            measure=self.words("Success indicator measure"),
            baseline=0,
            target=60,
        )
        self.make(
            Answer,
            proposal=world.proposal if self.audience.startswith("side") else self.proposal,
            side=self.side,
            verdict="noted",
            reasons=self.words("Answer reasons"),
            given=self.said("Answer given"),
        )
        promised = world.commitment if self.alone else self.commitment
        report = self.make(
            Report,
            commitment=promised,
            side=self.side,
            period=self.said("Report period"),
            completion="complete",
            text=self.words("Report text"),
            obstacles=self.words("Report obstacles"),
            state="accepted",
            submitted_on=date(2025, 11, 1),
            accepted_on=date(2025, 11, 2),
        )
        Evidence.everything.create(
            report=report,
            position=1,
            label=self.words("Evidence label"),
            url=f"https://example.org/{self.token('Evidence url')}",
            article=world.article,
        )
        if promised is self.commitment:  # the other has no milestone and no indicator
            MilestoneState.everything.create(report=report, position=1, number=1, state="reached")
            IndicatorValue.everything.create(report=report, position=1, number=1, value=9)
        self.make(
            Review,
            commitment=promised,
            reviewer=world.person,
            organization=world.offices["a"].organization,
            reviewed_on=date(2025, 11, 3),
            verifiable=True,
            ambition="modest",
            completion="limited",
            early_results="none",
            text=self.words("Review text"),
        )
        decided = self.make(
            Disposition,
            gathering=world.forum,
            commitment=self.commitment,
            outcome="split",
            reason=self.words("Disposition reason"),
            decided_on=date(2025, 11, 4),
        )
        decided.successor_commitments.set([world.commitment])
        decided.successor_proposals.set([world.proposal])

    def delegated(self) -> None:
        """A group, a delegation and a delegate; what is kept alone goes to a public gathering."""
        world = self.world
        group = self.make(
            Group,
            gathering=self.gathering,
            side=world.sides["one-a"],
            position=1,
            name=self.words("Group name"),
            quota=7,
            announced=self.said("Group announced"),
        )
        alone = self.audience.startswith("side")
        delegation = self.make(
            Delegation,
            gathering=world.forum if alone else self.gathering,
            side=self.side,
            name=self.words("Delegation name"),
            head=world.person,
        )
        self.make(
            Delegate,
            delegation=delegation,
            group=None if alone else group,
            person=world.person,
            organization=world.offices["a"].organization,
            role=self.words("Delegate role"),
        )

    def claimed(self) -> None:
        """A passage of a public article that claims things of public records."""
        world = self.world
        passage = self.make(
            Passage,
            article=world.article,
            language="en",
            quotation=self.token("Passage quotation"),
            translation=self.words("Passage translation"),
        )
        entries = {(one.kind, one.key): one for one in Entry.everything.all()}
        about = [("area", "city-a"), ("gathering", "forum"), ("person", "anna")]
        about += [("commitment", "C-2025-001"), ("partnership", "one"), ("session", "opening")]
        for position, name in enumerate(about, 1):
            Claim.everything.create(
                passage=passage,
                position=position,
                about=entries[name],
                property="presentations",
                value=self.token("Claim value"),
                reading=self.words("Claim reading"),
            )

    def strays(self) -> None:
        """Parts of public records that by some mistake are read by fewer: each asks for itself."""
        world, union = self.world, self.world.offices["a"].organization
        room = self.make(Room, gathering=world.forum, position=9, name=self.words("Stray room"))
        self.make(
            Session,
            gathering=world.forum,
            kind="seminar",
            position=9,
            title=self.words("Stray session title"),
            room=room,
        )
        self.make(
            Contribution,
            session=world.session,
            kind="presentation",
            position=9,
            title=self.words("Stray contribution title"),
        )
        panel = self.make(
            Panel,
            exhibition=world.exhibition,
            number=20 + self.number,
            title=self.words("Stray panel title"),
        )
        self.make(
            Work,
            exhibition=world.exhibition,
            panel=panel,
            position=9,
            kind="photo",
            title=self.words("Stray work title"),
        )
        self.make(Group, gathering=world.forum, position=9, name=self.words("Stray group name"))
        self.make(
            Delegate,
            delegation=world.delegation,
            person=self.person,
            role=self.words("Stray delegate role"),
        )
        self.make(
            Membership,
            person=world.person,
            organization=union,
            title=self.words("Stray membership title"),
        )
        self.make(
            Side,
            partnership=world.partnerships["one"],
            area=self.area,
            position=10 + self.number,
        )
        for year, owner in ((2020, "partnership"), (2021, "area")):
            of = world.partnerships["one"] if owner == "partnership" else world.areas["a"]
            self.make(
                Indicator,
                **{owner: of},
                measure=f"trade-{self.number}",
                name=self.words("Stray indicator name"),
                value=Decimal(7),
                unit="USD",
                year=year,
            )


def text(en: str) -> Text:
    """A text in English."""
    return Text("en", {"en": Version(en)})


def _before(first: Text, second: Text) -> Text:
    """The words of `first` in each language, and those of `second` after them."""
    return Text(
        first.original,
        {
            tag: Version(f"{version.words} {second.versions[tag].words}")
            for tag, version in first.versions.items()
        },
    )


def tokens_in(answer: str) -> set[str]:
    """The tokens that stand somewhere in what was answered."""
    return set(TOKEN.findall(answer))
