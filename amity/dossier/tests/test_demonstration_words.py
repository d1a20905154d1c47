"""In the invented dossier, too, what is promised is worded as a promise, in every language."""

import re
from pathlib import Path

import pytest
import yaml

FILE = Path(__file__).parents[1] / "demonstrations" / "lindholm-porto-claro" / "followup.yaml"
PROMISED = {
    "en": r" to | will | intends | should ",
    "vi": r" sẽ | dự định | cần ",
    "ru": r"обязу[ею]тся|намерен|попросит|рассмотрит|обеспечит|следует|должн",
    "fr": r"s’engage(?:nt)? à|demandera|examinera|entend|sous-titrera|devrai",
    "id": r" akan | berniat | perlu | semestinya ",
}
"""How a promise, or a wish of both sides, is worded: never as a fact, nor by a thing's name."""


@pytest.mark.parametrize("language", PROMISED)
def test_a_promise_is_worded_as_one(language: str) -> None:
    commitments = yaml.safe_load(FILE.read_text("utf-8"))["commitments"]
    assert len(commitments) == 29
    assert [
        one["title"][language]
        for one in commitments
        if not re.search(PROMISED[language], one["title"][language])
    ] == []
