"""No page of one record asks the database more than twenty times, and no list more than eight."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
from amity.foundation.pages import public
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
    Organization,
    Partnership,
    PartnershipStage,
    Person,
    Side,
    Signatory,
    Theme,
)
from amity.record import derived, kinds
from amity.record.models import Dossier, Entry, Picture, Recorded
from amity.sources.models import Article, Claim, Passage, Source

pytestmark = pytest.mark.django_db

PAGES = {
    "areas/area-1/": 13,
    "organizations/organization-1/": 9,
    "persons/person-1/": 16,
    "partnerships/partnership-1/": 18,
    "agreements/agreement-1/": 9,
    "gatherings/gathering-1/": 20,
    "series/series-1/": 4,
    "dossiers/full/": 4,
    "gatherings/gathering-1/programme/": 7,
    "gatherings/gathering-1/people/": 5,
    "sessions/session-1/": 8,
    "contributions/contribution-1/": 4,
    "commitments/C-2025-001/": 19,
    "proposals/P-2025-001/": 16,
    "articles/article-1/": 5,
}
"""Page → how often it asks; 20 is the most that any may."""

LISTS = {
    "": 6,
    "changes/": 6,
    "gatherings/": 3,
    "commitments/": 4,
    "commitments/?state=silent": 5,
    "commitments/?theme=culture": 4,
    "commitments/?overdue=1": 5,
    "proposals/": 6,
    "dossiers/": 2,
    "network/": 6,
    "network/?country=XA": 3,
    "areas/": 3,
    "organizations/": 3,
    "persons/": 4,
    "agreements/": 3,
    "coverage/": 4,
    "differences/": 3,
    "search/?q=promise": 5,
}
"""List → how often it asks when the page is not in memory; 8 is the most that any may."""

Row = TypeVar("Row", bound=Recorded)


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_asks_at_most_twenty_times_whatever_hangs_on_it(client: Client, number: int) -> None:
    Full(number)
    newer()
    asked = {}
    client.get("/en/areas/area-1/")  # so that what is reckoned once for each version is there
    public._cache().clear()
    for address in PAGES:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/en/{address}")
        assert response.status_code == 200, address
        asked[address] = len(captured)
    assert asked == PAGES
    assert max(asked.values()) <= 20


def test_a_list_asks_at_most_eight_times(client: Client) -> None:
    Full(30)
    newer()
    asked = {}
    for address in LISTS:
        client.get(f"/en/{address}")  # so that what follows from the record alone is remembered
        public._cache().clear()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/en/{address}")
        assert response.status_code == 200, address
        asked[address] = len(captured)
    assert asked == LISTS
    assert max(asked.values()) <= 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["partnerships/partnership-1/", "areas/area-1/"])
def test_a_page_asks_as_often_where_it_begins_its_own_transaction(
    client: Client, address: str
) -> None:
    Full(1)
    newer()
    client.get("/en/sessions/session-1/")  # so that what is reckoned once for each version is there
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/en/{address}").status_code == 200
    asked = [one["sql"] for one in captured if one["sql"].startswith("SELECT")]
    assert len(asked) == PAGES[address]
    assert sum("foundation_change" in one for one in asked) == 1


def newer() -> None:
    """Let there be a version of which nothing is remembered: somebody changed all commitments."""
    told = {"at": datetime.now(UTC), "command": "test", "verb": "test"}
    steps = [
        {**told, "kind": "commitment", "key": key, "effect": "changed"}
        for key in Commitment.objects.values_list("key", flat=True)
    ]
    Change.objects.bulk_create(Change(**step) for step in steps)
    whole = Change.objects.create(**told, kind="dossier", key="full")
    Change.objects.bulk_create(Change(**step, part_of=whole) for step in steps)


def words(en: str) -> Text:
    """A text in English."""
    return Text("en", {"en": Version(en)})


class Full:
    """A record in which as many of everything as it says hang on the first of each kind."""

    def __init__(self, number: int) -> None:
        self.all = range(1, number + 1)
        self.dossier = Dossier.objects.create(key="full", title=words("Full"))
        self.common = {"dossier": self.dossier, "readers": "public"}
        self.network()
        self.gatherings()
        self.programme()
        self.followup()
        self.delegations()
        self.reckon()
        self.sources()
        self.reckon()

    def make(self, model: type[Row], number: int, /, **fields: object) -> Row:
        """Record `number` of a kind."""
        key = fields.pop("key", f"{model.__name__.lower()}-{number}")
        return model.everything.create(**self.common, key=key, **fields)

    def several(self, model: type[Row], **fields: object) -> list[Row]:
        """As many of a kind as there are to be, each with `fields`."""
        return [self.make(model, number, **fields) for number in self.all]

    def reckon(self) -> None:
        """Register all records and reckon what follows from them."""
        for kind in kinds.kinds():
            numbers = list(kind.model.everything.values_list("pk", flat=True))
            derived.write_entries(kind.kind, numbers)
            if kind.derive is not None:
                kind.derive(numbers)

    def network(self) -> None:
        """Everything that the rooms above refer to, and what the network itself hangs on it."""
        self.themes = self.several(Theme, name=words("Theme"))
        area = self.make(Area, 1, kind="city", name=words("Area"), latitude=1.0, longitude=2.0)
        self.parts = [
            self.make(Area, one + 100, kind="city", name=words("Part"), parent=area)
            for one in self.all
        ]
        Area.everything.filter(pk=area.pk).update(
            parent=self.make(Area, 0, kind="country", name=words("Country"), country_code="XA")
        )
        self.area = Area.everything.get(pk=area.pk)
        organization = self.make(Organization, 1, kind="other", name=words("Union"), area=area)
        self.organizations = [
            organization,
            *(
                self.make(
                    Organization,
                    one + 100,
                    kind="other",
                    name=words("Branch"),
                    area=area,
                    parent=organization,
                )
                for one in self.all
            ),
        ]
        self.organization = organization
        self.people = self.several(Person, name=words("Person"))
        for one, person in zip(self.all, self.people, strict=True):
            self.make(
                Membership, one, person=person, organization=organization, title=words("Chair")
            )
            self.make(
                Membership,
                one + 100,
                person=self.people[0],
                organization=self.organizations[one],
                title=words("Member"),
            )
        self.partnerships = self.several(Partnership, kind="twinning", name=words("Twinning"))
        partnership = self.partnership = self.partnerships[0]
        Partnership.everything.exclude(pk=partnership.pk).update(parent=partnership)
        partnership.themes.set(self.themes)
        self.sides = [
            self.make(Side, one, partnership=partnership, area=part, position=one)
            for one, part in zip(self.all, [area, *self.parts], strict=False)
        ]
        for one, other in zip(self.all[1:], self.partnerships[1:], strict=True):
            self.make(Side, one + 100, partnership=other, area=area, position=1)
        for side in self.sides:
            side.organizations.set(self.organizations)
        self.agreements = self.several(
            Agreement,
            kind="twinning",
            title=words("Agreement"),
            status="signed",
            signed=DateAsSaid.parse("2001"),
            place=area,
        )
        self.agreements[0].partnerships.set(self.partnerships)
        self.agreements[0].scopes.set(self.themes)
        partnership.agreements.set(self.agreements)
        for one, agreement in zip(self.all, self.agreements, strict=True):
            PartnershipStage.everything.create(
                partnership=partnership, position=one, stage="active", agreement=agreement
            )
            Signatory.everything.create(
                agreement=self.agreements[0],
                position=one,
                area=self.parts[one - 1],
                organization=self.organizations[one],
                person=self.people[one - 1],
            )
            for plus, owner in ((0, {"partnership": partnership}), (100, {"area": area})):
                self.make(
                    Indicator,
                    one + plus,
                    measure="trade",
                    name=words("Trade"),
                    value=Decimal(one),
                    unit="USD",
                    year=1990 + one,
                    **owner,
                )

    def gatherings(self) -> None:
        """An exhibition in a series, with parts, people and works."""
        series = self.make(Series, 1, name=words("Series"), partnership=self.partnership)
        self.picture = self.make(
            Picture,
            1,
            sha256=f"{1:064x}",
            media_type="image/png",
            width=30,
            height=20,
            alt=words("A boat"),
            licence="Apache-2.0",
        )
        whole = {
            "kind": "exhibition",
            "title": words("Show"),
            "status": "held",
            "when": DateAsSaid.parse("2025-09-30/2025-10-01"),
            "timezone": "Europe/Paris",
            "place": self.area,
            "partnership": self.partnership,
            "picture": self.picture,
        }
        outer = self.make(Gathering, 999, **whole)
        self.gathering = gathering = self.make(
            Gathering, 1, series=series, number=31, within=outer, summary=words("About"), **whole
        )
        self.within = []
        gathering.themes.set(self.themes)
        gathering.agreements.set(self.agreements)
        for one in self.all:
            self.make(Gathering, one + 100, series=series, number=one, **whole)
            self.make(Gathering, one + 200, series=series, number=one + 31, **whole)
            part = self.make(Gathering, one + 300, within=gathering, **whole)
            part.agreements.set(self.agreements[:1])
            self.within.append(part)
            for of in (gathering, part):
                Organizer.everything.create(
                    gathering=of,
                    position=1 if of is part else one,
                    organization=self.organization if of is part else self.organizations[one],
                    role="host",
                )
                Participant.everything.create(
                    gathering=of,
                    position=one,
                    person=self.people[0] if of is part else self.people[one - 1],
                    organization=self.organizations[one],
                    side=self.sides[0],
                )
            panel = self.make(Panel, one, exhibition=gathering, number=one, title=words("Panel"))
            for plus, hung in ((0, panel), (100, None)):
                self.make(
                    Work,
                    one + plus,
                    exhibition=gathering,
                    panel=hung,
                    position=one,
                    kind="photo",
                    title=words("Work"),
                    creator=self.people[one - 1],
                    picture=self.picture,
                )

    def programme(self) -> None:
        """Sessions with chairs, contributions and speakers, and what was said there."""
        self.sessions = []
        self.contributions = []
        self.statements = []
        for one in self.all:
            room = self.make(Room, one, gathering=self.gathering, position=one, name=words("Hall"))
            session = self.make(
                Session,
                one,
                gathering=self.gathering,
                kind="seminar",
                position=one,
                title=words("Session"),
                room=room,
                starts_at=datetime(2025, 10, 1, 8, one, tzinfo=UTC),
                ends_at=datetime(2025, 10, 1, 9, one, tzinfo=UTC),
            )
            session.chairs.set(self.people)
            session.themes.set(self.themes)
            self.sessions.append(session)
            for plus, of in ((0, self.sessions[0]), (100, session)):
                contribution = self.make(
                    Contribution,
                    one + plus,
                    session=of,
                    kind="presentation",
                    position=one,
                    title=words("Talk"),
                    language="vi",
                )
                self.contributions.append(contribution)
                for position, person in enumerate({self.people[0], self.people[one - 1]}, 1):
                    Speaker.everything.create(
                        contribution=contribution,
                        position=position,
                        person=person,
                        organization=self.organizations[one],
                    )
            statement = self.make(
                Statement,
                one,
                kind="wish",
                text=words("Said"),
                occasion="speech",
                person=self.people[0],
                organization=self.organization,
                side=self.sides[0],
                gathering=self.gathering,
                session=self.sessions[0],
            )
            statement.themes.set(self.themes)
            self.statements.append(statement)
        for position, person in enumerate(self.people[1:], 3):
            Speaker.everything.create(
                contribution=self.contributions[0], position=position, person=person
            )

    def followup(self) -> None:
        """Proposals and commitments, answered, reported on, reviewed and decided."""
        held = {"gathering": self.gathering, "session": self.sessions[0]}
        self.proposals = [
            self.make(
                Proposal,
                one,
                key=f"P-2025-{one:03d}",
                kind="wish",
                title=words("Wish"),
                proposer=self.people[0],
                proposer_organization=self.organization,
                proposer_side=self.sides[0],
                **held,
            )
            for one in self.all
        ]
        self.commitments = [
            self.make(
                Commitment,
                one,
                key=f"C-2025-{one:03d}",
                kind="commitment",
                grade="will",
                title=words("Promise"),
                made=DateAsSaid.parse("2025-10-01"),
                deadline=DateAsSaid.parse("2026-10"),
                **held,
            )
            for one in self.all
        ]
        for one, proposal, commitment in zip(
            self.all, self.proposals, self.commitments, strict=True
        ):
            proposal.addressees.set(self.sides)
            proposal.themes.set(self.themes)
            proposal.statements.set(self.statements)
            commitment.themes.set(self.themes)
            commitment.statements.set(self.statements)
            commitment.proposals.set(self.proposals)
            Alternative.everything.create(
                proposal=self.proposals[0], position=one, text=words("Or so")
            )
            parties = self.sides if one == 1 else self.sides[:1]
            for position, side in enumerate(parties, 1):
                Party.everything.create(
                    commitment=commitment,
                    position=position,
                    side=side,
                    role="holder",
                    organization=self.organization,
                )
            self.make(
                Answer,
                one,
                proposal=self.proposals[0],
                side=self.sides[one - 1],
                verdict="noted",
                reasons=words("So it is"),
            )
            report = self.make(
                Report,
                one,
                commitment=self.commitments[0],
                side=self.sides[one - 1],
                completion="complete",
                text=words("Done"),
                state="accepted",
                submitted_on=date(2025, 11, 1),
                accepted_on=date(2025, 11, 2),
            )
            Milestone.everything.create(
                commitment=self.commitments[0], position=one, text=words("Land is found")
            )
            SuccessIndicator.everything.create(
                commitment=self.commitments[0],
                position=one,
                text=words("Pupils"),
                measure=words("pupils"),
            )
            MilestoneState.everything.create(report=report, position=1, number=1, state="reached")
            IndicatorValue.everything.create(report=report, position=1, number=1, value=9)
            Evidence.everything.create(
                report=report, position=1, label=words("Photo"), url="https://example.org/"
            )
            self.make(
                Review,
                one,
                commitment=self.commitments[0],
                reviewer=self.people[0],
                organization=self.organization,
                reviewed_on=date(2025, 11, 3),
                verifiable=True,
                ambition="modest",
                completion="limited",
                early_results="none",
                text=words("Seen"),
            )
            for plus, of in (
                (0, {"proposal": self.proposals[0]}),
                (100, {"commitment": self.commitments[0]}),
            ):
                decided = self.make(
                    Disposition,
                    one + plus,
                    gathering=self.within[one - 1],
                    into=self.gathering,
                    outcome="carried",
                    decided_on=date(2025, 11, 4),
                    **of,
                )
                decided.successor_commitments.set(self.commitments[1:])
                decided.successor_proposals.set(self.proposals[1:])

    def delegations(self) -> None:
        """Groups and delegations with their people."""
        for one, side in zip(self.all, self.sides, strict=True):
            group = self.make(
                Group,
                one,
                gathering=self.gathering,
                side=side,
                position=one,
                name=words("Group"),
            )
            delegation = self.make(
                Delegation,
                one,
                gathering=self.gathering,
                side=side,
                name=words("Delegation"),
                head=self.people[one - 1],
            )
            self.make(
                Delegate,
                one,
                delegation=delegation,
                group=group,
                person=self.people[one - 1],
                organization=self.organizations[one],
            )

    def sources(self) -> None:
        """An article with translations and passages, which claim things of everything."""
        source = self.make(Source, 1, kind="newspaper", name=words("The Paper"))
        plain = {"source": source, "language": "en", "title": words("Piece")}
        original = self.make(Article, 999, **plain)
        article = self.make(Article, 1, translation_of=original, **plain)
        told = list(Entry.everything.exclude(kind__in=["source", "article", "picture"]))
        for one in self.all:
            self.make(Article, one + 100, translation_of=article, **plain)
            passage = self.make(
                Passage, one, article=article, language="en", quotation=f"quotation {one}"
            )
            Claim.everything.bulk_create(
                Claim(
                    passage=passage,
                    position=position,
                    about=entry,
                    property="presentations",
                    value=str(one),
                )
                for position, entry in enumerate(told, 1)
                if one <= 2 or entry.key.endswith("-1")
            )
