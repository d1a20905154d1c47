"""Whoever proposed something is told of what followed, in their language and once."""

import pytest
from django.utils import timezone

from amity.collecting.actions.following import follow
from amity.collecting.models import Followed, Told
from amity.followup.models import Answer, Commitment, Disposition, Party, Proposal
from amity.record.actions import release, save
from amity.record.choices import Audience
from tests.write.world import words

from .test_sorting import TAKE_UP, act
from .world import collecting, mailed

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    made = collecting()
    made.send()
    act(made, "take_up", TAKE_UP)
    follow(timezone.now())
    assert len(mailed()) == 2
    return made


def answered(there, audience: Audience = Audience.PUBLIC) -> Answer:
    proposal = Proposal.everything.get()
    answer = Answer(
        dossier=proposal.dossier,
        key="answer-south",
        proposal=proposal,
        side=there.world.sides[1],
        verdict="in_part",
        reasons=words("Five pupils.", vi="Năm học sinh."),
    )
    save(there.world.south, answer, audience=audience)
    return answer


def told() -> list[str]:
    """What the letters after the first two say."""
    follow(timezone.now())
    return [one.text for one in mailed()[2:]]


def test_an_answer_is_told_once_when_everybody_reads_it(there):
    answer = answered(there, Audience.KEEPER)
    assert told() == []
    release(there.world.south, answer, Audience.PUBLIC)
    (letter,) = told()
    assert "Năm học sinh." in letter
    assert "P-2026-001" in letter
    assert mailed()[2].language == "vi"
    for _again in range(2):
        Followed.objects.update(change=0)
        assert len(told()) == 1
    answer.verdict = "supported"
    save(there.world.south, answer)
    assert len(told()) == 2
    answer.reasons = words("Ten pupils.")
    save(there.world.south, answer)
    assert len(told()) == 2


def test_a_promise_and_a_decision_are_told(there):
    proposal = Proposal.objects.get()
    made = Commitment(
        dossier=proposal.dossier,
        key="C-2026-001",
        kind="commitment",
        grade="will",
        title=words("Ten pupils a year", vi="Mười học sinh mỗi năm"),
    )
    parties = [
        Party(position=1, side=there.world.sides[1], role="holder"),
        Party(position=2, side=there.world.sides[0], role="counterpart"),
    ]
    lists: dict[str, list[Party] | list[Proposal]] = {"parties": parties, "proposals": [proposal]}
    save(there.world.south, made, lists, audience=Audience.PUBLIC)
    assert "Mười học sinh mỗi năm" in told()[0]
    decision = Disposition(
        dossier=proposal.dossier,
        key="closing-p",
        gathering=there.gathering,
        proposal=proposal,
        outcome="completed",
        decided_on=timezone.now().date(),
        reason=words("Done."),
    )
    save(there.world.south, decision, audience=Audience.PUBLIC)
    assert len(told()) == 2
    assert "Done." in told()[1]


def test_what_the_sides_alone_read_is_told_when_it_is_released():
    there = collecting()
    there.send()
    act(there, "take_up", TAKE_UP | {"audience": "circle"})
    assert told() == []
    proposal = Proposal.everything.get()
    release(there.world.south, proposal, Audience.PUBLIC)
    (letter,) = told()
    assert "P-2026-001" in letter


def test_who_is_joined_later_is_not_told_of_what_stood_before(there):
    answered(there)
    assert len(told()) == 1
    there.send(title="Cũng vậy", mail="minh@example.org")
    act(there, "join", {"proposal": "p-2026-001-test"})
    follow(timezone.now())
    assert [one.to for one in mailed()].count("minh@example.org") == 2


def test_killed_in_the_middle_nothing_is_told_twice_or_lost(there, monkeypatch):
    from amity.collecting.actions import following

    answered(there)

    def killed(*_args, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(following, "tell", killed)
        with pytest.raises(KeyboardInterrupt):
            follow(timezone.now())
    assert not Told.objects.filter(about__startswith="answer").exists()
    assert len(told()) == 1


def test_who_wants_no_letters_gets_none(there):
    from amity.collecting.models import Submission

    Submission.objects.update(written_to=False)
    answered(there)
    assert told() == []
