"""Words that are given as said were heard by somebody: a passage holds them, or a note."""

from pathlib import Path

import pytest

from amity.dossier.tests.folder import BUREAU, mistakes, write

pytestmark = pytest.mark.django_db

HEAD = """\
id: real
title: {en: Something real}
languages: [en, vi]
office: bureau
"""
RECORDS = (
    BUREAU
    + """\
areas:
- {id: a, kind: city, name: {en: A-town}}
- {id: b, kind: city, name: {en: B-town}}
partnerships:
- {id: a-b, kind: twinning, name: {en: A – B}}
sides:
- {id: side-a, partnership: a-b, area: a, position: 1}
- {id: side-b, partnership: a-b, area: b, position: 2}
gatherings:
- {id: forum, kind: forum, title: {en: Forum “Two Rivers”}, partnership: a-b, status: held,
   when: 2025-10-01, timezone: UTC}
sources:
- {id: paper, kind: newspaper, name: {en: The Paper}}
articles:
- {id: piece, source: paper, language: vi, title: {en: On the forum}}
passages:
- id: sure
  article: piece
  language: vi
  quotation: thành phố “sẽ đăng cai” diễn đàn
  translation: {en: the city will host the forum}
  claims: [{about: statement/host}]
"""
)
PROMISE = """\
statements:
- {id: host, kind: commitment, text: {en: A-town said that it would host.}, occasion: speech,
   side: side-a, gathering: forum@@HOST@@}
commitments:
- id: C-2025-001
  kind: commitment
  title: {en: A-town to host}
  grade: will
  statements: [host]
  parties: [{side: side-a, role: holder}]
  @@PROMISE@@
"""


def told(tmp_path: Path, promise: str, host: str = "", head: str = HEAD) -> list[str]:
    """What is wrong with a folder in which a promise is made so, without the place in the file."""
    records = RECORDS + PROMISE.replace("@@HOST@@", host).replace("@@PROMISE@@", promise)
    return [line.split(": ", 1)[1] for line in mistakes(write(tmp_path / "real", records, head))]


def not_held(field: str, words: str, language: str) -> list[str]:
    return [
        f"{field}: “{words}” ({language}) is given as said; expected a passage about it that holds "
        "these words, or a note of them in the hall"
    ]


@pytest.mark.parametrize(
    "promise",
    [
        "grade_words: {vi: Sẽ đăng cai, en: will host}",
        "deadline: {said: {vi: diễn đàn}}",
        "text: {vi: Thành phố “sẽ đăng cai”.}",
        "text: {en: At the forum “Two Rivers”.}",  # a name was not said
    ],
)
def test_words_that_a_passage_holds_may_be_given_as_said(tmp_path: Path, promise: str) -> None:
    assert told(tmp_path, promise) == []


@pytest.mark.parametrize(
    ("promise", "field", "words", "language"),
    [
        ("grade_words: {en: will host}", "grade_words", "will host", "en"),
        ("grade_words: {en: sẽ đăng cai}", "grade_words", "sẽ đăng cai", "en"),
        ("grade_words: {vi: ẽ đăng}", "grade_words", "ẽ đăng", "vi"),
        (
            "grade_words: {vi: sẽ đăng cai, en: {words: will host, from: null}}",
            "grade_words",
            "will host",
            "en",
        ),
        ("deadline: {said: {vi: sớm}}", "deadline", "sớm", "vi"),
        ("made: {edtf: 2025-10, said: {fr: en octobre}}", "made", "en octobre", "fr"),
        ("text: {en: It said «we will».}", "text", "we will", "en"),
        (
            "milestones: [{text: {en: A hall}, deadline: {said: {vi: sớm}}}]",
            "milestones[1].deadline",
            "sớm",
            "vi",
        ),
        (
            "indicators: [{text: {en: A hall}}, {text: {en: It said «we will».}}]",
            "indicators[2].text",
            "we will",
            "en",
        ),
        ("title: {ru: Город „примет“ форум}", "title", "примет", "ru"),
    ],
)
def test_words_that_nobody_heard_are_refused(
    tmp_path: Path, promise: str, field: str, words: str, language: str
) -> None:
    if field == "title":
        records = RECORDS + PROMISE.replace("@@HOST@@", "").replace("  @@PROMISE@@\n", "")
        records = records.replace("title: {en: A-town to host}", promise)
        found = [line.split(": ", 1)[1] for line in mistakes(write(tmp_path / "r", records, HEAD))]
    else:
        found = told(tmp_path, promise)
    assert found == not_held(field, words, language)


def test_what_a_clerk_noted_in_the_hall_was_heard(tmp_path: Path) -> None:
    noted = ", words: {ru: Мы примем форум, en: We will host the forum}, noted_by: bureau"
    promise = "grade_words: {ru: примем форум, en: will host the forum}"
    assert told(tmp_path, promise, noted) == []
    assert told(tmp_path, promise) == not_held("grade_words", "примем форум", "ru")
    alone = noted.replace(", noted_by: bureau", "")
    assert not_held("words", "Мы примем форум", "ru")[0] in told(tmp_path, "made: 2025", alone)


def test_a_note_has_words(tmp_path: Path) -> None:
    assert told(tmp_path, "made: 2025", ", noted_by: bureau") == [
        "words: somebody noted words in the hall; expected these words"
    ]


def test_what_is_fictional_is_invented_anyway(tmp_path: Path) -> None:
    head = HEAD + "fictional: true\n"
    assert told(tmp_path, "grade_words: {en: will host}", head=head) == []


SOON = "{said: {vi: chẳng bao lâu nữa}}"


@pytest.mark.parametrize(
    ("kind", "about", "record"),
    [
        (
            "agreements",
            "agreement/deed",
            "{id: deed, kind: twinning, title: {en: Deed}, status: announced, signed: @}",
        ),
        (
            "organizations",
            "organization/choir",
            "{id: choir, kind: other, name: {en: Choir}, founded: @}",
        ),
        (
            "groups",
            "group/young",
            "{id: young, gathering: forum, position: 1, name: {en: The young}, announced: @}",
        ),
    ],
)
def test_the_words_of_every_date_were_heard(
    tmp_path: Path, kind: str, about: str, record: str
) -> None:
    field = record.rsplit(", ", 1)[1].partition(":")[0]
    own = f"{kind}:\n- {record.replace('@', SOON)}\n"
    without = RECORDS.replace("  claims: [{about: statement/host}]\n", "")
    if kind == "organizations":
        without, own = without.replace("organizations:\n", own, 1), ""
    found = [
        line.split(": ", 1)[1] for line in mistakes(write(tmp_path / "no", without + own, HEAD))
    ]
    assert found == not_held(field, "chẳng bao lâu nữa", "vi")
    speaking = f"  claims: [{{about: {about}}}]\n"
    heard = (without + own).replace("the forum}\n", "the forum}\n" + speaking)
    heard = heard.replace("thành phố “sẽ đăng cai” diễn đàn", "chẳng bao lâu nữa, ở thành phố")
    assert mistakes(write(tmp_path / "yes", heard, HEAD)) == []


def test_the_words_of_a_stage_were_heard(tmp_path: Path) -> None:
    stages = "name: {en: A – B}, stages: [{stage: contact, when: 1994}, {stage: twinning, when: @}]"
    records = RECORDS.replace("name: {en: A – B}", stages.replace("@", SOON))
    records = records.replace("  claims: [{about: statement/host}]\n", "")
    found = [line.split(": ", 1)[1] for line in mistakes(write(tmp_path / "no", records, HEAD))]
    assert found == not_held("stages[2].when", "chẳng bao lâu nữa", "vi")
