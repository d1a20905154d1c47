"""A term for answers: shown, reminded of before and after its day, and plain when it has passed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from amity.accounts.models import MandateHeld
from amity.followup.models import Answer, Proposal
from amity.foundation.models import Change, Letter
from amity.record.actions import release, save
from amity.record.choices import Audience
from amity.record.models import Entry
from amity.turns import queries
from amity.turns.actions.reminding import send_digests
from amity.turns.actions.terms import set_term
from amity.turns.models import Reminder
from amity.turns.schedule import Term
from tests.write.world import words

from .test_asked import ask
from .world import at, thread

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
SOUTH = "south-office-@example.org"

TERMS = {
    "days": (Term(days=30), "2026-11-01", "2026-12-01"),
    "over a leap day": (Term(days=1), "2028-02-28", "2028-02-29"),
    "until a day": (Term(until=date(2026, 12, 24)), "2026-11-01", "2026-12-24"),
    "asked on that day": (Term(until=date(2026, 12, 24)), "2026-12-24", "2026-12-24"),
    "asked after it": (Term(until=date(2026, 12, 24)), "2026-12-25", None),
    "none": (Term(), "2026-11-01", None),
}


@pytest.mark.parametrize(("term", "since", "by"), TERMS.values(), ids=TERMS)
def test_by_which_day_an_answer_is_due(term, since, by):
    assert term.answer_by(date.fromisoformat(since)) == (date.fromisoformat(by) if by else None)


def entry(proposal: Proposal) -> Entry:
    assert proposal.gathering is not None
    return Entry.everything.get(kind="gathering", key=proposal.gathering.key)


def asked(begun, key: str, day: datetime, term: Term, *sides: int, **more: Audience) -> Proposal:
    """The north asked these sides on a day, at a gathering with a term."""
    made = ask(begun, key, *sides, **more)
    Change.objects.filter(kind="proposal", key=made.key).update(at=day)
    set_term(entry(made), term)
    return made


def answer(begun, proposal: Proposal, side: int, audience: Audience = Audience.PUBLIC) -> None:
    one = Answer(
        dossier=begun.world.dossier,
        key=f"answer-{side}-{proposal.key.lower()}",
        proposal=proposal,
        side=begun.world.sides[side],
        verdict="noted",
        reasons=words("Noted."),
    )
    save((begun.world.north, begun.world.south)[side], one, audience=audience)


def due(proposal: Proposal, today: date = date(2026, 12, 1)) -> list[tuple[str, bool, str]]:
    """What everybody reads: side, late, words."""
    lines = queries.due_of([proposal], today).get(proposal.pk, ())
    return [(one.side.key, one.late, one.words) for one in lines]


def test_days_count_from_when_others_could_read_it_and_the_side_was_named():
    begun = thread()
    made = asked(begun, "P-2026-001", datetime(2026, 11, 1, 12, tzinfo=UTC), Term(days=10), 1)
    made.title = words("A longer title")
    save(begun.world.north, made)
    late = "An answer was due by 11 November 2026: 20 days late."
    assert due(made) == [("twins-south", True, late)]
    save(begun.world.north, made, {"addressees": begun.world.sides[:2]})
    last = Change.objects.filter(kind="proposal", key=made.key).latest("pk")
    Change.objects.filter(pk=last.pk).update(at=datetime(2026, 11, 28, 23, 30, tzinfo=UTC))
    # at the gathering, seven hours east, the 29th had begun
    assert made.gathering is not None
    assert made.gathering.timezone == "Asia/Ho_Chi_Minh"
    soon = "An answer is due by 9 December 2026."
    assert due(made) == [("twins-north", False, soon), ("twins-south", True, late)]


def test_the_public_page_says_by_when_and_says_so_when_that_has_passed():
    begun = thread()
    long_ago = datetime(2026, 1, 1, 12, tzinfo=UTC)
    made = asked(begun, "P-2026-001", long_ago, Term(until=date(2026, 2, 1)), 0, 1)
    answer(begun, made, 1)
    page = Client().get(at("followup:proposal", made.key)).text
    section = page.partition('id="answers-due"')[2].partition("</section>")[0]
    assert section.count("<li>") == 1
    assert "An answer was due by 1 February 2026:" in section
    russian = Client().get(f"/ru/proposals/{made.key}/").text
    assert "Ответ был нужен не позднее" in russian
    answer(begun, made, 0)
    assert 'id="answers-due"' not in Client().get(at("followup:proposal", made.key)).text


def test_without_a_term_nothing_is_said():
    begun = thread()
    made = ask(begun, "P-2026-001", 1)
    assert 'id="answers-due"' not in Client().get(at("followup:proposal", made.key)).text
    assert due(made) == []


def test_an_answer_that_others_do_not_read_yet_is_not_told():
    begun = thread()
    made = asked(begun, "P-2026-001", datetime(2026, 11, 1, tzinfo=UTC), Term(days=60), 1)
    answer(begun, made, 1, Audience.KEEPER)
    assert [side for side, _late, _words in due(made)] == ["twins-south"]
    assert queries.ours(begun.world.south, queries.to_answer(begun.world.south)) == []
    assert [one.side for one in queries.others(begun.world.north)] == ["twins-south"]
    release(begun.world.south, Answer.everything.get(), Audience.PUBLIC)
    assert due(made) == []
    assert queries.others(begun.world.north) == []


def test_people_are_reminded_before_the_day_and_after_it_each_once():
    begun = thread()
    MandateHeld.objects.update(since=datetime(2026, 11, 25, tzinfo=UTC))
    made = asked(begun, "P-2026-001", datetime(2026, 11, 29, tzinfo=UTC), Term(days=20), 1)
    for week in range(5):
        send_digests(MONDAY + timedelta(days=7 * week))
    rows = Reminder.objects.filter(thing=f"proposal:{made.pk}").order_by("pk")
    assert list(rows.values_list("user__email", "kind", "stage", "day")) == [
        (SOUTH, "due", 30, date(2026, 12, 19)),
        (SOUTH, "due", 7, date(2026, 12, 19)),
        (SOUTH, "late", 1, date(2026, 12, 19)),
    ]
    last = Letter.objects.filter(to=SOUTH, once__startswith="digest").latest("pk").text
    assert "Our side was to answer by a day that has passed, and has not:\nP-2026-001" in last


def test_who_has_answered_is_reminded_no_more():
    begun = thread()
    MandateHeld.objects.update(since=datetime(2026, 11, 25, tzinfo=UTC))
    made = asked(begun, "P-2026-001", datetime(2026, 11, 29, tzinfo=UTC), Term(days=20), 1)
    answer(begun, made, 1)
    for week in range(5):
        send_digests(MONDAY + timedelta(days=7 * week))
    assert not Reminder.objects.filter(thing=f"proposal:{made.pk}").exists()


def test_the_list_at_the_desk_sorts_and_filters_by_the_term():
    begun = thread()
    now = datetime.now(UTC).replace(hour=10)  # the same day at the gathering
    late = asked(begun, "P-2026-001", now - timedelta(days=40), Term(days=30), 1)
    without = ask(begun, "P-2026-002", 1)
    soon = asked(begun, "P-2026-003", now, Term(days=5), 0, 1)
    private = asked(begun, "P-2026-004", now, Term(days=3), 1, audience=Audience.CIRCLE)

    def listed(client: Client, **query: str) -> list[str]:
        page = client.get(at("desk_questions"), query).text
        every = (late, without, soon, private)
        places = {page.find(f">{one.key}<"): one.key for one in every if f">{one.key}<" in page}
        return [places[place] for place in sorted(places)]

    south, north, east = begun.south, begun.north, begun.east
    assert listed(south) == ["P-2026-001", "P-2026-004", "P-2026-003", "P-2026-002"]
    assert listed(south, sort="newest") == ["P-2026-004", "P-2026-003", "P-2026-002", "P-2026-001"]
    assert listed(south, shown="late") == ["P-2026-001"]
    assert listed(south, shown="others") == ["P-2026-003"]
    assert listed(north) == ["P-2026-003"]
    assert listed(north, shown="late") == ["P-2026-001"]
    assert listed(east) == listed(east, shown="others") == listed(east, shown="late") == []
    first = south.get(at("desk")).text.partition("Our side is asked")[2].partition("</section>")[0]
    assert "10 days late." in first
    assert first.index("P-2026-001") < first.index("P-2026-004") < first.index("P-2026-002")
    assert at("desk_questions") in south.get(at("desk_turns")).text


def test_a_side_that_speaks_for_nobody_is_asked_nothing():
    begun = thread()
    asked(begun, "P-2026-001", datetime.now(UTC), Term(days=5), 1)
    assert "P-2026-001" not in begun.east.get(at("desk_questions")).text
    assert Client().get(at("desk_questions")).status_code == 302


@pytest.mark.parametrize("term", [Term(days=0), Term(days=731), Term(5, date(2026, 12, 1))])
def test_no_other_term_is_kept(term):
    begun = thread()
    made = ask(begun, "P-2026-001", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        set_term(entry(made), term)
