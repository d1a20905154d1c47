"""The list of a side's turns reads what it shows, however many turns there are behind it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amity.foundation.database.planner import analyze
from amity.turns.models import Turn
from amity.turns.views.desk import AT_ONCE, LISTED_AT_MOST

from .world import at, thread

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it goes about it")
@pytest.mark.parametrize("shown", ["open", "settled"])
def test_turns_are_read_in_the_order_of_an_index_and_not_sorted(shown):
    there = thread()
    Turn.objects.bulk_create(
        Turn(
            commitment=there.commitment,
            side=there.turn.side,
            due_on=date(2027, 1, 1) + timedelta(days=number),
        )
        for number in range(LISTED_AT_MOST)
    )
    analyze()
    there.south.get(at("desk_turns"))
    with CaptureQueriesContext(connection) as asked:
        assert there.south.get(f"{at('desk_turns')}?shown={shown}").status_code == 200
    (listed,) = (one["sql"] for one in asked if one["sql"].startswith('SELECT "turns_turn"."id"'))
    assert listed.endswith(f"LIMIT {AT_ONCE}")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {listed}")
        steps = [row[-1] for row in cursor.fetchall()]
    first = next(one for one in steps if "turns_turn" in one)
    assert first == "SEARCH turns_turn USING INDEX turns_turn_of (side_id=?)"
    assert not [one for one in steps if "ORDER BY" in one]
