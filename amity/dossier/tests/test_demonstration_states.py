"""The fictional dossier has an example of every state there is, and leaks none that is hidden."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from amity.followup import choices
from amity.followup.models import Commitment, Disposition, Proposal, Report, Review
from amity.gatherings.choices import GatheringKind
from amity.gatherings.models import Contribution, Gathering, Session, Work
from amity.languages.saving import as_saved
from amity.languages.text import Text
from amity.languages.written import text_from_form
from amity.network.choices import Stage
from amity.network.models import Partnership
from amity.record.managers import PUBLIC
from amity.sources.queries import list_differences

FOLDER = Path(__file__).parents[1] / "demonstrations" / "lindholm-porto-claro"
LANGUAGES = ["en", "fr", "id", "ru", "vi"]
TEXT_FIELDS = {
    "abstract",
    "addressee_words",
    "alt",
    "caption",
    "credit",
    "grade_words",
    "label",
    "name",
    "note",
    "obstacles",
    "occasion",
    "proposer_words",
    "reading",
    "reason",
    "reasons",
    "role",
    "summary",
    "text",
    "title",
    "venue",
}


@cache
def records() -> dict[str, list[dict[str, Any]]]:
    """All records of the folder by their plural kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name != "dossier.yaml":
            for plural, some in yaml.safe_load(path.read_text("utf-8")).items():
                found.setdefault(plural, []).extend(some)
    return found


def texts(value: Any, name: str = "") -> Iterator[Text]:
    """All texts in a record, those of its child rows too."""
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict) and name in TEXT_FIELDS:
        yield as_saved(text_from_form(value), None)
    elif isinstance(value, dict):
        for field, inner in value.items():
            yield from texts(inner, field)


def all_texts() -> list[Text]:
    """All texts of the dossier's records."""
    return [text for some in records().values() for text in texts(some)]


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The dossier, loaded once for this file and taken back at its end."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        call_command("dossier", "load", "--restore", str(FOLDER), stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(kept: None, db: None) -> None:
    """The dossier in the database."""


def counted(rows: Any, *fields: str) -> dict[Any, int]:
    """How many rows there are with each value."""
    return dict(Counter(rows.order_by().values_list(*fields, flat=len(fields) == 1)))


def test_every_state_of_a_commitment(loaded: None) -> None:
    """Kinds with grades, joint states with what was confirmed, and what is late."""
    commitments = Commitment.objects.all()
    assert counted(commitments, "kind", "grade") == {
        ("assurance", "ask_to_consider"): 2,
        ("assurance", "consider"): 2,
        ("assurance", "intend"): 2,
        ("assurance", "will"): 2,
        ("commitment", ""): 15,
        ("commitment", "will"): 3,
        ("position", ""): 3,
    }
    assert counted(commitments, "joint_state", "joint_completion") == {
        ("silent", ""): 8,
        ("one_sided", ""): 6,
        ("differ", ""): 2,
        ("confirmed", "not_started"): 2,
        ("confirmed", "limited"): 3,
        ("confirmed", "substantial"): 1,
        ("confirmed", "complete"): 5,
        ("confirmed", "unclear"): 1,
        ("confirmed", "withdrawn"): 1,
    }
    late = commitments.filter(open=True, due_on__lt="2026-11-23").order_by("key")
    assert [(one.key, str(one.due_on)) for one in late] == [
        ("C-2025-101", "2026-10-31"),
        ("C-2025-106", "2026-09-30"),
        ("C-2025-107", "2026-09-30"),
        ("C-2025-108", "2026-10-08"),
        ("C-2026-106", "2026-11-15"),
    ]
    recurring = [one for one in commitments.order_by("key") if one.deadline and one.deadline.every]
    assert [(one.key, str(one.due_on), one.joint_completion) for one in recurring] == [
        ("C-2025-106", "2026-09-30", "complete"),
        ("C-2025-118", "2026-12-31", "complete"),
        ("C-2026-108", "2029-12-31", ""),
    ]
    in_words = [one.key for one in commitments if one.deadline and not one.deadline.edtf]
    assert sorted(in_words) == ["C-2025-103", "C-2026-103", "C-2026-108"]


def test_every_state_of_a_proposal(loaded: None) -> None:
    """Kinds, and what the answers come to."""
    assert counted(Proposal.objects, "kind") == {
        "proposal": 7,
        "request": 4,
        "recommendation": 5,
        "wish": 2,
    }
    assert counted(Proposal.objects, "standing") == {
        "unanswered": 3,
        "partly_answered": 2,
        "supported": 4,
        "in_part": 3,
        "noted": 3,
        "declined": 1,
        "differ": 2,
    }
    chosen = Proposal.objects.filter(answers__alternative__isnull=False)
    assert list(
        chosen.order_by("key", "answers__side__position").values_list("key", "answers__alternative")
    ) == [("P-2025-103", 2), ("P-2025-103", 2), ("P-2026-105", 1), ("P-2026-105", 2)]


def test_every_state_of_reports_reviews_and_dispositions(loaded: None) -> None:
    """Also those nobody may see: submitted and returned reports, and what a side keeps alone."""
    assert counted(Report.everything, "state") == {
        "accepted": 42,
        "submitted": 3,
        "returned": 1,
    }
    alone = Report.everything.exclude(readers=PUBLIC)
    assert list(alone.order_by("key").values_list("key", "readers")) == [
        ("lpc-r-2025-101-lindholm-2", "side:lpc-lindholm"),
        ("lpc-r-2025-115-lindholm-1", "side:lpc-lindholm"),
    ]
    assert counted(Disposition.objects, "gathering__key", "outcome") == {
        ("lpc-forum-1", "carried"): 18,
        ("lpc-forum-1", "completed"): 2,
        ("lpc-forum-1", "dropped"): 2,
        ("lpc-forum-1", "merged"): 4,
        ("lpc-forum-1", "replaced"): 2,
        ("lpc-forum-1", "split"): 2,
        ("lpc-forum-2", "carried"): 4,
        ("lpc-forum-2", "completed"): 1,
        ("lpc-forum-2", "dropped"): 1,
        ("lpc-forum-2", "replaced"): 3,
    }
    assert counted(Review.objects, "ambition", "early_results") == {
        ("modest", "moderate"): 2,
        ("substantial", "significant"): 1,
        ("unclear", "none"): 1,
    }


def test_nothing_of_the_closed_edition_is_without_a_disposition(loaded: None) -> None:
    """Nothing ends silently: all that was asked and promised there was disposed of."""
    first = Gathering.objects.get(key="lpc-forum-1", status="closed")
    for rows in (first.proposals, first.commitments):
        assert list(rows.exclude(dispositions__gathering=first)) == []


def test_the_examples_leave_no_choice_out(loaded: None) -> None:
    """A state that is added to the product needs an example here."""
    missing = {
        "kinds of commitments": set(choices.CommitmentKind) - set(_of(Commitment, "kind")),
        "grades": set(choices.Grade) - set(_of(Commitment, "grade")),
        "joint states": set(choices.JointState) - set(_of(Commitment, "joint_state")),
        "completions": set(choices.Completion) - set(_of(Commitment, "joint_completion")),
        "kinds of proposals": set(choices.ProposalKind) - set(_of(Proposal, "kind")),
        "standings": set(choices.ProposalStanding) - set(_of(Proposal, "standing")),
        "states of reports": set(choices.ReportState) - set(_of(Report, "state")),
        "outcomes": set(choices.Outcome) - set(_of(Disposition, "outcome")),
        "ambitions": set(choices.Ambition) - set(_of(Review, "ambition")),
        "early results": set(choices.EarlyResults) - set(_of(Review, "early_results")),
        "kinds of gatherings": set(GatheringKind) - set(_of(Gathering, "kind")),
    }
    assert {name: some for name, some in missing.items() if some} == {}
    assert counted(Partnership.objects, "stage") == {
        Stage.ACTIVE: 2,
        Stage.CONTACT: 1,
        Stage.DORMANT: 1,
        Stage.ENDED: 1,
        Stage.TWINNING: 1,
    }


def test_what_was_held_and_shown(loaded: None) -> None:
    """24 presentations were claimed of the first edition, 18 are recorded; speeches are none."""
    held = Contribution.objects.filter(kind="presentation")
    assert counted(held, "session__gathering__key") == {"lpc-forum-1": 18, "lpc-forum-2": 24}
    first = " ".join(Client().get("/en/gatherings/lpc-forum-1/").content.decode().split())
    assert "according to the press · 18 listed here" in first
    assert counted(Session.objects, "gathering__key") == {"lpc-forum-1": 6, "lpc-forum-2": 16}
    assert counted(Work.objects, "panel__number") == {1: 3, 2: 3, 3: 3, 4: 3}


def test_sources_differ_where_independent_voices_do(loaded: None) -> None:
    """And not where an article is a translation of the other."""
    assert sorted((one.about.key, one.name) for one in list_differences(1).items) == [
        ("C-2025-103", "wording"),
        ("duarte-valmirante-post", "post"),
        ("lpc-forum-1", "presentations"),
        ("lpc-twinning-2001", "signed"),
        ("lpc-two-harbours", "panels"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_that_are_not_accepted_are_on_no_page(loaded: None, language: str) -> None:
    """Submitted and returned reports, and what a side keeps alone, leave no trace for readers."""
    hidden = Report.everything.exclude(state="accepted")
    assert hidden.count() == 4
    written = [one for report in hidden for one in (report.text, report.obstacles) if one]
    words = {version.words for text in written for version in text.versions.values()}
    assert len(words) == 25
    keys = hidden.values_list("commitment__key", flat=True)
    paths = ["", "commitments/", "gatherings/lpc-forum-1/", "gatherings/lpc-forum-2/"]
    for path in (*paths, *(f"commitments/{key}/" for key in keys)):
        answer = Client().get(f"/{language}/{path}")
        page = answer.content.decode()
        assert (answer.status_code, [one for one in words if one in page]) == (200, []), path


def test_origins_of_translations() -> None:
    """Versions made by machines, read by somebody or not, and originals in other languages."""
    versions = [
        (version.origin, version.reviewed_by is not None, text.is_stale(tag))
        for text in all_texts()
        for tag, version in text.versions.items()
        if version.origin != "human" or text.is_stale(tag)
    ]
    assert Counter(versions) == {
        ("human", False, True): 7,
        ("machine", False, False): 7,
        ("machine", True, False): 5,
    }
    originals = Counter(text.original for text in all_texts())
    assert {tag: originals[tag] for tag in originals if tag != "en"} == {
        "fr": 2,
        "id": 1,
        "ru": 1,
        "vi": 1,
    }


def test_texts_are_complete_but_for_three() -> None:
    """Every text in five languages; three lack one, so that pages have to fall back."""
    lacking = [
        (str(text)[:20], sorted(set(LANGUAGES) - set(text.tags)))
        for text in all_texts()
        if sorted(text.tags) != LANGUAGES
    ]
    assert sorted(lacking) == [
        ("As worded, nobody ca", ["ru"]),
        ("Put off until next s", ["vi"]),
        ("What readers zoomed ", ["id"]),
    ]


def _of(model: Any, field: str) -> list[Any]:
    return list(model.objects.values_list(field, flat=True))


@pytest.mark.parametrize(
    ("about", "quoted"),
    [
        ("statement/lpc-s-thanks", {"agradeceu aos condutores dos elétricos de Lindholm"}),
        (
            "membership/duarte-valmirante-post",
            {
                "Duarte Valmirante, vice-presidente do comité",
                "kommitténs ordförande Valmirante",
            },
        ),
        (
            "gathering/lpc-forum-1",
            {
                "quatro seminários e 24 apresentações",
                "fyra seminarier och 24 föredrag",
                "tjugotvå föredrag på två dagar",
            },
        ),
        (
            "statement/lpc-s-host",
            {
                "acolherá o segundo fórum em outubro de 2026",
                "står värd för det andra forumet",
            },
        ),
    ],
)
def test_evidence_bears_on_what_it_stands_under(about: str, quoted: set[str]) -> None:
    assert {
        passage.get("quotation")
        for passage in records()["passages"]
        if about in {claim["about"] for claim in passage["claims"]}
    } == quoted


def test_every_quotation_has_a_translation() -> None:
    assert [
        passage["id"]
        for passage in records()["passages"]
        if passage.get("quotation")
        and set(passage.get("translation", {})) != set(LANGUAGES) - {passage["language"]}
    ] == []
