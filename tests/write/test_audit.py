"""The trail tells the whole change: what stood before, with its paths, is what stands after."""

import copy

import pytest
from django.db import transaction

from amity.accounts.queries import acting_by_command
from amity.dossier.tests.folder import RECORDS, loaded, write
from amity.foundation.differences import ABSENT, JSON, Absent, FieldChange, put
from amity.foundation.models import Change
from amity.network.models import Indicator, Office, PartnershipStage
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.actions import confirm, release, remove, save, undo
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Dossier, Entry, Recorded, Standing
from amity.record.plain.filling import fill
from amity.record.plain.states import plain_rows
from amity.record.refusals import StillReferred
from tests.access.world import World as EveryKind
from tests.write.world import build

pytestmark = pytest.mark.django_db

State = dict[tuple[str, str], JSON | Absent]
Kept = dict[tuple[str, str], tuple[str, str, str]]


def states() -> State:
    """What people wrote of every record."""
    return {
        (kind.kind, str(state["key"])): state
        for kind in kinds.kinds()
        for _, state in plain_rows(kind.model.everything.all())
    }


def kept() -> Kept:
    """Who keeps, began and reads every record."""
    return {
        (kind.kind, row.key): (row.keeper, row.begun_by, row.readers)
        for kind in kinds.kinds()
        for row in kind.model.everything.all()
    }


def replayed(before: State, changes: list[Change]) -> State:
    """The states before, changed as the trail says."""
    after = copy.deepcopy(before)
    for change in changes:
        if not kinds.known(change.kind):
            continue
        state = after.pop((change.kind, change.key), ABSENT)
        for kept in change.paths:
            path = FieldChange.from_json(kept)
            if path.path == ("key",):
                state = after.pop((change.kind, str(path.before)), ABSENT)
            state = put(state, path.path, path.after)
        if isinstance(state, dict):
            after[change.kind, change.key] = state
    return after


class Watched:
    """Compares the record before and after with what the trail says happened between."""

    def __enter__(self) -> "Watched":
        self.before, self.kept, self.known = states(), kept(), _known()
        return self

    def __exit__(self, *failed: object) -> None:
        if failed[0] is None:
            self.changes = list(Change.objects.exclude(pk__in=self.known).order_by("id"))
            assert states() == replayed(self.before, self.changes)
            registered = set(
                Entry.everything.filter(removed_at=None, moved_to=None).values_list("kind", "key")
            )
            assert registered == set(states())


def _known() -> set[int]:
    """The numbers of what the trail holds; the world gives some that no sequence knows."""
    return set(Change.objects.values_list("pk", flat=True))


@pytest.fixture
def every_kind() -> tuple[EveryKind, Acting]:
    """A record of every kind that office A keeps, and its officer."""
    made = EveryKind()
    made.fill({"office-a"}, strays=False)
    PartnershipStage.everything.update(agreement=None)  # each would keep the other in place
    Dossier.objects.update(fictional=True)  # words that are invented need no passage
    return made, acting_by_command("test", made.offices["a"])


def own(kind: Kind) -> Recorded:
    """The first record of the kind that office A keeps."""
    return kind.model.everything.filter(keeper="organization:office-a").order_by("pk").first()


def reworded(state: JSON) -> JSON:
    """The same, with something added to whatever is said in words."""
    if isinstance(state, dict):
        return {
            name: f"{value} anew" if name == "words" and isinstance(value, str) else reworded(value)
            for name, value in state.items()
        }
    return [reworded(one) for one in state] if isinstance(state, list) else state


def test_records_of_every_kind_are_changed_and_put_back(every_kind):
    _, acting = every_kind
    original = states()
    unchanged = set()
    for kind in kinds.kinds():
        record = own(kind)
        state = original[kind.kind, record.key]
        rows = fill(record, reworded(state))
        with Watched() as changed:
            change = save(acting, record, rows, reason="Better words")
        told = [(one.verb, one.kind, one.key, one.reason) for one in changed.changes]
        if change is None:
            unchanged.add(kind.kind)
            continue
        assert told == [("change", kind.kind, record.key, "Better words")]
        assert (changed.kept, change.public) == (kept(), False)
        with Watched():
            undo(acting, change)
        assert states() == original
    assert unchanged == {"side"}


def test_records_of_every_kind_are_removed_with_what_hangs_on_them(every_kind):
    _, acting = every_kind
    original, who = states(), kept()
    for kind in kinds.kinds():
        record = own(kind)
        in_the_way = remove_what_refers_to(acting, kind, record)
        without = states()
        with Watched() as removed:
            change = remove(acting, _again(record), "No longer so")
        gone = {(one.kind, one.key) for one in removed.changes if one.paths}
        assert gone == set(without) - set(states())
        entry = Entry.everything.get(kind=kind.kind, key=record.key)
        assert (entry.removed_by, entry.removed_why) == (acting.office, "No longer so")
        with Watched():
            undo(acting, change)
        assert states() == without
        for earlier in reversed(in_the_way):
            undo(acting, earlier)
        assert states() == original
        assert kept() == who


def remove_what_refers_to(acting: Acting, kind: Kind, record: Recorded) -> list[Change]:
    """Remove all that is in the way of removing a record; gives the changes in their order."""
    made: list[Change] = []
    try:
        with transaction.atomic():
            remove(acting, _again(record), "Would it go?")
            transaction.set_rollback(True)
    except StillReferred as refused:
        for one in refused.references:
            other = kinds.get(one.kind)
            found = other.model.everything.filter(key=one.key).first()
            if found is not None:
                made += remove_what_refers_to(acting, other, found)
                made.append(remove(acting, found, "In the way"))
        made += remove_what_refers_to(acting, kind, record)
    return made


def test_joint_records_are_released_confirmed_and_renamed():
    world = build()
    forum = world.gathering()
    with Watched() as begun:
        save(world.north, forum)
    assert [(one.verb, one.public) for one in begun.changes] == [("add", False)]
    with Watched() as shown:
        release(world.north, _again(forum), Audience.PUBLIC, "It is certain")
    assert [
        (one.verb, one.paths, one.reason, one.details["readers"], one.public)
        for one in shown.changes
    ] == [("release", [], "It is certain", ["partnership:twins", "public"], True)]
    with Watched() as confirmed:
        confirm(world.south, _again(forum), ["en"])
    assert [(one.verb, one.paths, one.details["sides"]) for one in confirmed.changes] == [
        ("confirm", [], ["side:twins-south"])
    ]
    Standing.objects.filter(side="side:twins-north").delete()
    renamed = _again(forum)
    renamed.key = "first-forum"
    with Watched() as moved:
        change = save(world.north, renamed)
    assert [one["path"] for one in moved.changes[0].paths] == [["key"]]
    assert Entry.everything.get(key="forum-1").moved_to.key == "first-forum"
    with Watched() as hidden:
        release(world.north, _again(renamed), Audience.CIRCLE)
    assert [(one.verb, one.public) for one in hidden.changes] == [("withdraw", True)]
    with Watched():
        undo(world.north, change)
    assert _again(forum).key == "forum-1"
    assert _again(forum).readers == "partnership:twins"


def test_a_load_tells_each_of_its_steps(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    with Watched() as brought:
        loaded(write(tmp_path / "one"))
    (whole,) = [one for one in brought.changes if (one.verb, one.kind) == ("load", "dossier")]
    steps = [one for one in brought.changes if one.part_of == whole]
    assert {(one.verb, len(one.paths)) for one in steps} == {("load", 1)}
    assert {(one.kind, one.key) for one in steps} == set(states())
    assert whole.details == {"added": len(steps), "changed": 0, "removed": 0}

    records = RECORDS.replace("unit: USD", "unit: EUR")
    with Watched() as changed:
        loaded(write(tmp_path / "two", records))
    whole, step = changed.changes
    assert (whole.kind, whole.office, whole.details) == (
        "dossier",
        "organization:bureau",
        {"added": 0, "changed": 1, "removed": 0},
    )
    assert (step.kind, step.key, step.part_of, step.paths) == (
        "indicator",
        "trade",
        whole,
        [{"path": ["unit"], "before": "USD", "after": "EUR"}],
    )

    with Watched() as taken:
        loaded(write(tmp_path / "three", records[: records.index("indicators:")]))
    whole, step = taken.changes
    assert (step.key, step.part_of, step.paths[0]["path"]) == ("trade", whole, [])
    with Watched():
        undo(acting_by_command("test", Office.objects.get()), whole)
    assert Indicator.everything.get(key="trade").unit == "EUR"


def _again(record: Recorded) -> Recorded:
    return type(record).everything.get(pk=record.pk)
