"""Whatever two sides do, what follows from the records is what a rebuild from nothing gives."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from amity.dossier.comparing.merging import Prefer
from amity.dossier.exporting.collect import Part
from amity.dossier.exporting.export import export
from amity.dossier.loading.load import Asked, load
from amity.dossier.problems import DossierError
from amity.dossier.progress import Progress
from amity.dossier.tests.folder import checked
from amity.foundation.actions import By
from amity.foundation.differences import ABSENT, FieldChange, Plain, put
from amity.foundation.models import Change
from amity.gatherings.models import Gathering, Session
from amity.network.models import Person
from amity.record import kinds
from amity.record.acting import STRANGER
from amity.record.actions import confirm, rebuild, release, remove, save, undo
from amity.record.choices import Audience
from amity.record.models import Recorded
from amity.record.plain.states import plain_of, plain_rows
from amity.record.queries import history, visible_to
from amity.record.refusals import Refused

from .world import build, record_version, words

pytestmark = pytest.mark.django_db

REFUSALS = (Refused, PermissionDenied, ValidationError, DossierError)
WORDS = st.sampled_from(["One", "Two", "Three", "Ánh", "Ясно"])
SIDE = st.sampled_from(["north", "south", "east"])
MODELS = (Gathering, Session, Person)


class TwoSides(RuleBasedStateMachine):
    """What two sides and an office of none do, one after the other.

    Saves, removals, releases, confirmations, undos, exports and loads.
    """

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.world = build()
        self.made = 0
        self.folders = tempfile.TemporaryDirectory()
        for side in (self.world.north, self.world.south):
            self.made += 1
            save(side, self.world.gathering(f"forum-{self.made}"))
            save(side, self.world.person(f"person-{self.made}"))
        self.public = record_version(), public_record()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)
        self.folders.cleanup()

    def attempt(self, act) -> None:
        """Do it, or see it refused with nothing written."""
        before = Change.objects.count()
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            assert Change.objects.count() == before

    def any(self, model, position: int) -> Recorded | None:
        rows = list(model.everything.order_by("pk"))
        return rows[position % len(rows)] if rows else None

    @rule(side=SIDE, title=WORDS, public=st.booleans())
    def begin(self, side, title, public):
        self.made += 1
        forum = self.world.gathering(f"forum-{self.made}")
        forum.title = words(title, vi=title)
        audience = Audience.PUBLIC if public else None
        self.attempt(lambda: save(getattr(self.world, side), forum, audience=audience))

    @rule(side=SIDE, name=WORDS, public=st.booleans())
    def meet(self, side, name, public):
        self.made += 1
        person = self.world.person(f"person-{self.made}")
        person.name = words(name)
        audience = Audience.PUBLIC if public else None
        self.attempt(lambda: save(getattr(self.world, side), person, audience=audience))

    @rule(side=SIDE, at=st.integers(0, 5), title=WORDS)
    def add_session(self, side, at, title):
        forum = self.any(Gathering, at)
        if forum is None:
            return
        self.made += 1
        session = Session(
            dossier=self.world.dossier,
            key=f"session-{self.made}",
            gathering=forum,
            kind="plenary",
            position=1,
            title=words(title),
        )
        person = self.any(Person, at)
        chairs = {"chairs": [person]} if person else {}
        self.attempt(lambda: save(getattr(self.world, side), session, chairs))

    @rule(side=SIDE, at=st.integers(0, 5), title=WORDS)
    def change(self, side, at, title):
        forum = self.any(Gathering, at)
        if forum is not None:
            forum.title = words(title)
            forum.venue = words(title)
            self.attempt(lambda: save(getattr(self.world, side), forum))

    @rule(side=SIDE, at=st.integers(0, 5), name=WORDS, renamed=st.booleans())
    def rename(self, side, at, name, renamed):
        person = self.any(Person, at)
        if person is not None:
            person.name = words(name)
            if renamed:
                self.made += 1
                person.key = f"renamed-{self.made}"
            self.attempt(lambda: save(getattr(self.world, side), person))

    @rule(side=SIDE, at=st.integers(0, 5), which=st.sampled_from(MODELS))
    def drop(self, side, at, which):
        record = self.any(which, at)
        if record is not None:
            self.attempt(lambda: remove(getattr(self.world, side), record, "It was a mistake"))

    @rule(
        side=SIDE,
        at=st.integers(0, 5),
        which=st.sampled_from([Gathering, Person]),
        audience=st.sampled_from(Audience),
    )
    def open_or_close(self, side, at, which, audience):
        record = self.any(which, at)
        if record is not None:
            self.attempt(lambda: release(getattr(self.world, side), record, audience))

    @rule(side=SIDE, at=st.integers(0, 5))
    def agree(self, side, at):
        forum = self.any(Gathering, at)
        if forum is not None:
            self.attempt(lambda: confirm(getattr(self.world, side), forum))

    @rule(side=SIDE, back=st.integers(0, 8))
    def take_back(self, side, back):
        changes = list(Change.objects.filter(part_of=None).order_by("-id")[: back + 1])
        self.attempt(lambda: undo(getattr(self.world, side), changes[-1]))

    def taken_out(self, side: str, part: Part) -> Path:
        """A new folder with what the office exports."""
        self.made += 1
        folder = Path(self.folders.name) / f"out-{self.made}"
        acting = getattr(self.world, side)
        export(self.world.dossier, folder, Progress(), acting, part=part)
        return folder

    def bring(self, side: str, folder: Path, prefer: Prefer | None = None):
        """Load a folder for the office of a side."""
        staged = checked(folder)
        assert staged.problems.lines() == []
        return load(staged, Progress(), Asked(f"{side}-office", prefer))

    @rule(side=SIDE, part=st.sampled_from([Part.PUBLIC, Part.OFFICE]))
    def take_out_and_bring_back(self, side, part):
        before = [plain_of(record) for model in MODELS for record in model.everything.all()]
        difference = self.bring(side, self.taken_out(side, part))
        assert not difference
        assert difference.left == []
        assert before == [plain_of(row) for model in MODELS for row in model.everything.all()]

    @rule(
        side=SIDE,
        at=st.integers(0, 5),
        title=WORDS,
        prefer=st.sampled_from([None, *Prefer]),
        dropped=st.booleans(),
    )
    def bring_other_words(self, side, at, title, prefer, dropped):
        folder = self.taken_out(side, Part.OFFICE)
        persons = folder / "persons.yaml"
        if persons.exists():
            listed = yaml.safe_load(persons.read_text())["persons"]
            one = listed[at % len(listed)]
            if dropped:
                listed.remove(one)
            else:
                one["name"]["en"] = title
            persons.write_text(yaml.safe_dump({"persons": listed} if listed else {}))
            if not any(list_names(folder, one["id"])):
                self.attempt(lambda: self.bring(side, folder, prefer))

    @invariant()
    def nothing_is_left_to_rebuild(self):
        assert rebuild(By(command="test"), only_check=True) == []

    @invariant()
    def the_trail_leads_to_what_stands(self):
        for model in MODELS:
            for record in model.everything.all():
                assert replayed(record) == plain_of(record)

    @invariant()
    def the_version_rises_with_what_the_public_reads(self):
        version, read = self.public
        self.public = record_version(), public_record()
        assert self.public[0] >= version
        assert self.public[0] > version or self.public[1] == read


def public_record() -> list[tuple[str, int, Plain]]:
    """All that the public reads."""
    return [
        (kind.kind, *one)
        for kind in kinds.kinds()
        for one in plain_rows(visible_to(STRANGER, kind.model))
    ]


def list_names(folder: Path, key: str) -> Iterator[str]:
    """The other files of a folder that name a person who is left out of it."""
    for path in folder.glob("*.yaml"):
        if path.name != "persons.yaml" and key in path.read_text().split():
            yield path.name


def replayed(record: Recorded):
    """The state that the audit trail of a record tells, from nothing on."""
    state = ABSENT
    for change in reversed(history(record)):
        for path in map(FieldChange.from_json, change.paths):
            state = put(state, path.path, path.after)
    return state


def test_whatever_two_sides_do_a_rebuild_finds_nothing() -> None:
    run_state_machine_as_test(
        TwoSides,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_rebuild_finds_and_mends_what_was_written_by_another_hand() -> None:
    from amity.record.models import Entry

    world = build()
    anna = world.person()
    save(world.north, anna)
    Entry.everything.filter(kind="person").update(title=words("Somebody"))
    found = rebuild(By(command="test"), only_check=True)
    assert [(one.kind, one.what, one.rows) for one in found] == [("person", "register entries", 1)]
    rebuild(By(command="test"))
    assert rebuild(By(command="test"), only_check=True) == []
