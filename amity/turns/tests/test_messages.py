"""The weekly letter has a heading for each kind of reminder, what is late first."""

from datetime import date

from amity.turns.choices import ReminderKind
from amity.turns.messages import Line, digest

DESK = "https://amity.example.org/en/desk/"


def test_each_kind_of_reminder_has_its_heading_in_order():
    lines = [
        Line(kind, 7, f"C-2026-00{number}", "A song book", date(2026, 5, 4))
        for number, kind in enumerate(ReminderKind)
    ]
    body = digest(lines, DESK, {}).body
    assert [str(part).splitlines()[0] for part in body] == [
        "Late, without a report:",
        "Waits for you:",
        "The sides differ:",
        "Due within 7 days:",
    ]
