"""In the invented dossier, too, what is promised is worded as a promise, in every language."""

import re
from pathlib import Path

import pytest
import yaml

FOLDERS = Path(__file__).parents[1] / "demonstrations"
FILE = FOLDERS / "lindholm-porto-claro" / "followup.yaml"
PROMISED = {
    "en": r" to | will | intends | should ",
    "vi": r" sẽ | dự định | cần ",
    "ru": r"обязу[ею]тся|намерен|попросит|рассмотрит|обеспечит|опубликует|следует|должн",
    "fr": r"s’engage(?:nt)? à|demandera|examinera|publiera|entend|sous-titrera|devrai",
    "id": r" akan | berniat | perlu | semestinya ",
}
"""How a promise, or a wish of both sides, is worded: never as a fact, nor by a thing's name."""
UNDERTAKEN = {
    "en": r"undertake|pledge",
    "ru": r"обязу",
    "fr": r"engage",
    "vi": r"cam kết",
    "id": r"berjanji",
}
"""Words for an undertaking: more than an assurance, or the position of both sides, is."""


@pytest.mark.parametrize("language", PROMISED)
def test_a_promise_is_worded_as_one(language: str) -> None:
    commitments = yaml.safe_load(FILE.read_text("utf-8"))["commitments"]
    assert len(commitments) == 29
    assert [
        one["title"][language]
        for one in commitments
        if not re.search(PROMISED[language], one["title"][language])
    ] == []


@pytest.mark.parametrize("language", UNDERTAKEN)
def test_what_is_less_than_a_promise_is_not_worded_as_one(language: str) -> None:
    """Of real peoples as of invented ones: the kind of what was said decides the verb."""
    files = sorted(FOLDERS.glob("*/*.yaml"))
    there = [
        one
        for file in files
        for one in yaml.safe_load(file.read_text("utf-8")).get("commitments", [])
    ]
    less = [one for one in there if one["kind"] != "commitment"]
    assert (len(there), len(less)) == (40, 18)
    assert [
        one["title"][language]
        for one in less
        if re.search(UNDERTAKEN[language], one["title"][language])
    ] == []
