"""The dossier of real events says what was published and nothing more."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from amity.followup.choices import JointState, ProposalStanding
from amity.followup.models import Commitment, Proposal
from amity.network.models import Partnership
from amity.network.queries.certainty import with_certainty
from amity.sources.queries import list_differences
from amity.sources.said import MARKED, Heard, holds

FOLDER = Path(__file__).parents[1] / "demonstrations" / "vietnam-russia"
LANGUAGES = {"vi", "ru", "fr", "id", "en"}
LONGEST_QUOTATION = 8
COPIED = LONGEST_QUOTATION + 1
"""Words in a row that would be copying; one more than may be quoted as evidence."""

KEPT = {
    "agreements",
    "areas",
    "articles",
    "commitments",
    "delegations",
    "gatherings",
    "groups",
    "indicators",
    "memberships",
    "organizations",
    "partnerships",
    "passages",
    "persons",
    "proposals",
    "series",
    "sessions",
    "sides",
    "sources",
    "statements",
    "themes",
}
FACTS = {
    "agreements": "agreement",
    "areas": "area",
    "commitments": "commitment",
    "delegations": "delegation",
    "gatherings": "gathering",
    "groups": "group",
    "indicators": "indicator",
    "memberships": "membership",
    "organizations": "organization",
    "partnerships": "partnership",
    "persons": "person",
    "proposals": "proposal",
    "sessions": "session",
    "statements": "statement",
}
SAID_OF = {
    "agreements": {"signed": "signed"},
    "commitments": {"grade": "grade"},
    "gatherings": {"when": "when"},
    "indicators": {"value": "value"},
    "sessions": {"when": "when"},
}
"""Of these fields a passage or the editors say the value, not only that the thing exists."""
NO_VOICE = ("publisher-not-recorded", "record-editors")
"""Sources that count as no voice."""
PROMISED = {
    "en": r" to ",
    "vi": r"sẽ",
    "ru": r"обязу[ею]тся|попросит|будет",
    "fr": r"s’engage(?:nt)? à|demandera|continuera",
    "id": r"akan",
}
"""How a promise is worded in each language: never as a fact, never as a rumour."""
READ_TEXTS = {
    "courrier-forum": "lecourrier-fr.txt",
    "vietnam-vn-forum": "vietnam-vn-id.txt",
    "vietnamplus-forum": "vietnamplus-vi.txt",
}


Fields = dict[str, Any]
"""A record or a claim as it is written."""


@cache
def dossier() -> dict[str, list[Fields]]:
    """All records of the folder by their plural kind."""
    records: dict[str, list[Fields]] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name != "dossier.yaml":
            for plural, some in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                records[plural] += some
    return records


def record(plural: str, key: str) -> Fields:
    """The one record of this kind with this identifier."""
    (found,) = (one for one in dossier()[plural] if one["id"] == key)
    return found


def claims() -> Iterator[tuple[str, Fields]]:
    """Every claim with the article it is made in."""
    for passage in dossier()["passages"]:
        for claim in passage["claims"]:
            yield passage["article"], claim


def claimed(about: str, name: str) -> set[tuple[str, str]]:
    """Who claims which value for a property of one thing: article and value."""
    return {
        (article, claim["value"])
        for article, claim in claims()
        if (claim["about"], claim.get("property")) == (about, name)
    }


def texts(value: object, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in all its languages, with the path to it; words of dates are none."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            name = one.get("id", index) if isinstance(one, dict) else index
            yield from texts(one, f"{path}/{name}")
    elif isinstance(value, dict):
        if value and value.keys() <= LANGUAGES and not path.endswith(("/said", "/translation")):
            yield (
                path,
                {tag: one["words"] if isinstance(one, dict) else one for tag, one in value.items()},
            )
        else:
            for field, one in value.items():
                yield from texts(one, f"{path}/{field}")


def words(text: str) -> list[str]:
    """The words of a text, without regard to case and punctuation."""
    return [word.casefold() for word in re.findall(r"\w+", text)]


def shared(name: str) -> str:
    """A published account as it was read, from the private test input."""
    folder = os.environ.get("AMITY_SHARED")
    if not folder:
        pytest.skip("AMITY_SHARED names no folder")
    return (Path(folder) / "coverage" / name).read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_folder_is_a_dossier() -> None:
    told = StringIO()
    call_command("dossier", "check", str(FOLDER), stdout=told)
    count = sum(len(some) for some in dossier().values())
    assert told.getvalue().endswith(f"vietnam-russia: {count} records, nothing wrong\n")
    assert "perhaps:" not in told.getvalue()


def test_nobody_real_answers_reports_reviews_or_decides() -> None:
    """No answers, reports, reviews, dispositions; no works, panels or talks without a title."""
    assert set(dossier()) == KEPT


@pytest.mark.django_db
def test_what_was_not_answered_or_reported_stays_so() -> None:
    call_command("dossier", "load", "--restore", str(FOLDER), stdout=StringIO())
    standings = Proposal.objects.values_list("standing", flat=True)
    joint_states = Commitment.objects.values_list("joint_state", flat=True)
    assert (set(standings), set(joint_states)) == (
        {ProposalStanding.UNANSWERED},
        {JointState.SILENT},
    )


@pytest.mark.django_db
def test_where_sources_differ() -> None:
    call_command("dossier", "load", "--restore", str(FOLDER), stdout=StringIO())
    assert [(one.about.key, one.name) for one in list_differences(1).items] == [
        ("saint-petersburg", "twins"),
        ("spb-ha-noi", "stage"),
        ("vr-forum-1-son-affection", "wording"),
        ("vr-forum-1-son-fields", "wording"),
    ]


def test_only_the_published_session_is_recorded() -> None:
    assert [one["id"] for one in dossier()["sessions"]] == ["vr-forum-1-closing"]


def test_a_translation_and_its_original_are_one_voice() -> None:
    voices = {
        one["id"]: one.get("translation_of", one["id"])
        for one in dossier()["articles"]
        if one["source"] not in NO_VOICE
    }
    assert voices == {
        "courrier-forum": "courrier-forum",
        "nhan-dan-forum": "nhan-dan-forum",
        "vietnam-vn-forum": "nhan-dan-forum",
        "vietnamplus-forum": "vietnamplus-forum",
        "courrier-dien-bien": "courrier-dien-bien",
        "courrier-ministers": "courrier-ministers",
    }


def test_what_nobody_published_says_why_it_is_here_and_quotes_nobody() -> None:
    kinds = {one["id"]: one["kind"] for one in dossier()["sources"]}
    assert {one: kinds[one] for one in NO_VOICE} == {
        "publisher-not-recorded": "unknown",
        "record-editors": "editors",
    }
    articles = {one["id"]: one for one in dossier()["articles"] if one["source"] in NO_VOICE}
    assert {one for one in articles if not one.startswith("found-")} == {
        "account-2019",
        "account-ha-noi-signing",
    }
    assert [key for key, one in articles.items() if not one.get("note")] == []
    assert [
        one["id"]
        for one in dossier()["passages"]
        if one["article"] in articles and one.get("quotation")
    ] == []


def test_only_the_address_that_was_published_is_given() -> None:
    assert {one["id"]: one["url"] for one in dossier()["articles"] if "url" in one} == {
        "nhan-dan-forum": "https://nhandan.vn/"
        "dien-dan-nhan-dan-viet-nga-lan-thu-nhat-thanh-cong-tot-dep-post912178.html"
    }


def test_every_text_is_complete_in_five_languages() -> None:
    read = [(path, text) for path, text in texts(dict(dossier()))]
    assert len(read) > len(dossier()["statements"])
    assert [path for path, text in read if set(text) != LANGUAGES] == []


def test_french_quotation_marks_keep_their_spaces() -> None:
    wrong = [
        path
        for path, text in texts(dict(dossier()))
        if re.search(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»|[ ][;:!?]", text["fr"])
    ]
    assert wrong == []


def test_quotations_are_short() -> None:
    assert [
        passage["id"]
        for passage in dossier()["passages"]
        if len(words(passage.get("quotation", ""))) > LONGEST_QUOTATION
    ] == []


def test_every_fact_has_a_source() -> None:
    spoken_of = {claim["about"] for _, claim in claims()}
    assert [
        f"{kind}/{one['id']}"
        for plural, kind in FACTS.items()
        for one in dossier()[plural]
        if f"{kind}/{one['id']}" not in spoken_of
    ] == ["organization/demonstration-editors"]  # who restated all this, for no side
    assert [
        side["id"]
        for side in dossier()["sides"]
        if side.get("organizations") and f"side/{side['id']}" not in spoken_of
    ] == []


def test_days_and_grades_have_a_source_of_their_own() -> None:
    said = {(claim["about"], claim.get("property")) for _, claim in claims()}
    assert [
        f"{FACTS[plural]}/{one['id']}.{field}"
        for plural, fields in SAID_OF.items()
        for field, name in fields.items()
        for one in dossier()[plural]
        if one.get(field) and (f"{FACTS[plural]}/{one['id']}", name) not in said
    ] == []
    assert [
        one["id"]
        for one in dossier()["commitments"]
        if any(party.get("words") for party in one["parties"])
        and (f"commitment/{one['id']}", "holder") not in said
    ] == []


def test_what_no_account_gives_is_the_editors_finding() -> None:
    assert claimed("gathering/dien-bien-visit-2024", "when") == {
        ("courrier-dien-bien", "11-29"),
        ("found-year-2024", "2024-11-29"),
    }
    assert claimed("gathering/ministers-2021", "when") == {
        ("courrier-ministers", "09-28"),
        ("found-year-2021", "2021-09-28"),
    }
    names = [name for one in dossier()["persons"] for name in _written(one)]
    assert [name for name in names if "Геннадьевич" in name] == []


def test_every_statement_has_its_speaker() -> None:
    assert {one["id"] for one in dossier()["statements"] if "person" not in one} == {
        "vr-forum-1-delegates-proposals",  # the account does not say which of them
        "dien-bien-2024-orientations",  # of both sides together, as all that follow
        "ministers-2021-committee",
        "ministers-2021-free-trade",
        "ministers-2021-directions",
        "ministers-2021-projects",
        "ministers-2021-businesses",
    }


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_promises_are_worded_as_promises(language: str) -> None:
    assert [
        one["title"][language]
        for one in dossier()["commitments"]
        if one["kind"] != "position" and not re.search(PROMISED[language], one["title"][language])
    ] == []


def test_between_quotation_marks_stands_a_name_or_what_a_passage_says() -> None:
    names = [
        Heard(tag, words)
        for plural in ("organizations", "gatherings")
        for one in dossier()[plural]
        for tag, words in (one.get("name") or one["title"]).items()
    ]
    heard = [
        Heard(one["language"], one["quotation"])
        for one in dossier()["passages"]
        if "quotation" in one
    ]
    assert [
        (path, words)
        for path, text in texts(dict(dossier()))
        for tag, written in text.items()
        for found in MARKED.finditer(written)
        if (words := next(group for group in found.groups() if group)).strip() != "Нянзан"
        and not any(holds(one, tag, words) for one in (*heard, *names))
    ] == []


def test_who_cannot_read_a_quotation_has_a_translation() -> None:
    assert {
        one["id"]: LANGUAGES - set(one.get("translation", {})) - {one["language"]}
        for one in dossier()["passages"]
        if "quotation" in one and set(one.get("translation", {})) != LANGUAGES - {one["language"]}
    } == {"cv3-02": {"en", "vi", "ru", "id"}}  # a name


@pytest.mark.django_db
def test_khanh_hoa_is_not_taken_for_a_twin_city() -> None:
    call_command("dossier", "load", "--restore", str(FOLDER), stdout=StringIO())
    doubts = with_certainty(Partnership.objects.exclude(kind="relations"))
    assert {one.key: one.certainty for one in doubts if one.certainty} == {
        "spb-ha-noi": "disputed",
        "spb-khanh-hoa": "unproven",
    }


@pytest.mark.parametrize(
    ("about", "name", "values"),
    [
        (
            "partnership/spb-ha-noi",
            "stage",
            {
                ("courrier-forum", "becomes-2025"),
                ("vietnamplus-forum", "became-2025"),
                ("account-ha-noi-signing", "signed-2025-05-07"),
            },
        ),
        (
            "area/saint-petersburg",
            "twins",
            {
                ("courrier-forum", "ho-chi-minh-city hai-phong thanh-hoa"),
                ("vietnamplus-forum", "ho-chi-minh-city hai-phong thanh-hoa"),
                ("courrier-dien-bien", "dien-bien"),
                ("account-2019", "khanh-hoa not-thanh-hoa"),
            },
        ),
        (
            "agreement/spb-dien-bien-2024",
            "form",
            {("courrier-dien-bien", "cooperation"), ("courrier-dien-bien", "twinning")},
        ),
        (
            "membership/phan-anh-son-vufo",
            "post",
            {
                ("courrier-forum", "president"),
                ("vietnam-vn-forum", "president"),
                ("vietnamplus-forum", "president"),
            },
        ),
        (
            "statement/vr-forum-1-son-fields",
            "wording",
            {
                ("courrier-forum", "art-institutions"),
                ("vietnamplus-forum", "training-and-performing"),
                ("vietnam-vn-forum", "related-bodies"),
            },
        ),
        (
            "statement/vr-forum-1-son-affection",
            "wording",
            {
                ("vietnam-vn-forum", "culture-music-people"),
                ("vietnamplus-forum", "culture-history-cuisine"),
            },
        ),
        ("gathering/vr-forum-1", "presentations", {("vietnam-vn-forum", "24")}),
        ("gathering/vr-forum-1", "seminars", {("vietnam-vn-forum", "4")}),
        ("gathering/vr-forum-2", "groups", {("vietnamplus-forum", "5")}),
        ("gathering/echo-of-dien-bien", "photographs", {("courrier-dien-bien", "57")}),
        ("gathering/echo-of-dien-bien", "panels", {("courrier-dien-bien", "11")}),
        ("gathering/echo-of-dien-bien", "sketches", {("courrier-dien-bien", "22")}),
    ],
)
def test_all_claims_stand_with_who_makes_them(
    about: str, name: str, values: set[tuple[str, str]]
) -> None:
    assert claimed(about, name) == values


def test_one_voice_names_the_fund_among_the_organizers() -> None:
    naming = {
        article
        for article, one in claims()
        if one["about"] == "organization/tradition-and-friendship" and article != "found-names"
    }
    assert naming == {"vietnam-vn-forum"}


def test_the_groups_are_preliminary_and_have_no_quota() -> None:
    groups = [(one["preliminary"], one.get("quota")) for one in dossier()["groups"]]
    assert groups == [(True, None)] * 5


def test_words_keep_their_grade() -> None:
    grades = {one["id"]: (one["kind"], one.get("grade")) for one in dossier()["commitments"]}
    assert grades == {
        "C-2021-001": ("assurance", "ask_to_consider"),
        "C-2021-002": ("position", None),
        "C-2021-003": ("position", None),
        "C-2021-004": ("position", None),
        "C-2021-005": ("position", None),
        "C-2021-006": ("position", None),
        "C-2024-001": ("position", None),
        "C-2025-001": ("commitment", "will"),
        "C-2025-002": ("commitment", "will"),
        "C-2025-003": ("commitment", "will"),
        "C-2025-004": ("commitment", "will"),
    }


def test_deadlines_are_what_was_said() -> None:
    deadlines = {
        one["id"]: one["deadline"] for one in dossier()["commitments"] if one.get("deadline")
    }
    assert {
        key: (deadline.get("edtf"), *next(iter(deadline["said"].items())))
        for key, deadline in deadlines.items()
    } == {
        "C-2024-001": (None, "fr", "prochainement"),
        "C-2025-001": ("2026-10", "id", "pada bulan Oktober 2026"),
        "C-2025-002": (None, "id", "Forum berikutnya"),
    }
    assert [key for key, one in deadlines.items() if set(one["said"]) != LANGUAGES] == []


def test_the_monument_may_stand_in_either_city() -> None:
    ways = [way["text"]["en"] for way in record("proposals", "P-2025-005")["alternatives"]]
    assert ways == ["In Hà Nội", "In Ho Chi Minh City"]


@pytest.mark.shared
@pytest.mark.parametrize(("article", "name"), READ_TEXTS.items())
def test_quotations_stand_where_they_are_said_to(article: str, name: str) -> None:
    read = shared(name)
    quoting = [
        one for one in dossier()["passages"] if one["article"] == article and "quotation" in one
    ]
    found = {one["id"]: read[one["span_start"] : one["span_end"]] for one in quoting}
    assert found == {one["id"]: one["quotation"] for one in quoting}


@pytest.mark.shared
def test_nothing_is_copied_from_the_coverage() -> None:
    """Nine words in a row, in any language; a name or an address is nobody's wording."""
    names = sorted(
        {
            text
            for one in dossier()["organizations"]
            for text in _written(one["name"])
            if len(words(text)) > 1
        },
        key=len,
        reverse=True,
    )
    known = set()
    for name in READ_TEXTS.values():
        known |= set(runs(shared(name), names))
    copied = [
        " ".join(run)
        for plural, some in dossier().items()
        for one in some
        for text in _written(
            {**one, "url": None, "name": None if plural == "organizations" else one.get("name")}
        )
        for run in runs(text, names)
        if run in known
    ]
    assert copied == []


def runs(text: str, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """All runs of as many words as would be copying, each of the names told as one word."""
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}\b", "_", text, flags=re.IGNORECASE)
    said = words(text)
    return (tuple(said[start : start + COPIED]) for start in range(len(said) - COPIED + 1))


def _written(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _written(one)
