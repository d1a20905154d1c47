"""A folder meets a record that lives: for offices, with everybody's words kept."""

from pathlib import Path

import pytest

from amity.accounts.queries import acting_by_command
from amity.dossier.comparing.merging import Prefer
from amity.dossier.exporting.collect import Part
from amity.dossier.loading import load as loading
from amity.dossier.loading.load import Asked, load
from amity.dossier.models import FolderMark
from amity.dossier.problems import DossierError
from amity.dossier.progress import Progress
from amity.followup.models import Commitment
from amity.foundation.actions import By
from amity.foundation.models import Change
from amity.gatherings.models import Session
from amity.languages.text import Text
from amity.languages.written import text_from_form
from amity.network.actions import open_office, vouch
from amity.network.models import Area, Indicator, Office, Organization, Person, Side
from amity.record.acting import Acting
from amity.record.actions import confirm, merge, remove, save
from amity.record.choices import Audience
from amity.record.models import Dossier, Entry, Standing

from .folder import HEAD, RECORDS, checked, empty, exported, loaded, write

pytestmark = pytest.mark.django_db

ASKED = Asked()
BY = By(command="test")
FOLDER = "dossier.yaml:0: -: "
"""How a mistake begins that is at no place in the folder."""
OFFICE = "dossier.yaml:5: office: "


@pytest.fixture(autouse=True)
def _media(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


def bureau() -> Acting:
    """Whoever works at the desk of the office that keeps the sample."""
    return acting_by_command("desk", Office.objects.get(organization__key="bureau"))


def commitment() -> Commitment:
    """The commitment as it stands."""
    return Commitment.everything.get(key="C-2025-001")


def edited(**versions: str) -> None:
    """Somebody changes versions of the commitment's title at the desk."""
    record = commitment()
    form = {"en": str(record.title), **versions}
    record.title = text_from_form(form)
    save(bureau(), record)


def refused(folder: Path, asked: Asked = ASKED) -> list[str]:
    """What a load says that is refused."""
    with pytest.raises(DossierError) as error:
        load(checked(folder), Progress(), asked)
    return error.value.problems.lines()


def test_only_the_folder_changed_and_only_the_record_changed(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    edited(vi="Mở một trường")
    records = RECORDS.replace("grade: will", "grade: intend")
    assert loaded(write(tmp_path / "two", records)).changed == 1
    assert (commitment().grade, commitment().title.tags) == ("intend", ("en", "vi"))
    assert not loaded(tmp_path / "two")
    out = exported(tmp_path / "out")
    assert "Mở một trường".encode() in out["commitments.yaml"]
    assert not loaded(tmp_path / "out")
    assert exported(tmp_path / "again") == out


def test_where_both_changed_somebody_decides(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    edited(en="Open a library")
    two = write(tmp_path / "two", RECORDS.replace("Open a school", "Open two schools"))
    count = Change.objects.count()
    (line,) = refused(two)
    day = f"{Change.objects.get(verb='change').at:%Y-%m-%d %H:%M} UTC"
    assert line == (
        "records.yaml:64: title.en: the folder says “Open two schools”, the record of commitment "
        f"C-2025-001 “Open a library”, changed by organization:bureau on {day}; decide with "
        "--prefer folder or --prefer record"
    )
    assert Change.objects.count() == count
    assert not loaded(two, Asked(prefer=Prefer.RECORD))
    assert str(commitment().title) == "Open a library"
    assert not loaded(two)
    three = write(tmp_path / "three", RECORDS.replace("Open a school", "Open three schools"))
    assert loaded(three, Asked(prefer=Prefer.FOLDER)).changed == 1
    assert str(commitment().title) == "Open three schools"
    change = Change.objects.filter(kind="commitment").latest("id")
    assert change.paths == [
        {
            "path": ["title", "versions", "en", "words"],
            "before": "Open a library",
            "after": "Open three schools",
        }
    ]


def test_what_the_folder_never_named_stays(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    made = Organization(
        dossier=Dossier.objects.get(), key="made", kind="other", name=Text.of("Made", "en")
    )
    save(bureau(), made, audience=Audience.PUBLIC)
    assert not loaded(write(tmp_path / "one"))
    assert Organization.objects.filter(key="made").exists()


def test_what_others_name_stays_and_is_listed(tmp_path: Path) -> None:
    extra = "areas:\n- {id: extra, kind: city, name: {en: Extra}}\n"
    loaded(write(tmp_path / "one", RECORDS.replace("areas:\n", extra)))
    record = Indicator(
        dossier=Dossier.objects.get(),
        key="made",
        area=Area.objects.get(key="extra"),
        measure="made",
        name=Text.of("Made", "en"),
        value=1,
        unit="USD",
        year=2024,
    )
    save(bureau(), record, audience=Audience.PUBLIC)
    found = loaded(write(tmp_path / "one"))
    assert found.left == ["area extra: stays, for the indicator made names it"]
    assert found.removed == 0


def test_what_was_removed_in_the_record_comes_again_only_when_asked(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    remove(bureau(), Indicator.everything.get(key="trade"), "Counted twice")
    assert not loaded(tmp_path / "one")
    two = write(tmp_path / "two", RECORDS.replace("unit: USD", "unit: EUR"))
    (line,) = refused(two)
    assert line.startswith("records.yaml:96: id: the indicator trade was removed here, changed by ")
    assert not loaded(two, Asked(prefer=Prefer.RECORD))
    three = write(tmp_path / "three", RECORDS.replace("unit: USD", "unit: VND"))
    assert loaded(three, Asked(prefer=Prefer.FOLDER)).added == 1
    assert Entry.objects.get(kind="indicator").key == "trade"
    assert Indicator.objects.get().revision == 2


def test_what_was_changed_is_not_removed_unasked(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    record = Indicator.everything.get(key="trade")
    record.unit = "EUR"
    save(bureau(), record)
    two = write(tmp_path / "two", RECORDS[: RECORDS.index("indicators:")])
    (line,) = refused(two)
    assert line.startswith(
        f"{FOLDER}the indicator trade is not in the folder any more and was changed here, "
        "changed by organization:bureau on "
    )
    assert not loaded(two, Asked(prefer=Prefer.RECORD))
    assert Indicator.everything.filter(key="trade").exists()


def test_a_record_that_was_renamed_goes_by_its_new_name(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    record = Indicator.everything.get(key="trade")
    record.key = "commerce"
    save(bureau(), record)
    assert not loaded(tmp_path / "one")
    assert loaded(write(tmp_path / "two", RECORDS.replace("unit: USD", "unit: EUR"))).changed == 1
    assert Indicator.objects.get().key == "commerce"


def test_what_was_merged_here_stays_one(tmp_path: Path) -> None:
    twice = RECORDS.replace("persons:\n", "persons:\n- {id: anya, name: {ru: Аня}}\n")
    twice = twice.replace("chairs: [ana]", "chairs: [anya]")
    loaded(write(tmp_path / "one", twice))
    ana, anya = (Person.everything.get(key=key) for key in ("ana", "anya"))
    merge(bureau(), ana, anya)
    assert not loaded(tmp_path / "one")
    two = write(tmp_path / "two", twice.replace("{en: Opening}", "{en: The opening}"))
    found = loaded(two)
    assert (found.changed, found.left) == (1, ["person anya: was merged with ana here"])
    assert [one.key for one in Session.everything.get(key="opening").chairs.all()] == ["ana"]
    assert Entry.everything.filter(kind="person", key="anya", moved_to__key="ana").exists()
    exported(tmp_path / "three")
    assert not loaded(tmp_path / "three")


def test_an_office_that_nobody_vouches_for_loads_nothing(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    Office.objects.update(vouched_at=None)
    (line,) = refused(tmp_path / "one")
    assert line.startswith(f"{OFFICE}nobody vouches for bureau here; ")
    (line,) = refused(tmp_path / "one", Asked(office="nowhere"))
    assert line.startswith(f"{FOLDER}there is no organization nowhere here; ")
    (line,) = refused(write(tmp_path / "two", head=HEAD.replace("office: bureau\n", "")))
    assert line.startswith("dossier.yaml:1: office: is missing; ")


def test_only_what_is_not_here_is_brought_back(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    (line,) = refused(tmp_path / "one", Asked(restore=True))
    assert (
        line == "dossier.yaml:1: id: the dossier sample is here already; load it without --restore"
    )


def others() -> Acting:
    """Another office, which speaks for no side."""
    other = Organization(
        dossier=Dossier.objects.get(), key="others", kind="other", name=Text.of("Others", "en")
    )
    save(bureau(), other, audience=Audience.PUBLIC)
    office = open_office(BY, other)
    vouch(BY, office)
    return acting_by_command("desk", office)


def test_another_office_neither_calls_the_dossier_otherwise_nor_adds_to_it(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    others()
    more = "- {id: bea, name: {en: Bea}}\n"
    records = RECORDS.replace("persons:\n", f"persons:\n{more}")
    head = HEAD.replace("A sample", "Another").replace("office: bureau", "office: others")
    found = loaded(write(tmp_path / "two", records, head))
    assert not found
    assert found.left == [
        "dossier.yaml: the dossier is kept by bureau, which alone says what it is called",
        "person bea: Another office keeps this dossier.",
    ]
    dossier = Dossier.objects.get()
    assert (str(dossier.title), dossier.office) == ("A sample", "bureau")


def test_nobody_takes_the_address_that_another_record_had(tmp_path: Path) -> None:
    ben = RECORDS.replace("persons:\n", "persons:\n- {id: ben, name: {en: Ben}}\n")
    loaded(write(tmp_path / "ben", ben))
    assert loaded(write(tmp_path / "one")).removed == 1
    record = Indicator.everything.get(key="trade")
    record.key = "commerce"
    save(bureau(), record)
    head = HEAD.replace("id: sample", "id: second").replace("office: bureau", "office: others")
    others()
    records = "persons:\n- {id: ben, name: {en: Benedict}}\n"
    found = load(checked(write(tmp_path / "two", records, head)), Progress(), ASKED)
    words = "This identifier belonged to a record that was removed or renamed."
    assert found.left == [f"person ben: {words}"]
    assert Entry.everything.get(kind="person", key="ben").removed_by == "organization:bureau"
    both = RECORDS.replace("- id: trade\n", "- id: commerce\n")
    trade = RECORDS[RECORDS.index("- id: trade\n") :]
    found = loaded(write(tmp_path / "three", both + trade.replace("2024", "2023")))
    assert found.left == [f"indicator trade: {words}"]
    assert Entry.everything.filter(key="trade", moved_to__key="commerce").exists()


def test_another_office_changes_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    others()
    records = RECORDS.replace("unit: USD", "unit: EUR").replace("{en: A-town}", "{en: A-city}")
    found = loaded(write(tmp_path / "two", records), Asked(office="others"))
    assert found.changed == 1
    assert found.left == ["indicator trade: others may not write it"]
    assert Indicator.objects.get().unit == "USD"
    area = Entry.objects.get(kind="area", key="a")
    assert str(area.title) == "A-city"


def test_keepers_readers_and_confirmations_come_back(tmp_path: Path) -> None:
    head = f"{HEAD}offices:\n- {{organization: bureau, sides: [side-a]}}\n"
    records = RECORDS.replace("- id: of-a\n", "- id: of-a\n  audience: keeper\n")
    loaded(write(tmp_path / "one", records, head))
    confirm(bureau(), commitment(), ["en"])
    report = Entry.everything.get(kind="report")
    assert (commitment().keeper, report.readers) == ("partnership:a-b", "side:side-a")
    standing = Standing.objects.get()
    out = exported(tmp_path / "out")
    assert b"audience: keeper" in out["reports.yaml"]
    assert b"confirmed:\n  - side: side-a\n" in out["commitments.yaml"]
    empty()
    loaded(tmp_path / "out")
    again = Standing.objects.get()
    assert (again.side, again.digest, again.languages, again.state) == (
        standing.side,
        standing.digest,
        ["en"],
        "confirmed",
    )
    assert exported(tmp_path / "out2") == out
    assert acting_by_command("test", Office.objects.get()).voices("partnership:a-b") == {
        "side:side-a"
    }
    assert b"audience" not in b"".join(exported(tmp_path / "p", part=Part.PUBLIC).values())
    assert not loaded(tmp_path / "p")
    assert Entry.everything.get(kind="report").removed_at is None


def test_what_not_all_readers_may_read_is_refused_with_the_list(tmp_path: Path) -> None:
    records = RECORDS.replace("- {id: ana, name:", "- {id: ana, audience: keeper, name:")
    lines = refused(write(tmp_path / "one", records), Asked(restore=True))
    assert lines == [
        "records.yaml:44: chairs: session opening names ana, which not all its readers may read",
        "records.yaml:46: person: statement said names ana, which not all its readers may read",
    ]
    assert not Dossier.objects.exists()


def test_a_load_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "write_marks", fail)
    with pytest.raises(KeyboardInterrupt):
        loaded(write(tmp_path / "one"))
    assert not Dossier.objects.exists()
    assert not Entry.everything.exists()
    assert not Change.objects.exists()
    monkeypatch.undo()
    assert loaded(tmp_path / "one").added == 20


def test_what_is_carried_along_belongs_where_it_did(tmp_path: Path) -> None:
    loaded(write(tmp_path / "one"))
    other = HEAD.replace("sample", "other").replace("bureau", "others")
    records = RECORDS[: RECORDS.index("partnerships:")].replace("bureau", "others")
    extra = "persons:\n- {id: bo, name: {en: Bo}}\n"
    loaded(write(tmp_path / "two", records + extra, other))
    assert Entry.objects.get(kind="area", key="a").dossier.key == "sample"
    out = exported(tmp_path / "out", "other")
    assert sorted(out) == ["dossier.yaml", "organizations.yaml", "persons.yaml"]
    assert FolderMark.objects.filter(dossier__key="other", entry__kind="area").count() == 0
    assert Side.objects.count() == 2
