"""Both databases find the same: 400 queries, whose answers stand in `found.json`.

The tests run on either database against the one file. Where it is missing, they write it anew and
fail, so that whoever changes what is found looks at the difference.
"""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.languages.search.asking import asked
from amity.record.acting import STRANGER
from amity.record.models import Entry
from amity.record.search.engines import engine
from amity.record.search.narrowing import Narrowed
from amity.record.search.reading import MOST_COUNTED, MOST_RANKED, _rows, search, suggest
from bench.generated_search import records
from bench.search_queries import hostile
from tests.search.cases import queries

FOUND = Path(__file__).parent / "found.json"

pytestmark = pytest.mark.django_db


def found_by(query: str) -> list[list[str]]:
    """Keys of what has every term in its names, and of what has them anywhere."""
    wanted = asked(query)
    if not wanted.terms:
        return [[], []]
    keys = dict(Entry.everything.values_list("pk", "key"))
    matching = engine("default").matching
    return [
        sorted(
            keys[row.number]
            for row in _rows(matching(wanted, names=names), STRANGER, Narrowed(), MOST_COUNTED)
        )
        for names in (True, False)
    ]


def test_both_databases_find_the_same(filled):
    answers = {query: found_by(query) for query in queries()}
    if not FOUND.exists():
        lines = (
            f"{json.dumps(q, ensure_ascii=False)}: {json.dumps(a)}" for q, a in answers.items()
        )
        FOUND.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
        pytest.fail("found.json was missing; look at what is in it now")
    known = json.loads(FOUND.read_text("utf-8"))
    assert list(known) == list(answers)
    assert {query: answers[query] for query in known if answers[query] != known[query]} == {}


def test_the_table_is_worth_asking():
    known = json.loads(FOUND.read_text("utf-8"))
    some = [query for query, (_, anywhere) in known.items() if anywhere]
    assert len(queries()) == 400
    assert len(known) == 400
    assert len(some) > 200


WORDS = st.one_of(
    st.text(max_size=60),
    st.text("\"'()*:^+-&|!<>{}[]\\%_~@#$ aиđ1\x00\n", max_size=60),
    st.lists(st.sampled_from(queries()), max_size=12).map(" ".join),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(words=WORDS)
def test_no_query_is_too_strange_to_be_asked(filled, words):
    found = search(words)
    assert bool(found.count) == bool(found.ranked)
    suggest(words)


MOST_STATEMENTS = 9
MOST_CHARACTERS = 8_000
"""Of a statement with its parameters: ten terms, what stands for them, and what is near."""
HOSTILE = [
    "a" * 200,
    "đ" * 200,
    " ".join("abcdefghijklmnopqrstuvwxyz"),
    " ".join("schtschschtsch" + sign for sign in "abcdefghijk"),
    " ".join(f"szczcrzcjch{sign}" for sign in "abcdefghijklmnop"),
    "хунг кыонг чан нгуен чинь фыонг зыонг тхань куок шон",
    *hostile(list(records(2_000))),
]


@pytest.mark.parametrize("look", [search, suggest])
def test_the_work_that_any_query_makes_is_bounded(filled, look):
    """In statements, their lengths and rows, which say the same on every machine."""
    for query in HOSTILE:
        with CaptureQueriesContext(connection) as asked_for:
            found = look(query)
        assert len(asked_for) <= MOST_STATEMENTS, query
        assert max((len(one["sql"]) for one in asked_for), default=0) <= MOST_CHARACTERS, query
        assert len(found.ranked) <= MOST_RANKED
        assert found.count <= MOST_COUNTED
