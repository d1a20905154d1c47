"""The penalty of a programme as the workbook's own library (CSPLib, ahmedkheiri) counts it.

An evaluation of its own, which shares nothing with `planning`. Sessions follow one another in the
order of their list, even where their times repeat or overlap; a submission of several time slots
pays the penalties of its session, room and hour in each of them; rank k is the k-th of the track,
counted over its sessions in their order and, within one, over the list of rooms, and a submission
without a rank takes a place as well; two of one track with ranks that are on in the same time slot
break the order once more; similar tracks, and tracks with a chair in common, are counted for each
pair of sessions that are on at once; who presents in one track and chairs another has a conflict
as presenter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from bench.conference_tables import Submission, Workbook, both_ranked
from planning.programme.problem import Place

Cell = tuple[str, str]  # session and room


def score(book: Workbook, places: Sequence[Place]) -> dict[str, int]:
    """Weighted penalty per criterion of a programme."""
    talks = {talk.id: talk for talk in book.talks}
    order = {session.name: k for k, session in enumerate(book.sessions)}
    cells: dict[Cell, list[Place]] = defaultdict(list)
    for place in places:
        cells[place.slot, place.room].append(place)
    for held in cells.values():
        held.sort(key=lambda place: place.offset)
    track_at = {cell: talks[held[0].contribution].track for cell, held in cells.items()}
    found: dict[str, int] = defaultdict(int)
    for (session, room), track in track_at.items():
        for name, pair in (
            ("Tracks_Sessions|Penalty", (track, session)),
            ("Tracks_Rooms|Penalty", (track, room)),
            ("Sessions_Rooms|Penalty", (session, room)),
        ):
            found[name] += book.penalties[name.lower()].get(pair, 0)
    for place in places:
        talk = talks[place.contribution]
        times = talk.slots
        found["Submissions_Sessions|Penalty"] += times * talk.penalty.get(place.slot, 0)
        found["Submissions_Rooms|Penalty"] += times * talk.penalty.get(place.room, 0)
        found["Submissions_Timezones"] += times * book.hours(talk, order[place.slot])
    for a, b in combinations(places, 2):
        if a.slot == b.slot and a.room != b.room:
            x, y = talks[a.contribution], talks[b.contribution]
            together = _slots_together(book, a, b, x, y)
            for name, at_once in (
                ("Presenters Conflicts", book.presents(x, y)),
                ("Attendees Conflicts", book.attends(x, y)),
            ):
                found[name] += at_once
                found[f"{name} Timeslot Level"] += together * at_once
            found["Submissions Order"] += together * both_ranked(x, y)
    for one, other in combinations(track_at, 2):
        if one[0] == other[0] and track_at[one] != track_at[other]:
            first, second = sorted((track_at[one], track_at[other]), key=list(book.chairs).index)
            found["Similar Tracks"] += book.similar(first, second)
            found["Chairs Conflicts"] += book.chair_conflict(first, second)
    _score_tracks(book, cells, order, found)
    return {name: count * book.weights[name] for name, count in found.items()}


def _slots_together(book: Workbook, a: Place, b: Place, x: Submission, y: Submission) -> int:
    """Time slots that two places of one session, of these submissions, have in common."""
    unit = book.unit()
    first, other = a.offset // unit, b.offset // unit
    return max(0, min(first + x.slots, other + y.slots) - max(first, other))


def _score_tracks(
    book: Workbook,
    cells: dict[Cell, list[Place]],
    order: dict[str, int],
    found: dict[str, int],
) -> None:
    """Rooms, sessions and ranks of each track that meets at all."""
    talks = {talk.id: talk for talk in book.talks}
    for track in book.chairs:
        held = sorted(
            (order[session], book.rooms.index(room), placed)
            for (session, room), placed in cells.items()
            if talks[placed[0].contribution].track == track
        )
        if not held:
            continue
        sessions = [k for k, _, _ in held]
        found["Number of Rooms per Track"] += len({room for _, room, _ in held}) - 1
        found["Parallel Tracks"] += len(held) - len(set(sessions))
        found["Consecutive Tracks"] += len(set(sessions)) != sessions[-1] - sessions[0] + 1
        ranks = [talks[place.contribution].order for _, _, placed in held for place in placed]
        found["Submissions Order"] += sum(
            rank not in (0, position) for position, rank in enumerate(ranks, start=1)
        )
