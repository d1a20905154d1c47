"""What not everybody may read stands on no page, in no list, calendar or feed of a stranger's.

Each field of what is hidden holds a token of its own. Each token could leak: once all is public,
it is found on one of the same addresses.
"""

import re

import pytest
from django.test import Client

from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.choices import (
    ContributionKind,
    GatheringKind,
    GatheringStatus,
    Occasion,
    SessionKind,
    StatementKind,
    WorkKind,
)
from amity.gatherings.models import (
    Contribution,
    Gathering,
    Panel,
    Room,
    Session,
    Statement,
    Work,
)
from amity.gatherings.tests.factory import NINE, ZONE, Edition, words
from amity.languages.text import Text
from amity.network.choices import AgreementKind
from amity.network.models import Agreement, Person
from amity.record.derived import write_entries
from amity.record.models import Picture, Recorded

pytestmark = pytest.mark.django_db

CIRCLE = "partnership:north-south"
TOKEN = re.compile(r"token-([a-z]+-[a-z]+)")
TOLD = {
    "": "",
    "gatherings/": "forum-key forum-title",
    "gatherings/?kind=exhibition": "forum-key forum-title",
    "gatherings/?when=past": "forum-key forum-title",
    "gatherings.csv": "forum-key forum-title",
    "gatherings/calendar.ics": "forum-key forum-summary forum-title forum-venue",
    "gatherings/forum-1/": "aside-key aside-text forum-key forum-title forum-venue hall-name "
    "photo-alt photo-caption photo-credit photo-key photo-title remark-key remark-text screen-key "
    "screen-text screen-title seminar-key seminar-title",
    "gatherings/forum-1/programme/": "extra-key extra-speaker extra-title hall-key hall-name "
    "paper-key paper-speaker paper-title seminar-key seminar-title",
    "gatherings/forum-1/programme/?view=grid": "hall-key hall-name seminar-key seminar-title",
    "gatherings/forum-1/people/": "extra-key extra-speaker extra-title paper-key "
    "paper-speaker paper-title",
    "gatherings/forum-1/calendar.ics": "extra-abstract extra-key extra-speaker extra-title "
    "forum-venue forumhall-name hall-name paper-abstract paper-key paper-speaker paper-title "
    "seminar-key seminar-summary seminar-title session-key session-summary session-title "
    "talk-abstract talk-key talk-speaker talk-title",
    "sessions/session-1/": "aside-key aside-text extra-key extra-speaker extra-title",
    "sessions/session-1/calendar.ics": "extra-abstract extra-key extra-speaker extra-title",
    "contributions/talk-1/": "",
    "areas/north/": "forum-key forum-title",
    "organizations/union/": "forum-key forum-title",
    "partnerships/north-south/": "forum-key forum-title",
    "persons/person-1/": "aside-key aside-text extra-key extra-title forum-key forum-title "
    "paper-key paper-title participant-role photo-key photo-title remark-key remark-text "
    "seminar-key seminar-title session-key session-title speech-key speech-text talk-key "
    "talk-title work-key work-title",
    "agreements/accord/": "forum-key forum-title",
}
"""Addresses of what is public and near to what is hidden → what they tell of it once it is not."""
OWN = (
    "gatherings/token-forum-key/",
    "gatherings/token-forum-key/programme/",
    "gatherings/token-forum-key/programme/?view=grid",
    "gatherings/token-forum-key/people/",
    "gatherings/token-forum-key/calendar.ics",
    "gatherings/token-forum-key/feed.atom",
    "sessions/token-session-key/",
    "sessions/token-session-key/calendar.ics",
    "sessions/token-seminar-key/",
    "contributions/token-talk-key/",
    "contributions/token-paper-key/",
    "contributions/token-extra-key/",
)
"""Addresses of what is hidden."""


MODELS: tuple[type[Recorded], ...] = (
    Work,
    Panel,
    Statement,
    Contribution,
    Session,
    Room,
    Gathering,
    Picture,
)


class Hidden:
    """A forum that only its circle reads, and in a public one a session, a talk, a statement, ….

    What is hidden hangs on the same city, partnership, union, person and agreement as what is
    public, and a part of it on the public forum itself.
    """

    def __init__(self, edition: Edition) -> None:
        self.own = {**edition.own, "readers": CIRCLE}
        self.edition = edition
        self.tokens: set[str] = set()
        talk = edition.contribution(edition.session(1), 1)
        self.person = talk.speakers.get().person
        accord = Agreement.objects.create(
            **edition.own,
            key="accord",
            kind=AgreementKind.TREATY,
            status="signed",
            title=words("Accord"),
        )
        self.forum = self._forum()
        self.forum.agreements.add(accord)
        self.forum.themes.add(edition.theme)
        self.forum.organizers.create(position=1, organization=edition.union, role="host")
        self.forum.participants.create(
            position=1, person=self.person, role=self._words("participant", "role")
        )
        self._session(self.forum, "forumhall", "session", "talk")
        self._session(edition.gathering, "hall", "seminar", "paper")
        self._contribution(talk.session, "extra")
        self._statement("speech", gathering=self.forum)
        self._statement("remark", gathering=edition.gathering)
        self._statement("aside", session=talk.session, gathering=edition.gathering)
        self._exhibits(self.forum, "panel", "work")
        self._exhibits(edition.gathering, "screen", "photo")

    def release(self) -> None:
        """Let everybody read it."""
        for model in MODELS:
            model.everything.update(readers="public")
        register_gatherings()

    def _words(self, of: str, field: str) -> Text:
        """A token as a text."""
        self.tokens.add(f"{of}-{field}")
        return words(f"token-{of}-{field}")

    def _key(self, of: str) -> str:
        """A token as an identifier."""
        self.tokens.add(f"{of}-key")
        return f"token-{of}-key"

    def _forum(self) -> Gathering:
        return Gathering.everything.create(
            **self.own,
            key=self._key("forum"),
            kind=GatheringKind.EXHIBITION,
            title=self._words("forum", "title"),
            status=GatheringStatus.HELD,
            when=DateAsSaid.parse("2025-09-30/2025-10-01"),
            timezone=ZONE,
            place=self.edition.city,
            partnership=self.edition.partnership,
            within=self.edition.gathering,
            venue=self._words("forum", "venue"),
            occasion=self._words("forum", "occasion"),
            summary=self._words("forum", "summary"),
            picture=self._picture("poster"),
        )

    def _session(self, gathering: Gathering, hall: str, session: str, talk: str) -> None:
        room = Room.everything.create(
            **self.own,
            key=self._key(hall),
            gathering=gathering,
            position=9,
            name=self._words(hall, "name"),
        )
        held = Session.everything.create(
            **self.own,
            key=self._key(session),
            gathering=gathering,
            kind=SessionKind.SEMINAR,
            position=9,
            title=self._words(session, "title"),
            summary=self._words(session, "summary"),
            room=room,
            starts_at=NINE,
            ends_at=NINE.replace(hour=4),
        )
        held.themes.add(self.edition.theme)
        held.chairs.add(self.person)
        self._contribution(held, talk)

    def _contribution(self, session: Session, talk: str) -> None:
        given = Contribution.everything.create(
            **self.own,
            key=self._key(talk),
            session=session,
            kind=ContributionKind.PRESENTATION,
            position=1,
            title=self._words(talk, "title"),
            abstract=self._words(talk, "abstract"),
            starts_at=NINE,
            ends_at=NINE.replace(hour=3),
        )
        given.speakers.create(position=1, person=self.person, organization=self.edition.union)
        alone = Person.objects.create(
            **self.edition.own, key=f"speaker-of-{talk}", name=self._words(talk, "speaker")
        )
        given.speakers.create(position=2, person=alone)

    def _statement(self, name: str, **where: Gathering | Session) -> None:
        Statement.everything.create(
            **self.own,
            key=self._key(name),
            kind=StatementKind.WISH,
            text=self._words(name, "text"),
            occasion=Occasion.SPEECH,
            person=self.person,
            **where,
        )

    def _exhibits(self, gathering: Gathering, panel: str, work: str) -> None:
        shown = Panel.everything.create(
            **self.own,
            key=self._key(panel),
            exhibition=gathering,
            number=9,
            title=self._words(panel, "title"),
            text=self._words(panel, "text"),
        )
        Work.everything.create(
            **self.own,
            key=self._key(work),
            exhibition=gathering,
            panel=shown,
            position=9,
            kind=WorkKind.PHOTO,
            title=self._words(work, "title"),
            caption=self._words(work, "caption"),
            creator=self.person,
            picture=self._picture(work),
        )

    def _picture(self, name: str) -> Picture:
        return Picture.everything.create(
            **self.own,
            key=f"picture-of-{name}",
            sha256=name.encode().hex().ljust(64, "0"),
            media_type="image/png",
            width=300,
            height=200,
            alt=self._words(name, "alt"),
            credit=self._words(name, "credit"),
            licence="Apache-2.0",
        )


@pytest.fixture
def hidden() -> Hidden:
    made = Hidden(Edition(kind=GatheringKind.EXHIBITION))
    register_gatherings()
    return made


def register_gatherings() -> None:
    """Let the register say of each gathering what its row says, as every save does."""
    write_entries("gathering", list(Gathering.everything.values_list("pk", flat=True)))


def found(client: Client, address: str) -> set[str]:
    """The tokens on a page, which is there."""
    response = client.get(f"/en/{address}")
    assert response.status_code == 200, address
    unfolded = response.getvalue().decode().replace("\r\n ", "")
    return set(TOKEN.findall(unfolded))


@pytest.mark.parametrize("address", TOLD)
def test_what_is_public_tells_nothing_of_what_is_not(
    client: Client, hidden: Hidden, address: str
) -> None:
    assert found(client, address) == set()
    hidden.release()
    assert found(client, address) == set(TOLD[address].split())


@pytest.mark.parametrize("address", OWN)
def test_what_is_not_public_has_no_page(client: Client, hidden: Hidden, address: str) -> None:
    assert client.get(f"/en/{address}").status_code == 404


def test_each_token_could_have_been_told(client: Client, hidden: Hidden) -> None:
    hidden.release()
    told = set().union(*(found(client, address) for address in (*TOLD, *OWN)))
    assert told == hidden.tokens


@pytest.mark.parametrize("address", [one for one in TOLD if not one.endswith(".ics")])
def test_what_is_hidden_is_not_even_counted(client: Client, hidden: Hidden, address: str) -> None:
    page = client.get(f"/en/{address}").getvalue()
    for model in MODELS:
        model.everything.filter(readers=CIRCLE).delete()
    assert client.get(f"/en/{address}").getvalue() == page
