"""After a load, every derived column is what a naive reckoning of the rows gives."""

from datetime import date
from pathlib import Path

import pytest

from amity.followup.models import Commitment, Proposal
from amity.network.models import Area, NamePlace, Partnership

from .folder import RECORDS, loaded, write

pytestmark = pytest.mark.django_db

MORE = """\
- id: of-b
  commitment: C-2025-001
  side: side-b
  completion: limited
  text: {en: Begun}
  state: accepted
  submitted_on: 2026-01-05
  accepted_on: 2026-01-06
"""


def standing_of(key: str = "C-2025-001") -> tuple[str, str, date | None, bool]:
    """The derived columns."""
    row = Commitment.objects.get(key=key)
    return (row.joint_state, row.joint_completion, row.due_on, row.open)


def with_report(report: str) -> str:
    """The sample with one more report."""
    return RECORDS.replace("sources:\n", report + "sources:\n", 1)


def test_derived_columns_follow_the_reports(tmp_path: Path) -> None:
    loaded(write(tmp_path))
    assert standing_of() == ("one_sided", "", date(2026, 10, 31), True)
    loaded(write(tmp_path, with_report(MORE)))
    assert standing_of() == ("confirmed", "limited", date(2026, 10, 31), True)
    loaded(write(tmp_path, with_report(MORE.replace("limited", "complete"))))
    assert standing_of() == ("differ", "", date(2026, 10, 31), True)
    loaded(write(tmp_path))
    assert standing_of() == ("one_sided", "", date(2026, 10, 31), True)


@pytest.mark.parametrize("state", ["submitted", "returned"])
def test_what_is_not_accepted_changes_nothing(tmp_path: Path, state: str) -> None:
    report = MORE.replace("accepted\n", f"{state}\n").replace("  accepted_on: 2026-01-06\n", "")
    loaded(write(tmp_path, with_report(report)))
    assert standing_of() == ("one_sided", "", date(2026, 10, 31), True)


def test_a_changed_commitment_keeps_what_follows_from_its_reports(tmp_path: Path) -> None:
    loaded(write(tmp_path, with_report(MORE)))
    loaded(write(tmp_path, with_report(MORE).replace("Open a school", "Open schools")))
    assert standing_of() == ("confirmed", "limited", date(2026, 10, 31), True)


def test_what_was_dropped_is_open_no_more(tmp_path: Path) -> None:
    dropped = (
        "dispositions:\n- id: d\n  gathering: forum-1\n  commitment: C-2025-001\n"
        "  outcome: dropped\n  reason: {en: No money}\n  decided_on: 2025-10-01\n"
    )
    loaded(write(tmp_path, RECORDS + dropped))
    assert standing_of() == ("one_sided", "", date(2026, 10, 31), False)
    loaded(write(tmp_path))
    assert standing_of() == ("one_sided", "", date(2026, 10, 31), True)


def test_the_standing_of_a_proposal_follows_its_answers(tmp_path: Path) -> None:
    loaded(write(tmp_path))
    assert Proposal.objects.get().standing == "partly_answered"
    other = "- {id: of-b, proposal: P-2025-001, side: side-b, verdict: noted, reasons: {en: So}}\n"
    loaded(write(tmp_path, RECORDS.replace("commitments:\n", other + "commitments:\n", 1)))
    assert Proposal.objects.get().standing == "differ"


def test_the_stage_of_a_partnership_is_its_last_and_its_pair_follows_its_areas(
    tmp_path: Path,
) -> None:
    loaded(write(tmp_path))
    row = Partnership.objects.get()
    assert (row.stage, row.pair) == ("twinning", "")
    town = "{id: b, kind: city, country_code: FR, "
    loaded(write(tmp_path, RECORDS.replace("{id: b, kind: city, ", town, 1)))
    assert Partnership.objects.get().pair == "FR-NO"


def places(language: str) -> list[tuple[str, int]]:
    """Kind and number of everything that has a name, in the order of an alphabet."""
    rows = NamePlace.objects.filter(language=language).order_by("kind", "place", "record")
    return list(rows.values_list("kind", "record"))


def test_names_have_a_place_in_every_alphabet(tmp_path: Path) -> None:
    def of(*keys: str) -> list[tuple[str, int]]:
        return [("area", Area.objects.get(key=key).pk) for key in keys]

    loaded(write(tmp_path))
    others = [one for one in places("en") if one[0] != "area"]
    assert sorted({kind for kind, _ in others}) == ["organization", "partnership", "person"]
    assert places("en") == places("vi") == [*of("a", "b"), *others]
    assert NamePlace.objects.count() == 5 * len(places("en"))

    named = "{en: A-town, ru: Ясная, vi: Xa}"
    loaded(write(tmp_path, RECORDS.replace("{en: A-town}", named, 1)))
    assert {language: places(language)[:2] for language in ("en", "ru", "vi")} == {
        "en": of("a", "b"),
        "ru": of("a", "b"),
        "vi": of("b", "a"),
    }

    more = "- {id: c, kind: province, name: {en: A}}\npartnerships:\n"
    loaded(write(tmp_path, RECORDS.replace("partnerships:\n", more, 1)))
    assert places("en")[:3] == of("c", "a", "b")
    loaded(write(tmp_path))
    assert places("en") == [*of("a", "b"), *others]
    assert NamePlace.objects.count() == 5 * len(places("en"))
